internal import Workloads

/// Composite format texts of .NET: `{0}`, `{1,8}`, `{0:D3}`, `{{`.
enum AzureFormat {
  static func format(_ text: String, _ arguments: [Datum], _ call: AzureCall) -> Datum {
    var pieces: [Datum] = []
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    func flush() {
      guard !literal.isEmpty else { return }
      pieces.append(Datum(.text(String(decoding: literal, as: UTF8.self)), call.origin))
      literal = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case UInt8(ascii: "{") where next == byte, UInt8(ascii: "}") where next == byte:
        literal.append(byte)
        index += 2
      case UInt8(ascii: "{"):
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
          return call.wrong("is given a format with an open brace")
        }
        let hole = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
        guard let value = fill(hole, arguments, call) else {
          return call.wrong("is given a format that does not fit its arguments")
        }
        flush()
        pieces.append(value)
        index = end + 1
      case UInt8(ascii: "}"): return call.wrong("is given a format with a stray brace")
      default:
        literal.append(byte)
        index += 1
      }
    }
    flush()
    guard call.scope.spend(pieces.count + Datum.size(ofJoined: pieces) / 8) else {
      return call.exhausted
    }
    return Datum.concatenate(pieces, call.origin)
  }

  private static func fill(_ hole: String, _ arguments: [Datum], _ call: AzureCall) -> Datum? {
    let halves = hole.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let head = halves[0].split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = Int(AzureFunctions.trimmed(String(head[0]))),
      arguments.indices.contains(number)
    else { return nil }
    var value = arguments[number]
    if halves.count == 2, !halves[1].isEmpty, let known = value.plainNumber {
      guard let text = NumberFormat.format(known, String(halves[1])) else {
        return call.unknown("a number format is not supported")
      }
      value = Datum(.text(text), value.origin)
    }
    let text = AzureFunctions.text(of: value)
    guard head.count == 2 else { return text }
    guard let width = Int(AzureFunctions.trimmed(String(head[1]))), abs(width) <= 65_536 else {
      return nil
    }
    guard let known = text.plainText else { return text }
    let padding = String(repeating: " ", count: max(0, abs(width) - known.utf16.count))
    return Datum(.text(width < 0 ? known + padding : padding + known), text.origin)
  }
}

/// The numeric formats of .NET that templates use.
enum NumberFormat {
  static func format(_ number: Double, _ format: String) -> String? {
    guard let letter = format.first else { return nil }
    let digits = Int(format.dropFirst())
    guard format.count == 1 || digits != nil else { return custom(number, format) }
    guard (digits ?? 0) <= 64 else { return nil }
    switch letter {
    case "D", "d":
      guard let whole = Int(exactly: number) else { return nil }
      return (whole < 0 ? "-" : "") + padded(String(whole.magnitude), digits ?? 0)
    case "X", "x":
      guard let whole = Int(exactly: number), whole >= 0 else { return nil }
      return padded(String(whole, radix: 16, uppercase: letter == "X"), digits ?? 0)
    case "F", "f": return fixed(number, digits ?? 2)
    case "N", "n": return fixed(number, digits ?? 2).map(grouped)
    case "G", "g": return digits == nil ? NumberText.of(number) : nil
    case "P", "p": return fixed(number * 100, digits ?? 2).map { grouped($0) + " %" }
    default: return custom(number, format)
    }
  }

  /// `000`, `00.0`: zeros only.
  private static func custom(_ number: Double, _ format: String) -> String? {
    let halves = format.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, format.count <= 64,
      halves.allSatisfy({ $0.allSatisfy { $0 == "0" } })
    else { return nil }
    guard let text = fixed(abs(number), halves.count == 2 ? halves[1].count : 0) else { return nil }
    let whole = text.prefix { $0 != "." }
    let rest = text.dropFirst(whole.count)
    return (number < 0 ? "-" : "") + padded(String(whole), halves[0].count) + rest
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// With a fixed number of digits behind the point.
  private static func fixed(_ number: Double, _ digits: Int) -> String? {
    guard digits <= 15 else { return nil }
    var factor = 1.0
    for _ in 0..<digits { factor *= 10 }
    guard let scaled = Int(exactly: (abs(number) * factor).rounded()) else { return nil }
    let sign = number < 0 && scaled != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(scaled) }
    let text = padded(String(scaled), digits + 1)
    return sign + text.dropLast(digits) + "." + text.suffix(digits)
  }

  private static func grouped(_ text: String) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let whole = text.dropFirst(sign.count).prefix { $0 != "." }
    let rest = text.dropFirst(sign.count + whole.count)
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return sign + result + rest
  }
}
