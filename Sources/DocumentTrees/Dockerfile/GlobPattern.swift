/// A pattern of `${NAME#pattern}` and its kin: `*`, `?` and text.
struct GlobPattern {
  struct Failure: Error {
    var reason: String
  }

  private enum Token: Equatable {
    case one(Unicode.Scalar)
    case any
    case star
  }

  private var tokens: [Token] = []

  init(_ pattern: String) throws(Failure) {
    var scalars = Array(pattern.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "*": if tokens.last != .star { tokens.append(.star) }
      case "?": tokens.append(.any)
      case "\\":
        // An escaped } or / was only escaped to get it into the substitution.
        if scalars.first == "}" || scalars.first == "/" { continue }
        guard let next = scalars.popFirst(), next == "*" || next == "?" || next == "\\" else {
          throw Failure(reason: "a pattern escapes a character that needs no escape")
        }
        tokens.append(.one(next))
      default: tokens.append(.one(scalar))
      }
    }
  }

  /// Takes the shortest or longest match off one end.
  func trim(
    _ text: String,
    isPrefix: Bool,
    isGreedy: Bool,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> String {
    let scalars = Array(text.unicodeScalars)
    let ordered = isPrefix ? scalars : scalars.reversed()
    let pattern = isPrefix ? tokens : tokens.reversed()
    guard
      let length = try Self.match(pattern, ordered, from: 0, isGreedy: isGreedy, &budget)
    else { return text }
    return Self.string(isPrefix ? scalars[length...] : scalars[..<(scalars.count - length)])
  }

  /// Replaces the first longest match, or all that do not overlap.
  func replace(
    in text: String,
    with replacement: String,
    all: Bool,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> String {
    let scalars = Array(text.unicodeScalars)
    var result: [Unicode.Scalar] = []
    var index = 0
    var lastEnd = -1
    while index <= scalars.count {
      let length = try Self.match(tokens, scalars, from: index, isGreedy: true, &budget)
      if let length, length > 0 || index != lastEnd {
        guard budget.takeBytes(replacement.utf8.count) else { throw Self.tooMuch }
        result += replacement.unicodeScalars
        lastEnd = index + length
        if !all { return Self.string(result[...]) + Self.string(scalars[lastEnd...]) }
        if length > 0 {
          index += length
          continue
        }
      }
      if index < scalars.count { result.append(scalars[index]) }
      index += 1
    }
    return Self.string(result[...])
  }

  private static let tooMuch = Failure(reason: "matching a pattern takes too long")

  /// The length of the match at `start`, found by following all states at once.
  private static func match(
    _ tokens: [Token],
    _ scalars: [Unicode.Scalar],
    from start: Int,
    isGreedy: Bool,
    _ budget: inout ExpansionBudget
  ) throws(Failure) -> Int? {
    var states = [Bool](repeating: false, count: tokens.count + 1)
    states[0] = true
    skipStars(tokens, &states)
    var found: Int?
    var index = start
    while true {
      guard budget.takeSteps(tokens.count + 1) else { throw tooMuch }
      if states[tokens.count] {
        found = index - start
        if !isGreedy { return found }
      }
      guard index < scalars.count else { return found }
      let scalar = scalars[index]
      var next = [Bool](repeating: false, count: tokens.count + 1)
      var isAlive = false
      for (state, token) in tokens.enumerated() where states[state] {
        switch token {
        case .one(let expected) where expected == scalar: next[state + 1] = true
        case .any where scalar != "\n": next[state + 1] = true
        case .star where scalar != "\n": next[state] = true
        default: continue
        }
        isAlive = true
      }
      guard isAlive else { return found }
      skipStars(tokens, &next)
      states = next
      index += 1
    }
  }

  private static func skipStars(_ tokens: [Token], _ states: inout [Bool]) {
    for (state, token) in tokens.enumerated() where states[state] && token == .star {
      states[state + 1] = true
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
