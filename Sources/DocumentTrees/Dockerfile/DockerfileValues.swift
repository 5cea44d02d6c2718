/// Paths of WORKDIR.
enum WorkingDirectory {
  static func isAbsolute(_ path: String) -> Bool {
    if path.hasPrefix("/") || path.hasPrefix("\\") { return true }
    let start = Array(path.utf8.prefix(2))
    return start.count == 2 && isASCIILetter(start[0]) && start[1] == UInt8(ascii: ":")
  }

  /// Joins and cleans; a Windows path is only put together.
  static func join(_ base: String, _ path: String) -> String {
    let whole = base.isEmpty ? path : "\(base)/\(path)"
    guard whole.hasPrefix("/") else { return whole }
    var parts: [Substring] = []
    for part in whole.split(separator: "/") {
      if part == ".." {
        _ = parts.popLast()
      } else if part != "." {
        parts.append(part)
      }
    }
    return "/" + parts.joined(separator: "/")
  }
}

/// `port[-port][/transport]` of EXPOSE.
struct ExposedPortText {
  var ports: ClosedRange<Int>?
  var transport: String

  init(_ text: Substring) {
    let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    transport = halves.count > 1 ? halves[1].lowercased() : "tcp"
    let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false)
      .map { word in word.utf8.allSatisfy(isDigit) ? Int(word) : nil }
    guard bounds.count <= 2, let first = bounds[0], let last = bounds[bounds.count - 1],
      first <= last, (0...65_535).contains(first), last <= 65_535
    else { return }
    ports = first...last
  }
}
