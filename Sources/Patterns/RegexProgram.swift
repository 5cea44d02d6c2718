/// A regular expression as a machine of simple steps, run in parallel threads (Thompson's construction).
struct RegexProgram: Sendable {
  enum Instruction: Sendable {
    /// Goes on if the next character is in the class set with this number.
    case character(Int, next: Int)
    case split(Int, Int)
    case assertion(RegexAssertion, next: Int)
    case match
  }

  /// How large a pattern may become when its repetitions are written out.
  static let maximumSize = 10_000

  private(set) var instructions: [Instruction] = [.match]
  private(set) var sets: [CharacterSet] = []
  private(set) var start = 0
  private var setNumbers: [CharacterSet: Int] = [:]

  init(_ syntax: RegexSyntax) throws(RegexError) {
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
    case .repetition(let item, let minimum, let maximum):
      var target = next
      if let maximum {
        for _ in 0..<(maximum - minimum) {
          target = try add(.split(try emit(item, next: target), next))
        }
      } else {
        let loop = try add(.split(0, next))
        instructions[loop] = .split(try emit(item, next: loop), next)
        target = loop
      }
      for _ in 0..<minimum { target = try emit(item, next: target) }
      return target
    }
  }

  private mutating func add(_ instruction: Instruction) throws(RegexError) -> Int {
    guard instructions.count < Self.maximumSize else {
      throw RegexError("the pattern's repetitions make it too large")
    }
    instructions.append(instruction)
    return instructions.count - 1
  }
}
