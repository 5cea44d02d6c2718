import Foundation

/// Validates against the keywords of JSON Schema 2020-12 that our schema uses.
///
/// A keyword it does not know is an error of its own, so that nothing goes unchecked.
struct SchemaValidator {
  let root: [String: Any]

  init(_ schema: String) throws {
    root = try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any] ?? [:]
  }

  func errors(in value: Any) -> [String] { errors(value, root, at: "") }

  private func errors(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    var errors: [String] = []
    func fail(_ text: String) { errors.append("\(path): \(text)") }
    let object = value as? [String: Any]
    for (keyword, argument) in schema {
      switch keyword {
      case "$schema", "$defs", "title", "description":
        break
      case "$ref":
        errors += self.errors(value, resolve(argument as? String ?? ""), at: path)
      case "type":
        let allowed = argument as? [String] ?? [argument as? String ?? ""]
        // Every integer is a number.
        let isNumber = type(value) == "integer" && allowed.contains("number")
        if !allowed.contains(type(value)), !isNumber { fail("is \(type(value)), not \(allowed)") }
      case "enum":
        if !(argument as? [String] ?? []).contains(value as? String ?? "") { fail("is \(value)") }
      case "pattern":
        let text = value as? String ?? ""
        if text.range(of: argument as? String ?? "", options: .regularExpression) == nil {
          fail("\(text) does not match")
        }
      case "minimum":
        if (value as? Int ?? .min) < (argument as? Int ?? .max) { fail("\(value) is too small") }
      case "maximum":
        if (value as? Int ?? .max) > (argument as? Int ?? .min) { fail("\(value) is too large") }
      case "required":
        for name in argument as? [String] ?? [] where object != nil && object?[name] == nil {
          fail("lacks \(name)")
        }
      case "properties":
        for (name, child) in argument as? [String: [String: Any]] ?? [:] {
          guard let field = object?[name] else { continue }
          errors += self.errors(field, child, at: "\(path)/\(name)")
        }
      case "additionalProperties":
        let named = schema["properties"] as? [String: Any] ?? [:]
        for (name, field) in object ?? [:] where named[name] == nil {
          errors += self.errors(field, argument as? [String: Any] ?? [:], at: "\(path)/\(name)")
        }
      case "propertyNames":
        for name in object?.keys.sorted() ?? [] {
          errors += self.errors(name, argument as? [String: Any] ?? [:], at: "\(path)/\(name)")
        }
      case "items":
        for (index, element) in (value as? [Any] ?? []).enumerated() {
          errors += self.errors(element, argument as? [String: Any] ?? [:], at: "\(path)/\(index)")
        }
      default:
        fail("the schema's keyword \(keyword) is not known here")
      }
    }
    return errors
  }

  private func resolve(_ reference: String) -> [String: Any] {
    let name = reference.replacing("#/$defs/", with: "")
    let definitions = root["$defs"] as? [String: [String: Any]]
    // An unknown keyword, so that a reference into nothing is noticed.
    return definitions?[name] ?? ["unresolved \(reference)": true]
  }

  private func type(_ value: Any) -> String {
    switch value {
    case is NSNull: "null"
    case is String: "string"
    case is [Any]: "array"
    case is [String: Any]: "object"
    case is Int: "integer"
    case is Double: "number"
    default: "other"
    }
  }
}
