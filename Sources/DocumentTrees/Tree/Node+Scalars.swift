extension Node {
  /// The text of a scalar with quotes, escapes and folding resolved; empty for other nodes.
  package var text: String {
    let record = record
    return record.kind == .scalar ? arena.string(record.slice) : ""
  }

  /// Lends the bytes of a scalar's text; none for other nodes.
  package func withTextBytes<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let record = record
    let slice = record.kind == .scalar ? record.slice : 0..<0
    return try arena.text.withUnsafeBufferPointer { (bytes) throws(Failure) in
      try body(UnsafeBufferPointer(rebasing: bytes[slice]))
    }
  }

  /// Whether this is a scalar with the given text; cheaper than comparing `text`.
  package func textEquals(_ other: String) -> Bool {
    guard isScalar else { return false }
    var other = other
    return other.withUTF8 { other in withTextBytes { sameBytes($0[...], other[...]) } }
  }

  // MARK: Interpretation by the core schema of YAML 1.2

  /// What the scalar stands for by the core schema of YAML 1.2.
  ///
  /// Quoted and block scalars are strings, as is any scalar with a tag that the schema lacks.
  package var resolvedType: ScalarType {
    let record = record
    guard record.kind == .scalar else { return .string }
    if record.extra != 0, let tag {
      // The tag `!` keeps a text from being interpreted, but here there is none.
      if tag == "!", record.count == 0, record.style == .plain { return .null }
      return CoreSchema.type(tagged: tag) { plainType }
    }
    return record.style == .plain ? plainType : .string
  }

  private var plainType: ScalarType { withTextBytes(CoreSchema.type) }

  package var isNull: Bool { isScalar && resolvedType == .null }

  package var bool: Bool? {
    guard resolvedType == .bool else { return nil }
    return withTextBytes { $0.first.map { $0 | 0x20 } == UInt8(ascii: "t") }
  }

  /// The value of an integer, decimal, octal (`0o17`) or hexadecimal; nil if it needs over 64 bits.
  package var integer: Int? {
    guard resolvedType == .integer else { return nil }
    return withTextBytes(CoreSchema.integer)
  }

  /// The value of an integer or a float.
  package var number: Double? {
    switch resolvedType {
    case .integer: withTextBytes(CoreSchema.integer).map(Double.init) ?? Double(text)
    case .float: CoreSchema.float(text)
    default: nil
    }
  }

  /// The truth value by the rules of YAML 1.1: also `yes`, `no`, `on`, `off`, `y` and `n`.
  package var bool11: Bool? {
    let record = record
    guard record.kind == .scalar, record.style == .plain, record.count <= 5 else { return nil }
    if record.extra != 0, let tag, tag != CoreSchema.prefix + "bool" { return nil }
    return CoreSchema.bool11(text)
  }
}

/// The types of scalars in the core schema of YAML 1.2.
package enum ScalarType: String, Sendable {
  case null
  case bool
  case integer
  case float
  case string
}
