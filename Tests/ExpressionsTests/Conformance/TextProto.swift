/// A message of the protocol buffers' text format, as the tree that was written.
struct TextProto {
  enum Value {
    case message(TextProto)
    case text([UInt8])
    /// A number, a name or a truth value.
    case word(String)
  }

  var fields: [(name: String, value: Value)] = []

  func all(_ name: String) -> [Value] { fields.filter { $0.name == name }.map(\.value) }
  func messages(_ name: String) -> [TextProto] { all(name).compactMap(\.message) }
  func message(_ name: String) -> TextProto? { messages(name).first }
  func string(_ name: String) -> String? {
    all(name).first?.bytes.map { String(decoding: $0, as: UTF8.self) }
  }
  func word(_ name: String) -> String? { all(name).first?.word }
  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }
}

extension TextProto.Value {
  var message: TextProto? { if case .message(let message) = self { message } else { nil } }
  var bytes: [UInt8]? { if case .text(let bytes) = self { bytes } else { nil } }
  var word: String? { if case .word(let word) = self { word } else { nil } }
}

/// Reads the text format.
struct TextProtoReader {
  struct Failure: Error { let line: Int }

  private let bytes: [UInt8]
  private var position = 0

  static func read(_ text: String) throws -> TextProto {
    var reader = TextProtoReader(bytes: Array(text.utf8))
    let message = try reader.fields(until: nil)
    return message
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var failure: Failure {
    Failure(line: bytes[..<min(position, bytes.count)].count { $0 == 0x0A } + 1)
  }

  private mutating func skip() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skip()
    guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
    position += 1
    return true
  }

  private mutating func fields(until end: Unicode.Scalar?) throws -> TextProto {
    var message = TextProto()
    while true {
      skip()
      if let end {
        if take(end) { return message }
      } else if position == bytes.count {
        return message
      }
      let name = try fieldName()
      if take(":"), take("[") {
        while !take("]") {
          message.fields.append((name, try value()))
          _ = take(",")
        }
      } else {
        message.fields.append((name, try value()))
      }
      _ = take(",") || take(";")
    }
  }

  private mutating func fieldName() throws -> String {
    if take("[") {
      let start = position
      guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else { throw failure }
      position = end + 1
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    return try word()
  }

  private mutating func word() throws -> String {
    skip()
    let start = position
    while position < bytes.count,
      Character(Unicode.Scalar(bytes[position])).isLetter
        || Character(Unicode.Scalar(bytes[position])).isNumber
        || [0x5F, 0x2E, 0x2D, 0x2B].contains(bytes[position])
    { position += 1 }
    guard position > start else { throw failure }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func value() throws -> TextProto.Value {
    if take("{") { return .message(try fields(until: "}")) }
    if take("<") { return .message(try fields(until: ">")) }
    guard position < bytes.count else { throw failure }
    guard bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
      return .word(try word())
    }
    var text: [UInt8] = []
    while position < bytes.count,
      bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
    {
      text += try string()
      skip()
    }
    return .text(text)
  }

  private mutating func string() throws -> [UInt8] {
    let quote = bytes[position]
    position += 1
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != quote {
      guard bytes[position] == UInt8(ascii: "\\") else {
        text.append(bytes[position])
        position += 1
        continue
      }
      position += 1
      guard position < bytes.count else { throw failure }
      let code = bytes[position]
      position += 1
      let simple: [Unicode.Scalar: UInt8] = [
        "n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11,
      ]
      switch Unicode.Scalar(code) {
      case "x": text.append(UInt8(try digits(upTo: 2, radix: 16)))
      case "u": text += Array(String(Unicode.Scalar(try digits(upTo: 4, radix: 16)) ?? "?").utf8)
      case "U": text += Array(String(Unicode.Scalar(try digits(upTo: 8, radix: 16)) ?? "?").utf8)
      case "0", "1", "2", "3", "4", "5", "6", "7":
        position -= 1
        text.append(UInt8(truncatingIfNeeded: try digits(upTo: 3, radix: 8)))
      case let other: text.append(simple[other] ?? code)
      }
    }
    guard position < bytes.count else { throw failure }
    position += 1
    return text
  }

  private mutating func digits(upTo count: Int, radix: Int) throws -> UInt32 {
    var text = ""
    while text.count < count, position < bytes.count,
      let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue, digit < radix
    {
      text.append(Character(Unicode.Scalar(bytes[position])))
      position += 1
    }
    guard let value = UInt32(text, radix: radix) else { throw failure }
    return value
  }
}
