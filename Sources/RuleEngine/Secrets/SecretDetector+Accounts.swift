extension SecretDetector {
  private static let program = Array("chpasswd".utf8)
  private static let printers = [Array("echo".utf8), Array("printf".utf8)]
  private static let needed = ByteSet("chpaswd:|")

  /// `echo 'root:secret' | chpasswd`: what is printed to the program that sets passwords.
  func accountSpans(_ bytes: Bytes, _ range: Range<Int>, _ present: ByteSet) -> [SecretSpan] {
    guard present.isSuperset(of: Self.needed), bytes.first(Self.program, in: range) != nil else {
      return []
    }
    var spans: [SecretSpan] = []
    /// The passwords that the command before, and this one, print.
    var (before, printed): ([Range<Int>], [Range<Int>]) = ([], [])
    var prints = false
    for word in ShellWords.split(bytes, range) {
      let text = bytes.unquoted(word.range)
      if word.startsCommand {
        (before, printed) = (printed, [])
        prints = Self.printers.contains { bytes[text].elementsEqual($0) }
      }
      if bytes.ends(Self.program, at: text.upperBound, after: text.lowerBound) {
        for password in before { append(&spans, bytes, password, "password of an account") }
        before = []
      } else if prints, let colon = bytes.first(of: ascii(":"), in: text) {
        printed.append(colon + 1..<text.upperBound)
      }
    }
    return spans
  }
}
