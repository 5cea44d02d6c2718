@testable import Expressions

/// Something of protocol buffers that this implementation leaves out.
struct OutsideScope: Error {
  let reason: String
  static let message = OutsideScope(reason: "protocol buffer messages and enums")
}

extension ExpressionValue {
  /// The value a `cel.expr.Value` describes.
  init(conformance proto: TextProto) throws {
    guard let (name, field) = proto.fields.first.map({ ($0.name, $0.value) }) else {
      throw OutsideScope.message
    }
    let word = field.word ?? ""
    switch name {
    case "null_value": self = .null
    case "bool_value": self = .bool(word == "true")
    case "int64_value": self = .int(try parsed(word) { Int64($0, radix: $1) })
    case "uint64_value": self = .uint(try parsed(word) { UInt64($0, radix: $1) })
    case "double_value": self = .double(Double(word.lowercased()) ?? .nan)
    case "string_value": self = .string(String(decoding: field.bytes ?? [], as: UTF8.self))
    case "bytes_value": self = .bytes(field.bytes ?? [])
    case "list_value":
      self = .list(
        try (field.message ?? TextProto()).messages("values").map(Self.init(conformance:))
      )
    case "map_value":
      let entries = try (field.message ?? TextProto()).messages("entries").map { entry in
        (
          key: try Self(conformance: entry.message("key") ?? TextProto()),
          value: try Self(conformance: entry.message("value") ?? TextProto())
        )
      }
      guard let map = ExpressionMap(entries) else { throw OutsideScope.message }
      self = .map(map)
    case "type_value":
      let name = String(decoding: field.bytes ?? [], as: UTF8.self)
      self = .type(ExpressionType.named[name] ?? .object(name))
    case "object_value": self = try Self(wellKnown: field.message ?? TextProto())
    default: throw OutsideScope.message
    }
  }

  /// The value of a well-known message inside an `Any`.
  private init(wellKnown any: TextProto) throws {
    guard let (url, field) = any.fields.first.map({ ($0.name, $0.value) }),
      let message = field.message, let name = url.split(separator: "/").last
    else { throw OutsideScope.message }
    let seconds = Int64(message.word("seconds") ?? "0") ?? 0
    let nanoseconds = Int64(message.word("nanos") ?? "0") ?? 0
    switch name {
    case "google.protobuf.Timestamp":
      guard
        let value = ExpressionTimestamp(seconds: seconds, nanoseconds: Int32(nanoseconds))
      else { throw OutsideScope.message }
      self = .timestamp(value)
    case "google.protobuf.Duration":
      guard let value = ExpressionDuration(seconds: seconds, nanoseconds: nanoseconds) else {
        throw OutsideScope.message
      }
      self = .duration(value)
    default: throw OutsideScope.message
    }
  }

  /// Whether both are the same value of the same type, as test results are compared.
  func isIdentical(to other: ExpressionValue) -> Bool {
    switch (self, other) {
    case (.int(let left), .int(let right)): return left == right
    case (.uint(let left), .uint(let right)): return left == right
    case (.double(let left), .double(let right)):
      return left == right && left.sign == right.sign || left.isNaN && right.isNaN
        || left == right
    case (.int, _), (.uint, _), (.double, _): return false
    case (.list(let left), .list(let right)):
      return left.count == right.count
        && zip(left.elements, right.elements).allSatisfy { $0.isIdentical(to: $1) }
    case (.map(let left), .map(let right)):
      return left.count == right.count
        && left.entries.allSatisfy { entry in
          right.entries.contains {
            $0.key.isIdentical(to: entry.key) && $0.value.isIdentical(to: entry.value)
          }
        }
    case (.type(let left), .type(let right)): return left.runtimeName == right.runtimeName
    default:
      var meter = CostMeter(limit: 1_000_000)
      if case .yes? = try? isEqual(to: other, meter: &meter) { return true }
      return false
    }
  }
}

private func parsed<Number>(_ word: String, _ parse: (String, Int) -> Number?) throws -> Number {
  let isNegative = word.hasPrefix("-")
  let digits = isNegative ? String(word.dropFirst()) : word
  let isHex = digits.lowercased().hasPrefix("0x")
  let text = (isNegative ? "-" : "") + (isHex ? String(digits.dropFirst(2)) : digits)
  guard let value = parse(text, isHex ? 16 : 10) else { throw OutsideScope.message }
  return value
}

extension ExpressionType {
  private static let primitives: [String: ExpressionType] = [
    "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string,
    "BYTES": .bytes,
  ]

  /// The type a `cel.expr.Type` describes.
  init(conformance proto: TextProto) throws {
    guard let (name, field) = proto.fields.first.map({ ($0.name, $0.value) }) else {
      throw OutsideScope.message
    }
    let inner = field.message ?? TextProto()
    let word = field.word ?? ""
    switch name {
    case "dyn": self = .dyn
    case "null": self = .null
    case "primitive": self = Self.primitives[word] ?? .dyn
    case "wrapper": self = .nullable(Self.primitives[word] ?? .dyn)
    case "well_known":
      self = ["TIMESTAMP": .timestamp, "DURATION": .duration][word] ?? .dyn
    case "list_type":
      self = .list(try Self(conformance: inner.message("elem_type") ?? TextProto()))
    case "map_type":
      self = .map(
        try Self(conformance: inner.message("key_type") ?? TextProto()),
        try Self(conformance: inner.message("value_type") ?? TextProto())
      )
    case "type":
      self = .type(inner.fields.isEmpty ? .dyn : try Self(conformance: inner))
    case "type_param": self = .typeParameter(String(decoding: field.bytes ?? [], as: UTF8.self))
    case "abstract_type":
      let name = inner.string("name") ?? ""
      let parameters = try inner.messages("parameter_types").map(Self.init(conformance:))
      if name == "optional_type", let value = parameters.first {
        self = .optional(value)
      } else if let known = Self.named[name], parameters.isEmpty {
        self = known
      } else {
        self = .opaque(name, parameters)
      }
    case "message_type":
      let name = String(decoding: field.bytes ?? [], as: UTF8.self)
      guard let known = Self.named[name] else { throw OutsideScope.message }
      self = known
    default: throw OutsideScope.message
    }
  }
}
