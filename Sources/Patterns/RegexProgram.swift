/// A regular expression as a machine of simple steps, run in parallel threads (Thompson's construction).
struct RegexProgram: Sendable {
  enum Instruction: Sendable {
    /// Goes on if the next character is in the class set with this number.
    case character(Int, next: Int)
    /// Goes on at both; the first is what the pattern prefers.
    case split(Int, Int)
    case assertion(RegexAssertion, next: Int)
    /// Notes the position in a slot: two for each group, its start and its end.
    case save(Int, next: Int)
    case match
  }

  /// How large a pattern may become when its repetitions are written out.
  static let maximumSize = 10_000

  private(set) var instructions: [Instruction] = [.match]
  private(set) var sets: [CharacterSet] = []
  private(set) var start = 0
  private var setNumbers: [CharacterSet: Int] = [:]

  private let isCapturing: Bool

  init(_ syntax: RegexSyntax, isCapturing: Bool = false) throws(RegexError) {
    self.isCapturing = isCapturing
    start = try emit(syntax, next: 0)
  }

  /// Adds the steps of a part that goes on at `next`; returns where it starts.
  private mutating func emit(_ syntax: RegexSyntax, next: Int) throws(RegexError) -> Int {
    switch syntax {
    case .empty: return next
    case .set(let set):
      let number = setNumbers[set] ?? sets.count
      if number == sets.count {
        sets.append(set)
        setNumbers[set] = number
      }
      return try add(.character(number, next: next))
    case .assertion(let assertion): return try add(.assertion(assertion, next: next))
    case .sequence(let items):
      var target = next
      for item in items.reversed() { target = try emit(item, next: target) }
      return target
    case .choice(let branches):
      guard let last = branches.last else { return next }
      var target = try emit(last, next: next)
      for branch in branches.dropLast().reversed() {
        target = try add(.split(try emit(branch, next: next), target))
      }
      return target
    case .repetition(let item, let minimum, let maximum, let isLazy):
      return try emit(item, minimum, maximum, isLazy: isLazy, next: next)
    case .group(let inner, let number):
      guard isCapturing else { return try emit(inner, next: next) }
      let end = try add(.save(2 * number + 1, next: next))
      return try add(.save(2 * number, next: try emit(inner, next: end)))
    }
  }

  private mutating func emit(
    _ item: RegexSyntax,
    _ minimum: Int,
    _ maximum: Int?,
    isLazy: Bool,
    next: Int
  ) throws(RegexError) -> Int {
    func fork(_ inner: Int) -> Instruction {
      isLazy ? .split(next, inner) : .split(inner, next)
    }
    var target = next
    var copies = minimum
    if let maximum {
      for _ in 0..<(maximum - minimum) {
        target = try add(fork(try emit(item, next: target)))
      }
    } else {
      let loop = try add(fork(next))
      let body = try emit(item, next: loop)
      instructions[loop] = fork(body)
      if minimum > 0 {
        target = body
        copies -= 1
      } else {
        // What can be empty is tried once before the loop, so that the order of preference is right.
        target = item.isNullable ? try add(fork(body)) : loop
      }
    }
    for _ in 0..<copies { target = try emit(item, next: target) }
    return target
  }

  private mutating func add(_ instruction: Instruction) throws(RegexError) -> Int {
    guard instructions.count < Self.maximumSize else {
      throw RegexError("the pattern's repetitions make it too large")
    }
    instructions.append(instruction)
    return instructions.count - 1
  }
}
