import Patterns
import Workloads

extension HCLFunctions {
  static let patterns: [String: HCLFunction] = [
    "replace": .init(3...3) { (call) throws(HCLFailure) in
      let (text, part) = (try call.text(0), try call.text(1))
      let other = try call.text(2)
      if part.utf8.count > 1, part.hasPrefix("/"), part.hasSuffix("/") {
        return try call.matching(String(part.dropFirst().dropLast())) {
          (regex) throws(HCLFailure) in
          try call.replaced(text, regex, by: HCLReplacement(other))
        }
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
    "regex": .init(2...2) { (call) throws(HCLFailure) in
      try call.matching(try call.text(0)) { (regex) throws(HCLFailure) in
        let text = Array(try call.text(1).utf8)
        guard
          let match = try call.searched({ (work) throws(RegexError) in
            try regex.firstMatch(in: text, work: &work)
          })
        else { throw call.failure("the pattern matches no part of the text") }
        return try call.result(of: match, regex, text)
      }
    },
    "regexall": .init(2...2) { (call) throws(HCLFailure) in
      try call.matching(try call.text(0)) { (regex) throws(HCLFailure) in
        let text = Array(try call.text(1).utf8)
        let matches = try call.searched { (work) throws(RegexError) in
          try regex.matches(in: text, work: &work)
        }
        var elements: [Datum] = []
        for match in matches { elements.append(try call.result(of: match, regex, text)) }
        return try call.result(elements, .list)
      }
    },
  ]
}

extension HCLCall {
  /// What `body` makes of a pattern; unknown if the pattern is more than is understood here.
  fileprivate func matching(
    _ pattern: String,
    _ body: (CapturingRegex) throws(HCLFailure) -> Datum
  ) throws(HCLFailure) -> Datum {
    let regex: CapturingRegex
    do throws(RegexError) {
      regex = try CapturingRegex(pattern)
    } catch {
      if error.isUnsupported { return unknown("regular expression: \(error)") }
      throw failure("invalid regular expression: \(error)")
    }
    return try body(regex)
  }

  fileprivate func searched<Result>(
    _ body: (inout Int) throws(RegexError) -> Result
  ) throws(HCLFailure) -> Result {
    do throws(RegexError) {
      return try body(&session.searchSteps)
    } catch {
      throw HCLFailure(.limit, "\(name): \(error)", range)
    }
  }

  /// A text if the pattern has no groups, a mapping if they have names, else a list.
  fileprivate func result(
    of match: RegexMatch,
    _ regex: CapturingRegex,
    _ text: [UInt8]
  ) throws(HCLFailure) -> Datum {
    func datum(_ range: Range<Int>?) throws(HCLFailure) -> Datum {
      guard let range else { return Datum(.null, origin) }
      return try result(String(decoding: text[range], as: UTF8.self))
    }
    if match.groups.isEmpty { return try datum(match.range) }
    let names = regex.groupNames.compactMap { $0 }
    if names.isEmpty {
      var elements: [Datum] = []
      for group in match.groups { elements.append(try datum(group)) }
      return try result(elements, .tuple)
    }
    guard names.count == match.groups.count else {
      throw failure("groups with and without names cannot be mixed")
    }
    var object = DatumObject()
    for (name, group) in zip(names, match.groups).sorted(by: { $0.0 < $1.0 }) {
      object.set(name, try datum(group))
    }
    return try result(object, isMap: false)
  }

  fileprivate func replaced(
    _ text: String,
    _ regex: CapturingRegex,
    by replacement: HCLReplacement
  ) throws(HCLFailure) -> Datum {
    let bytes = Array(text.utf8)
    let matches = try searched { (work) throws(RegexError) in
      try regex.matches(in: bytes, work: &work)
    }
    var result: [UInt8] = []
    var end = 0
    for match in matches {
      let before = result.count
      result += bytes[end..<match.range.lowerBound]
      replacement.append(to: &result, match, regex, bytes)
      try session.pay(result.count - before)
      end = match.range.upperBound
    }
    result += bytes[end...]
    return try self.result(String(decoding: result, as: UTF8.self))
  }
}

/// What a match is replaced by: `$1`, `$name` and `${name}` stand for groups, `$$` for a dollar sign.
private struct HCLReplacement {
  private enum Part {
    case text([UInt8])
    case group(String)
  }

  private var parts: [Part] = []

  init(_ text: String) {
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      parts.append(.text(Array(rest[..<dollar].utf8)))
      rest = rest[dollar...].dropFirst()
      if rest.hasPrefix("$") {
        rest = rest.dropFirst()
        parts.append(.text(Array("$".utf8)))
        continue
      }
      let isBraced = rest.hasPrefix("{")
      let name = rest.dropFirst(isBraced ? 1 : 0).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      let tail = rest[name.endIndex...]
      guard !name.isEmpty, !isBraced || tail.hasPrefix("}") else {
        parts.append(.text(Array("$".utf8)))
        continue
      }
      parts.append(.group(String(name)))
      rest = tail.dropFirst(isBraced ? 1 : 0)
    }
    parts.append(.text(Array(rest.utf8)))
  }

  func append(
    to result: inout [UInt8],
    _ match: RegexMatch,
    _ regex: CapturingRegex,
    _ text: [UInt8]
  ) {
    for part in parts {
      switch part {
      case .text(let bytes): result += bytes
      case .group(let name):
        if let range = range(of: name, match, regex) { result += text[range] }
      }
    }
  }

  private func range(
    of name: String,
    _ match: RegexMatch,
    _ regex: CapturingRegex
  ) -> Range<Int>? {
    let isNumber = name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if isNumber, name == "0" || !name.hasPrefix("0"), let number = Int(name) {
      if number == 0 { return match.range }
      return number <= match.groups.count ? match.groups[number - 1] : nil
    }
    return zip(regex.groupNames, match.groups).first { $0 == name && $1 != nil }?.1
  }
}
