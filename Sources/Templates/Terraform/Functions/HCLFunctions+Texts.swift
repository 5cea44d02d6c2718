import Workloads

extension HCLFunctions {
  static let texts: [String: HCLFunction] = [
    "chomp": text { text in
      var scalars = text.unicodeScalars
      while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
      return String(scalars)
    },
    "lower": text { mapped($0, \.lowercaseMapping) },
    "upper": text { mapped($0, \.uppercaseMapping) },
    "title": text { text in
      var isStart = true
      var result = ""
      for scalar in text.unicodeScalars {
        let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        result += isStart && isLetter ? scalar.properties.titlecaseMapping : String(scalar)
        isStart = !(isLetter || scalar == "_" || scalar == "'")
      }
      return result
    },
    "strrev": text { String($0.reversed()) },
    "trimspace": text { text in trimmed(text) { $0.properties.isWhitespace } },
    "trim": .init(2...2) { (call) throws(HCLFailure) in
      let set = Set(try call.text(1).unicodeScalars)
      return try call.result(trimmed(try call.text(0)) { set.contains($0) })
    },
    "trimprefix": .init(2...2) { (call) throws(HCLFailure) in
      let (text, part) = (try call.text(0), try call.text(1))
      return try call.result(starts(text, part) ? bytes(text, from: part.utf8.count) : text)
    },
    "trimsuffix": .init(2...2) { (call) throws(HCLFailure) in
      let (text, part) = (try call.text(0), try call.text(1))
      let isEnd = text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
      return try call.result(
        isEnd ? bytes(text, from: 0, upTo: text.utf8.count - part.utf8.count) : text
      )
    },
    "startswith": .init(2...2, .inside) { (call) throws(HCLFailure) in
      let part = try call.text(1)
      // A text whose start is known says enough.
      if case .partial(let parts) = call.arguments[0].hcl {
        guard case .text(let start)? = parts.first,
          start.utf8.count >= part.utf8.count || !starts(part, start)
        else { return call.unknown(Datum.reasons(parts)) }
        return call.result(starts(start, part))
      }
      return call.result(starts(try call.text(0), part))
    },
    "endswith": .init(2...2) { (call) throws(HCLFailure) in
      let part = try call.text(1)
      return call.result(
        try call.text(0).utf8.suffix(part.utf8.count).elementsEqual(part.utf8)
      )
    },
    "strcontains": .init(2...2) { (call) throws(HCLFailure) in
      call.result(Self.ranges(of: try call.text(1), in: try call.text(0), limit: 1).count > 0)
    },
    "indent": .init(2...2) { (call) throws(HCLFailure) in
      let count = try call.integer(0)
      guard (0...10_000).contains(count) else { throw call.failure("too many spaces") }
      let spaces = String(repeating: " ", count: count)
      let lines = split(try call.text(1), by: "\n")
      try call.session.pay(lines.count * count)
      return try call.result(lines.joined(separator: "\n" + spaces))
    },
    "join": .init(2...any, .accepted) { (call) throws(HCLFailure) in
      var elements: [Datum] = []
      for index in 1..<call.count {
        if case .unknown(let gap) = call.arguments[index].hcl { return call.unknown(gap.reason) }
        let list = try call.list(index)
        for element in list.elements {
          let text = try HCLConvert.text(element)
          if text.isNothing { throw call.failure("an element is null") }
          elements.append(text)
        }
        if let more = list.more { elements.append(Datum(.unknown(more), call.origin)) }
      }
      let separator = try HCLConvert.text(call.arguments[0])
      try call.session.pay(Datum.size(ofJoined: elements, by: separator))
      return .join(elements, by: separator, call.origin)
    },
    "split": .init(2...2) { (call) throws(HCLFailure) in
      try call.result(texts: split(try call.text(1), by: try call.text(0)))
    },
    "substr": .init(3...3) { (call) throws(HCLFailure) in
      let characters = Array(try call.text(0))
      var start = try call.integer(1)
      let length = try call.integer(2)
      if start < 0 { start = max(0, start + characters.count) }
      guard start < characters.count, length != 0 else { return try call.result("") }
      let end = length < 0 ? characters.count : min(characters.count, start + min(length, 1 << 40))
      return try call.result(String(characters[start..<max(start, end)]))
    },
    "format": .init(1...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      guard case .text(let pattern) = call.arguments[0].hcl else {
        if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
        throw call.failure("argument 1 must be a text")
      }
      return try HCLFormat(call).text(pattern, Array(call.arguments.dropFirst()))
    },
    "formatlist": .init(1...any, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      guard case .text(let pattern) = call.arguments[0].hcl else {
        return call.unknown(call.arguments[0].firstGap?.reason ?? "the format is not known")
      }
      return try HCLFormat(call).list(pattern, Array(call.arguments.dropFirst()))
    },
  ]

  private static func text(_ body: @escaping @Sendable (String) -> String) -> HCLFunction {
    .init(1...1) { (call) throws(HCLFailure) in try call.result(body(try call.text(0))) }
  }

  /// Letter by letter: one that becomes several letters stays what it is.
  private static func mapped(
    _ text: String,
    _ mapping: KeyPath<Unicode.Scalar.Properties, String>
  ) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let new = scalar.properties[keyPath: mapping].unicodeScalars
      result.append(new.count == 1 ? new.first ?? scalar : scalar)
    }
    return String(result)
  }

  private static func starts(_ text: String, _ part: String) -> Bool {
    text.utf8.starts(with: part.utf8)
  }

  private static func bytes(_ text: String, from start: Int, upTo end: Int? = nil) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[start..<(end ?? bytes.count)], as: UTF8.self)
  }

  private static func trimmed(
    _ text: String,
    _ isTrimmed: (Unicode.Scalar) -> Bool
  ) -> String {
    let scalars = Array(text.unicodeScalars)
    guard let start = scalars.firstIndex(where: { !isTrimmed($0) }),
      let end = scalars.lastIndex(where: { !isTrimmed($0) })
    else { return "" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start...end])
    return String(view)
  }

  /// Where a part stands in a text, in bytes, without overlaps.
  static func ranges(of part: String, in text: String, limit: Int = .max) -> [Range<Int>] {
    let bytes = Array(text.utf8)
    let wanted = Array(part.utf8)
    var found: [Range<Int>] = []
    guard let first = wanted.first else { return [0..<0] }
    var index = 0
    while index + wanted.count <= bytes.count, found.count < limit {
      if bytes[index] == first, bytes[index..<index + wanted.count].elementsEqual(wanted) {
        found.append(index..<index + wanted.count)
        index += wanted.count
      } else {
        index += 1
      }
    }
    return found
  }

  static func split(_ text: String, by separator: String) -> [String] {
    if separator.isEmpty { return text.map(String.init) }
    return TextSplit.pieces(of: text, by: separator)
  }
}
