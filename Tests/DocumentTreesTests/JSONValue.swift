import DocumentTrees
import Foundation

/// A JSON value that can be compared, made by Foundation or from one of our trees.
indirect enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Numbers are equal if they agree in 15 digits: Foundation's reading of decimals is not exact.
  static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)):
      left == right || left.isNaN && right.isNaN || abs(left - right) <= abs(left) * 1e-15
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// What a node stands for by the core schema.
  init(_ node: Node?) {
    guard let node else {
      self = .null
      return
    }
    switch node.kind {
    case .mapping:
      var object: [String: JSONValue] = [:]
      for (key, value) in node.entries { object[key.text] = JSONValue(value) }
      self = .object(object)
    case .sequence:
      self = .array(node.elements.map { JSONValue($0) })
    case .scalar:
      switch node.resolvedType {
      case .null: self = .null
      case .bool: self = node.bool.map(JSONValue.bool) ?? .string("not a truth value")
      case .integer, .float: self = node.number.map(JSONValue.number) ?? .string("not a number")
      case .string: self = .string(node.text)
      }
    }
  }

  /// A value that Foundation read.
  init(foundation value: Any) {
    switch value {
    case let number as NSNumber where CFBooleanLike.isBool(number): self = .bool(number.boolValue)
    case let number as NSNumber: self = .number(number.doubleValue)
    case let text as String: self = .string(text)
    case let array as [Any]: self = .array(array.map(JSONValue.init(foundation:)))
    case let object as [String: Any]: self = .object(object.mapValues(JSONValue.init(foundation:)))
    default: self = .null
    }
  }

  /// Several JSON texts one after the other, as the suite writes a stream of documents.
  static func stream(_ text: String) throws -> [JSONValue] {
    try pieces(of: text).map { piece in
      let value = try JSONSerialization.jsonObject(
        with: Data(piece.utf8),
        options: .fragmentsAllowed
      )
      return JSONValue(foundation: value)
    }
  }

  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var current = ""
    var depth = 0
    var isString = false
    var isEscaped = false
    for character in text {
      if isString {
        current.append(character)
        if isEscaped {
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          isString = false
        }
        continue
      }
      if character == "\"" { isString = true }
      if character == "[" || character == "{" { depth += 1 }
      if character == "]" || character == "}" { depth -= 1 }
      if character.isNewline && depth == 0 {
        pieces.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    pieces.append(current)
    return pieces.filter { !$0.allSatisfy(\.isWhitespace) }
  }
}

private enum CFBooleanLike {
  static func isBool(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }
}
