/// A type as the checker knows it.
package indirect enum ExpressionType: Hashable, Sendable {
  /// Anything; checks wait until the value is there.
  case dyn
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case null
  case timestamp
  case duration
  case ip
  case cidr
  case list(Self)
  case map(Self, Self)
  case optional(Self)
  /// A host object, by its schema's name.
  case object(String)
  /// A type of the host that only its own functions understand.
  case opaque(String, [Self])
  /// A primitive that may also be null.
  case nullable(Self)
  /// The type of a type.
  case type(Self)
  /// A placeholder in a function's declaration.
  case typeParameter(String)
  /// A placeholder the checker is solving.
  case variable(Int)
}

extension ExpressionType {
  /// The name a type value has, and by which type values are compared.
  package var runtimeName: String {
    switch self {
    case .dyn: "dyn"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .null: "null_type"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .ip: "net.IP"
    case .cidr: "net.CIDR"
    case .list: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .object(let name), .opaque(let name, _): name
    case .nullable(let type): type.runtimeName
    case .type: "type"
    case .typeParameter(let name): name
    case .variable(let index): "_\(index)"
    }
  }

  /// The types an expression can name, by that name.
  ///
  /// `dyn` is not among them: it is how little the check knows, not the type of any value.
  static let named: [String: ExpressionType] = {
    var types: [String: ExpressionType] = [
      "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
      "optional_type": .optional(.dyn),
      "google.protobuf.BoolValue": .nullable(.bool),
      "google.protobuf.BytesValue": .nullable(.bytes),
      "google.protobuf.DoubleValue": .nullable(.double),
      "google.protobuf.FloatValue": .nullable(.double),
      "google.protobuf.Int32Value": .nullable(.int),
      "google.protobuf.Int64Value": .nullable(.int),
      "google.protobuf.StringValue": .nullable(.string),
      "google.protobuf.UInt32Value": .nullable(.uint),
      "google.protobuf.UInt64Value": .nullable(.uint),
      "google.protobuf.ListValue": .list(.dyn),
      "google.protobuf.Struct": .map(.string, .dyn),
      "google.protobuf.Value": .dyn,
    ]
    let simple: [ExpressionType] = [
      .bool, .int, .uint, .double, .string, .bytes, .null, .timestamp, .duration, .ip, .cidr,
    ]
    for type in simple { types[type.runtimeName] = type }
    return types
  }()
}

extension ExpressionType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let value): "optional(\(value))"
    case .nullable(let type): "nullable(\(type))"
    case .opaque(let name, let parameters):
      parameters.isEmpty
        ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .type(.dyn): "type"
    case .type(let type): "type(\(type))"
    case .null: "null"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .variable: "dyn"
    default: runtimeName
    }
  }
}
