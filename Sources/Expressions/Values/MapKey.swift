/// A key of a map: numbers that are equal are one key, whatever their type.
package enum MapKey: Sendable {
  case bool(Bool)
  /// Any integer up to `Int64.max`, from `int` or `uint`.
  case integer(Int64)
  /// A `uint` beyond `Int64.max`.
  case large(UInt64)
  case string(String)

  /// The key for a value in a map literal or lookup; nil when no map can hold it.
  ///
  /// Doubles may look up but not define keys.
  package init?(_ value: ExpressionValue, allowingDouble: Bool = false) {
    switch value {
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .integer(value)
    case .uint(let value):
      self = Int64(exactly: value).map(MapKey.integer) ?? .large(value)
    case .string(let value): self = .string(value)
    case .double(let value) where allowingDouble:
      if let integer = Int64(exactly: value) {
        self = .integer(integer)
      } else if let large = UInt64(exactly: value) {
        self = .large(large)
      } else {
        return nil
      }
    default: return nil
    }
  }
}

extension MapKey: Hashable {
  package static func == (left: MapKey, right: MapKey) -> Bool {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.large(let left), .large(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameScalars(as: right)
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .large(let value): hasher.combine(value)
    case .string(var value):
      // Swift's own hash treats canonically equivalent strings as one; CEL compares code points.
      value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}

extension String {
  /// Equality of code points, without Unicode normalization.
  func hasSameScalars(as other: String) -> Bool {
    guard utf8.count == other.utf8.count, self == other else { return false }
    return utf8.elementsEqual(other.utf8)
  }

  /// Code point order, which is the order of the UTF-8 bytes.
  func precedesByScalars(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
