/// One way to call a function.
struct Overload: Sendable {
  let isMember: Bool
  let parameters: [ExpressionType]
  let result: ExpressionType

  static func global(_ parameters: [ExpressionType], _ result: ExpressionType) -> Overload {
    Overload(isMember: false, parameters: parameters, result: result)
  }

  /// The first parameter is what stands before the dot.
  static func member(_ parameters: [ExpressionType], _ result: ExpressionType) -> Overload {
    Overload(isMember: true, parameters: parameters, result: result)
  }
}

/// A function of the language: its types, and one implementation that looks at what it is given.
struct Builtin: Sendable {
  typealias Implementation =
    @Sendable (_ arguments: [ExpressionValue], _ meter: inout CostMeter)
    throws(EvaluationError) -> ExpressionValue

  let name: String
  let overloads: [Overload]
  /// Whether unknown elements of a list argument leave the whole result unknown.
  let readsElements: Bool
  let implementation: Implementation

  init(
    _ name: String,
    _ overloads: [Overload],
    readsElements: Bool = false,
    _ implementation: @escaping Implementation
  ) {
    self.name = name
    self.overloads = overloads
    self.readsElements = readsElements
    self.implementation = implementation
  }

  /// Every function by name, in the form environments use; one table serves them all.
  static let all: [String: [Builtin]] = {
    let groups = [
      conversions, collections, strings, stringParts, formatting, lists, sets, times, network,
      optionals,
    ]
    return Dictionary(
      groups.joined().map { ($0.name, [$0]) },
      uniquingKeysWith: { first, _ in first }
    )
  }()

  /// Functions of the wider language that are left out on purpose, by prefix.
  static let unsupported: [(prefix: String, what: String)] = [
    ("math.", "the math extension"),
    ("base64.", "the encoders extension"),
    ("json.", "the encoders extension"),
    ("proto.", "the protocol buffers extension"),
    ("cel.", "the block extension"),
    ("regex.", "the regex extension"),
  ]
}

/// The type parameter most generic functions use.
let typeA = ExpressionType.typeParameter("A")
let typeB = ExpressionType.typeParameter("B")
