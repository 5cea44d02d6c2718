import DocumentTrees
import Workloads

/// A type constraint: `list(string)`, `object({ name = string, port = optional(number, 80) })`.
package indirect enum TerraformType: Sendable {
  case any
  case string
  case number
  case flag
  case list(TerraformType)
  case set(TerraformType)
  case map(TerraformType)
  case tuple([TerraformType])
  case object([Attribute])

  package struct Attribute: Sendable {
    package var name: String
    package var type: TerraformType
    package var isOptional = false
    /// What it has if it is not given.
    package var fallback: HCLExpression?
  }

  /// Reads a constraint, which looks like an expression but is none.
  package init(_ expression: HCLExpression, depth: Int = 0) throws(HCLFailure) {
    let failure = HCLFailure(.value, "a type is required", expression.range)
    switch expression.kind {
    case .name("any"): self = .any
    case .name("string"), .text("string"): self = .string
    case .name("number"), .text("number"): self = .number
    case .name("bool"), .text("bool"): self = .flag
    // The old spellings without the type of elements.
    case .name("list"), .text("list"): self = .list(.any)
    case .name("map"), .text("map"): self = .map(.any)
    case .name("set"): self = .set(.any)
    case .call(let name, let arguments, false):
      guard let first = arguments.first, arguments.count == 1 else { throw failure }
      switch name {
      case "list": self = .list(try TerraformType(first, depth: depth + 1))
      case "set": self = .set(try TerraformType(first, depth: depth + 1))
      case "map": self = .map(try TerraformType(first, depth: depth + 1))
      case "tuple":
        guard case .tuple(let elements) = first.kind else { throw failure }
        var types: [TerraformType] = []
        for element in elements { types.append(try TerraformType(element, depth: depth + 1)) }
        self = .tuple(types)
      case "object":
        guard case .object(let items) = first.kind else { throw failure }
        var attributes: [Attribute] = []
        for item in items { attributes.append(try Self.attribute(item, depth: depth + 1)) }
        self = .object(attributes)
      default: throw failure
      }
    default: throw failure
    }
  }

  private static func attribute(_ item: HCLItem, depth: Int) throws(HCLFailure) -> Attribute {
    guard case .text(let name) = item.key.kind else {
      throw HCLFailure(.value, "an attribute name is required", item.key.range)
    }
    guard case .call("optional", let arguments, _) = item.value.kind, let first = arguments.first
    else { return Attribute(name: name, type: try TerraformType(item.value, depth: depth)) }
    return Attribute(
      name: name,
      type: try TerraformType(first, depth: depth),
      isOptional: true,
      fallback: arguments.count > 1 ? arguments[1] : nil
    )
  }

  // MARK: Conversion

  /// The value as this type; what is not known of it stays as it is.
  package func convert(
    _ value: Datum,
    _ evaluator: HCLEvaluator,
    depth: Int = 0
  ) throws(HCLFailure) -> Datum {
    try evaluator.session.pay(elements: 1)
    guard depth < 100 else { throw HCLFailure(.limit, "a value is nested too deeply") }
    let isSecret = value.isSensitive
    switch (self, value.hcl) {
    case (.any, _), (_, .null), (_, .unknown): return value
    case (.string, _): return try HCLConvert.text(value)
    case (.number, .partial), (.flag, .partial):
      return .unknown(value.firstGap?.reason ?? "it is not known", value.origin)
    case (.number, _):
      guard let number = try HCLConvert.number(value) else { return value }
      return Datum.hcl(number, value.origin).marked(isSecret)
    case (.flag, _):
      guard let flag = try HCLConvert.flag(value).known else { return value }
      return Datum(.flag(flag), value.origin).marked(isSecret)
    case (.list(let type), .list(let list)), (.set(let type), .list(let list)):
      var converted: [Datum] = []
      for element in list.elements {
        converted.append(try type.convert(element, evaluator, depth: depth + 1))
      }
      if case .any = type { converted = try Self.alike(converted) }
      if case .set = self {
        let call = HCLCall(
          name: "toset",
          arguments: [],
          range: value.origin.location?.range ?? HCLEvaluator.nowhere,
          evaluator: evaluator
        )
        var result = try call.set(converted, more: list.more)
        result.origin = value.origin
        return result.marked(isSecret)
      }
      var result = DatumList(converted, more: list.more)
      result.sort = .list
      return Datum(.list(result), value.origin).marked(isSecret)
    case (.tuple(let types), .list(let list)):
      guard list.more == nil, list.elements.count == types.count else {
        throw HCLFailure(.value, "a tuple of \(types.count) elements is required")
      }
      var converted: [Datum] = []
      for (type, element) in zip(types, list.elements) {
        converted.append(try type.convert(element, evaluator, depth: depth + 1))
      }
      return Datum(.list(DatumList(converted)), value.origin).marked(isSecret)
    case (.map(let type), .object(let object)):
      var result = DatumObject(more: object.more)
      for entry in object.entries {
        let value = try type.convert(entry.value, evaluator, depth: depth + 1)
        result.set(.init(entry.key, value, keyOrigin: entry.keyOrigin))
      }
      if case .any = type {
        let alike = try Self.alike(result.entries.map(\.value))
        for (entry, value) in zip(result.entries, alike) {
          result.set(.init(entry.key, value, keyOrigin: entry.keyOrigin))
        }
      }
      result.isMap = true
      return Datum(.object(result), value.origin).marked(isSecret)
    case (.object(let attributes), .object(let object)):
      return Datum(
        .object(try Self.object(attributes, object, value, evaluator, depth)),
        value.origin
      ).marked(isSecret)
    default: throw HCLFailure(.value, "the value is not of the type \(description)")
    }
  }

  private static func object(
    _ attributes: [Attribute],
    _ object: DatumObject,
    _ value: Datum,
    _ evaluator: HCLEvaluator,
    _ depth: Int
  ) throws(HCLFailure) -> DatumObject {
    var result = DatumObject()
    for attribute in attributes {
      let given = object.entry(attribute.name)
      if let given, !given.value.isNothing {
        let value = try attribute.type.convert(given.value, evaluator, depth: depth + 1)
        result.set(.init(attribute.name, value, keyOrigin: given.keyOrigin))
      } else if let more = object.more, given == nil {
        result.set(attribute.name, Datum(.unknown(more), value.origin))
      } else if given == nil, !attribute.isOptional {
        throw HCLFailure(.value, "the attribute \(attribute.name) is missing")
      } else if let fallback = attribute.fallback {
        let value = try evaluator.value(fallback)
        result.set(
          attribute.name,
          try attribute.type.convert(value, evaluator, depth: depth + 1)
        )
      } else {
        result.set(attribute.name, given?.value ?? Datum(.null, value.origin))
      }
    }
    return result
  }

  /// Values of several simple types as one type: texts, if there is one among them.
  static func alike(_ values: [Datum]) throws(HCLFailure) -> [Datum] {
    var kinds: Set<Int> = []
    for value in values {
      switch value.hcl {
      case .text, .partial: kinds.insert(0)
      case .number: kinds.insert(1)
      case .flag: kinds.insert(2)
      case .list, .object: kinds.insert(3)
      case .null, .unknown: continue
      }
    }
    guard kinds.count > 1 else { return values }
    guard !kinds.contains(3) else {
      throw HCLFailure(.value, "all elements must be of the same type")
    }
    var texts: [Datum] = []
    for value in values { texts.append(try HCLConvert.text(value)) }
    return texts
  }

  /// A value as it is after having been text: no sets, lists or maps, only tuples and objects.
  static func plain(_ value: Datum) -> Datum {
    switch value.content {
    case .list(var list):
      list.sort = .tuple
      list.elements = list.elements.map(plain)
      return Datum(.list(list), value.origin).marked(value.isSensitive)
    case .object(let object):
      let entries = object.entries.map {
        DatumObject.Entry($0.key, plain($0.value), keyOrigin: $0.keyOrigin)
      }
      return Datum(.object(DatumObject(entries, more: object.more)), value.origin)
        .marked(value.isSensitive)
    default: return value
    }
  }

  package var description: String {
    switch self {
    case .any: "any"
    case .string: "string"
    case .number: "number"
    case .flag: "bool"
    case .list(let type): "list(\(type.description))"
    case .set(let type): "set(\(type.description))"
    case .map(let type): "map(\(type.description))"
    case .tuple: "tuple"
    case .object: "object"
    }
  }
}
