/// Private keys in their textual armour.
enum PrivateKeyArmour {
  static let begin = Array("-----BEGIN ".utf8)
  static let end = Array("-----END ".utf8)
  private static let privateKey = Array("PRIVATE KEY".utf8)
  private static let dashes = Array("-----".utf8)
  private static let putty = Array("PuTTY-User-Key-File-".utf8)

  private static let bytesOfHead = ByteSet("-----BEGIN PRIVATE KEY")
  private static let bytesOfPutty = ByteSet("PuTTY-User-Key-File-")

  /// Whether a text of these bytes can hold the head of a private key.
  static func mayBe(in present: ByteSet) -> Bool {
    present.isSuperset(of: bytesOfHead) || present.isSuperset(of: bytesOfPutty)
  }

  /// The end of the head line's dashes, if a private key begins at `start`.
  static func headEnd(_ bytes: Bytes, at start: Int, before limit: Int) -> Int? {
    if bytes.has(putty, at: start, before: limit) { return start + putty.count }
    guard bytes.has(begin, at: start, before: limit) else { return nil }
    let name = start + begin.count
    let window = name..<min(limit, name + 64)
    guard let close = bytes.first(dashes, in: window),
      bytes.first(privateKey, in: name..<close) != nil
    else { return nil }
    return close + dashes.count
  }

  /// Everything between head and foot; to the end of the text if the foot is missing.
  static func bodies(_ bytes: Bytes, _ range: Range<Int>) -> [Range<Int>] {
    var bodies: [Range<Int>] = []
    var position = range.lowerBound
    while position < range.upperBound {
      guard bytes[position] == ascii("-") || bytes[position] == ascii("P"),
        let head = headEnd(bytes, at: position, before: range.upperBound)
      else {
        position += 1
        continue
      }
      let foot = bytes.first(end, in: head..<range.upperBound) ?? range.upperBound
      bodies.append(head..<foot)
      position = foot
    }
    return bodies
  }
}

extension SecretDetector {
  func privateKeySpans(_ bytes: Bytes, _ range: Range<Int>) -> [SecretSpan] {
    PrivateKeyArmour.bodies(bytes, range).compactMap { body in
      let material = body.reduce(into: 0) { count, at in
        if bytes[at].isAlphanumeric { count += 1 }
      }
      if material < 16 || template(bytes, bytes.trimmed(body)) != .no { return nil }
      return SecretSpan(body, .privateKey, material >= 64 ? .high : .medium, "private key")
    }
  }
}
