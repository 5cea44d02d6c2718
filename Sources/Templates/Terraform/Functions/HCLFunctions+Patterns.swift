import Workloads

extension HCLFunctions {
  static let patterns: [String: HCLFunction] = [
    "replace": .init(3...3) { (call) throws(HCLFailure) in
      let (text, part) = (try call.text(0), try call.text(1))
      let other = try call.text(2)
      if part.utf8.count > 1, part.hasPrefix("/"), part.hasSuffix("/") {
        return call.unknown("regular expressions are not evaluated here")
      }
      let pieces: [String]
      if part.isEmpty {
        pieces = [""] + text.map(String.init) + [""]
      } else {
        pieces = split(text, by: part)
      }
      try call.session.pay(text.utf8.count + pieces.count * other.utf8.count)
      return try call.result(pieces.joined(separator: other))
    },
    "regex": unknowable("regular expressions are not evaluated here"),
    "regexall": unknowable("regular expressions are not evaluated here"),
  ]
}
