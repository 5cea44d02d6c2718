/// A path pattern as Docker reads it, matched in time linear in pattern times path.
struct PathPattern: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case one(Unicode.Scalar)
    /// `?`: anything but a slash.
    case any
    /// `*`: any number of anything but slashes.
    case star
    /// `**` with more behind it: any number of folders.
    case folders
    /// `**` at the end, or before plain text without a slash: anything.
    case rest
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  private var tokens: [Token] = []

  /// Reads a cleaned pattern; nil if one of its brackets is wrong.
  init?(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    // `**.log` is any path that ends so, while `**/a` is `a` in any folder.
    let isSuffix =
      text.hasPrefix("**") && !text.hasPrefix("**/")
      && !text.unicodeScalars.dropFirst(2).contains { "*?[]\\".unicodeScalars.contains($0) }
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "*":
        guard scalars.first == "*" else {
          if tokens.last != .star { tokens.append(.star) }
          continue
        }
        scalars.removeFirst()
        if scalars.first == "/" { scalars.removeFirst() }
        let token = isSuffix || scalars.isEmpty ? Token.rest : .folders
        if tokens.last != token { tokens.append(token) }
      case "?": tokens.append(.any)
      case "\\": tokens.append(.one(scalars.popFirst() ?? "\\"))
      case "[":
        guard let set = Self.set(&scalars) else { return nil }
        tokens.append(set)
      default: tokens.append(.one(scalar))
      }
    }
  }

  /// Whether the pattern matches a path or one of the folders it is in.
  func matches(_ path: [Unicode.Scalar]) -> Bool {
    var states = [Bool](repeating: false, count: tokens.count + 1)
    enter(0, &states)
    for (index, scalar) in path.enumerated() {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      var isAlive = false
      for (state, token) in tokens.enumerated() where states[state] {
        switch token {
        case .one(let expected):
          guard expected == scalar else { continue }
          enter(state + 1, &next)
        case .any:
          guard scalar != "/" else { continue }
          enter(state + 1, &next)
        case .set(let ranges, let isNegated):
          guard ranges.contains(where: { $0.contains(scalar) }) != isNegated else { continue }
          enter(state + 1, &next)
        case .star:
          guard scalar != "/" else { continue }
          enter(state, &next)
        case .rest: enter(state, &next)
        case .folders:
          // Folders end with a slash only, so what follows is not entered before one.
          next[state] = true
          if scalar == "/" { enter(state + 1, &next) }
        }
        isAlive = true
      }
      guard isAlive else { return false }
      states = next
      let isName = index + 1 == path.count || path[index + 1] == "/"
      if isName, states[tokens.count] { return true }
    }
    return false
  }

  /// Enters a state and those behind it that need no text.
  private func enter(_ first: Int, _ states: inout [Bool]) {
    var state = first
    while !states[state] {
      states[state] = true
      guard state < tokens.count else { return }
      switch tokens[state] {
      case .star, .rest, .folders: state += 1
      default: return
      }
    }
  }

  private static func set(_ scalars: inout ArraySlice<Unicode.Scalar>) -> Token? {
    let isNegated = scalars.first == "^"
    if isNegated { scalars.removeFirst() }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let first = scalars.popFirst() {
      if first == "]", !ranges.isEmpty { return .set(ranges, isNegated: isNegated) }
      guard let low = first == "\\" ? scalars.popFirst() : first else { return nil }
      guard scalars.first == "-", scalars.dropFirst().first != "]" else {
        ranges.append(low...low)
        continue
      }
      scalars.removeFirst()
      guard let second = scalars.popFirst(),
        let high = second == "\\" ? scalars.popFirst() : second, low <= high
      else { return nil }
      ranges.append(low...high)
    }
    return nil
  }
}
