import Expressions

/// A text with `{{ expression }}` in it.
package struct MessageTemplate: Sendable {
  enum Part: Sendable {
    case text(String)
    case expression(Program)
  }

  let parts: [Part]

  var expressions: [Program] {
    parts.compactMap { if case .expression(let program) = $0 { program } else { nil } }
  }

  /// Parses `text`; the error's offset counts from its beginning.
  init(_ text: String, in environment: Environment) throws(TemplateError) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.range(of: "{{") {
      if open.lowerBound > rest.startIndex {
        parts.append(.text(String(rest[..<open.lowerBound])))
      }
      guard let close = rest[open.upperBound...].range(of: "}}") else {
        throw TemplateError(problem: "the template has '{{' without '}}'")
      }
      let expression = String(rest[open.upperBound..<close.lowerBound])
      do {
        parts.append(.expression(try environment.compile(expression)))
      } catch {
        throw TemplateError(problem: "in '{{\(expression)}}': \(error.message)")
      }
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// The text with every expression replaced by its value; what is not known says so.
  func render(_ slots: [ExpressionValue]) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let part): text += part
      case .expression(let program):
        switch program.evaluate(slots) {
        case .value(let value): text += display(value)
        case .unknown, .error: text += "(unknown)"
        }
      }
    }
    return text
  }
}

struct TemplateError: Error {
  let problem: String
}

extension Substring {
  /// The first place of an ASCII text.
  fileprivate func range(of mark: StaticString) -> Range<Substring.Index>? {
    let wanted = String(describing: mark)
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(wanted) {
        return index..<self.index(index, offsetBy: wanted.count)
      }
      index = self.index(after: index)
    }
    return nil
  }
}

/// A value as a reader wants to see it in a sentence.
func display(_ value: ExpressionValue) -> String {
  switch value {
  case .null: return "null"
  case .bool(let value): return value ? "true" : "false"
  case .int(let value): return String(value)
  case .uint(let value): return String(value)
  case .double(let value):
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  case .string(let value): return value
  case .list(let list):
    return list.elements.map(display).joined(separator: ", ")
  case .object(let object):
    guard let named = object as? any NamedObject else { return object.typeName }
    return named.displayName
  case .optional(let value): return value.map(display) ?? ""
  case .timestamp(let value): return String(value.description.prefix(10))
  case .unknown: return "(unknown)"
  default: return "\(value.type)"
  }
}

/// An object that has a text of its own in messages.
protocol NamedObject {
  var displayName: String { get }
}

extension ModelObject: NamedObject {
  var displayName: String {
    for name in ["text", "name", "value", "entry", "command"] {
      if let index = type.fields.firstIndex(where: { $0.name == name }) {
        return display(value(at: index))
      }
    }
    return type.name
  }
}
