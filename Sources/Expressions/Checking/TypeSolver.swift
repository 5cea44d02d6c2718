/// Finds types for the placeholders of the functions an expression calls.
///
/// Follows the gradual typing of the language definition: `dyn` agrees with everything, and where two types
/// meet, the more general one is kept.
struct TypeSolver {
  /// What each placeholder stands for, by its number.
  private var solutions: [ExpressionType?] = []
  /// What was changed and what it was before, to take back an attempt that failed.
  private var trail: [(index: Int, before: ExpressionType?)] = []

  mutating func freshVariable() -> ExpressionType {
    solutions.append(nil)
    return .variable(solutions.count - 1)
  }

  /// A declaration's types with its parameters replaced by fresh placeholders.
  mutating func instantiate(
    _ type: ExpressionType,
    names: inout [String: ExpressionType]
  ) -> ExpressionType {
    switch type {
    case .typeParameter(let name):
      if let known = names[name] { return known }
      let fresh = freshVariable()
      names[name] = fresh
      return fresh
    case .list(let element): return .list(instantiate(element, names: &names))
    case .map(let key, let value):
      return .map(instantiate(key, names: &names), instantiate(value, names: &names))
    case .optional(let value): return .optional(instantiate(value, names: &names))
    case .nullable(let value): return .nullable(instantiate(value, names: &names))
    case .type(let value): return .type(instantiate(value, names: &names))
    case .opaque(let name, let parameters):
      return .opaque(name, parameters.map { instantiate($0, names: &names) })
    default: return type
    }
  }

  /// The type with everything solved filled in; what stayed open becomes `dyn` if asked.
  func resolve(_ type: ExpressionType, openAsDyn: Bool = false) -> ExpressionType {
    switch type {
    case .variable(let index):
      if let solution = solutions[index] { return resolve(solution, openAsDyn: openAsDyn) }
      return openAsDyn ? .dyn : type
    case .list(let element): return .list(resolve(element, openAsDyn: openAsDyn))
    case .map(let key, let value):
      return .map(resolve(key, openAsDyn: openAsDyn), resolve(value, openAsDyn: openAsDyn))
    case .optional(let value): return .optional(resolve(value, openAsDyn: openAsDyn))
    case .type(let value): return .type(resolve(value, openAsDyn: openAsDyn))
    case .opaque(let name, let parameters):
      return .opaque(name, parameters.map { resolve($0, openAsDyn: openAsDyn) })
    default: return type
    }
  }

  /// Whether values of the first types can be given where the second are wanted; keeps what it solved.
  mutating func assign(_ given: [ExpressionType], to wanted: [ExpressionType]) -> Bool {
    guard given.count == wanted.count else { return false }
    trail.removeAll(keepingCapacity: true)
    for (left, right) in zip(given, wanted) where !isAssignable(left, right) {
      for change in trail.reversed() { solutions[change.index] = change.before }
      return false
    }
    return true
  }

  private mutating func solve(_ index: Int, as type: ExpressionType) {
    trail.append((index, solutions[index]))
    solutions[index] = type
  }

  /// The type of a container holding both kinds of element.
  mutating func join(_ previous: ExpressionType?, _ next: ExpressionType) -> ExpressionType {
    guard let previous else { return next }
    return assign([previous], to: [next]) ? mostGeneral(previous, next) : .dyn
  }

  private mutating func isAssignable(_ left: ExpressionType, _ right: ExpressionType) -> Bool {
    if case .variable(let index) = right {
      switch substitute(left, for: index) {
      case .agreed: return true
      case .conflict: return false
      case .impossible: break
      }
    }
    if case .variable(let index) = left {
      if case .agreed = substitute(right, for: index) { return true }
      return false
    }
    switch (left, right) {
    case (.dyn, _), (_, .dyn): return true
    case (.null, _): return Self.acceptsNull(right)
    case (_, .null): return Self.acceptsNull(left)
    case (.nullable(let left), .nullable(let right)): return left == right
    case (.nullable(let left), _): return left == right
    case (_, .nullable(let right)): return left == right
    case (.list(let left), .list(let right)): return isAssignable(left, right)
    case (.optional(let left), .optional(let right)): return isAssignable(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      return isAssignable(leftKey, rightKey) && isAssignable(leftValue, rightValue)
    case (.type, .type): return true
    case (.opaque(let left, let leftParameters), .opaque(let right, let rightParameters)):
      guard left == right, leftParameters.count == rightParameters.count else { return false }
      for (left, right) in zip(leftParameters, rightParameters) where !isAssignable(left, right) {
        return false
      }
      return true
    default: return left == right
    }
  }

  private enum Substitution {
    case agreed
    /// The placeholder already stands for something else.
    case conflict
    /// The type contains the placeholder itself.
    case impossible
  }

  private mutating func substitute(_ type: ExpressionType, for index: Int) -> Substitution {
    if type == .variable(index) { return .agreed }
    if let solution = solutions[index] {
      if solution == type { return .agreed }
      guard isAssignable(type, solution) else { return .conflict }
      let general = mostGeneral(type, solution)
      if !mentions(index, in: general) { solve(index, as: general) }
      return .agreed
    }
    guard !mentions(index, in: type) else { return .impossible }
    solve(index, as: type)
    return .agreed
  }

  private func mentions(_ index: Int, in type: ExpressionType) -> Bool {
    switch type {
    case .variable(let other):
      other == index || solutions[other].map { mentions(index, in: $0) } ?? false
    case .list(let inner), .optional(let inner), .type(let inner), .nullable(let inner):
      mentions(index, in: inner)
    case .map(let key, let value): mentions(index, in: key) || mentions(index, in: value)
    case .opaque(_, let parameters): parameters.contains { mentions(index, in: $0) }
    default: false
    }
  }

  private static func acceptsNull(_ type: ExpressionType) -> Bool {
    switch type {
    case .null, .object, .opaque, .nullable, .timestamp, .duration, .optional, .ip, .cidr: true
    default: false
    }
  }

  private func mostGeneral(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType {
    Self.isAtLeastAsGeneral(left, right) ? left : right
  }

  private static func isAtLeastAsGeneral(
    _ left: ExpressionType,
    _ right: ExpressionType
  ) -> Bool {
    switch (left, right) {
    case (.dyn, _), (.variable, _): true
    case (_, .dyn), (_, .variable): false
    case (.null, _): false
    case (.nullable(let left), _): left == right || .nullable(left) == right || right == .null
    case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)):
      isAtLeastAsGeneral(left, right)
    case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
      isAtLeastAsGeneral(leftKey, rightKey) && isAtLeastAsGeneral(leftValue, rightValue)
    case (.type, .type): true
    default: left == right || right == .null
    }
  }
}
