/// The variables an instruction can see.
struct VariableScope: Sendable {
  enum Value: Hashable, Sendable {
    case set(ExpandedText)
    /// Declared or not, it has no value: defaults apply.
    case unset(reason: String)
    /// It may or may not have a value.
    case unknown(reason: String)
  }

  /// What is true of a name that nothing in the file sets.
  enum Fallback: Sendable {
    /// The base image may set it.
    case baseImage
    /// Nothing else can.
    case nothing
  }

  private(set) var values: [String: Value] = [:]
  var fallback: Fallback

  init(fallback: Fallback) {
    self.fallback = fallback
  }

  mutating func set(_ name: String, _ value: Value) {
    values[name] = value
  }

  func value(_ name: String) -> Value {
    if let value = values[name] { return value }
    switch fallback {
    case .nothing: return .unset(reason: "\(name) is not declared")
    case .baseImage:
      return .unknown(reason: "\(name) is not set in the Dockerfile; the base image may set it")
    }
  }
}

/// What expansion may cost for one build, so that doubling variables cannot exhaust memory.
struct ExpansionBudget: Sendable {
  var bytes = 8 << 20
  var steps = 2 << 20

  mutating func takeBytes(_ count: Int) -> Bool {
    bytes -= count
    return bytes >= 0
  }

  mutating func takeSteps(_ count: Int) -> Bool {
    steps -= count
    return steps >= 0
  }
}
