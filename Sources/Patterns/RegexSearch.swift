/// Runs a program over a text, all threads at once in the order of preference, with the positions
/// that each has noted (Pike's machine).
struct RegexSearch {
  private let program: RegexProgram
  private let slots: Int
  private var current: RegexThreads
  private var next: RegexThreads

  init(_ program: RegexProgram, groups: Int) {
    self.program = program
    slots = 2 * (groups + 1)
    current = RegexThreads(program, slots: slots)
    next = current
  }

  /// The first match that begins at or behind a position.
  mutating func match(
    in text: [UInt8],
    from start: Int,
    work: inout Int
  ) throws(RegexError) -> RegexMatch? {
    current.clear()
    var best: [Int]?
    var position = start
    while true {
      if best == nil {
        var fresh = Array(repeating: -1, count: slots)
        fresh[0] = position
        current.follow(program.start, fresh, at: position, in: text, &work)
      }
      if best != nil, current.order.isEmpty { break }
      var end = position
      let scalar = text.withUnsafeBufferPointer { bytes in
        Self.scalar(of: bytes, &end)
      }
      next.clear()
      for thread in current.order {
        if case .match = program.instructions[thread] {
          best = current.noted(by: thread)
          best?[1] = position
          // Whatever is less preferred is out.
          break
        }
        guard let scalar, case .character(let set, let target) = program.instructions[thread],
          program.sets[set].contains(scalar)
        else { continue }
        next.follow(target, current.noted(by: thread), at: end, in: text, &work)
      }
      work -= current.order.count
      if work < 0 { throw RegexError("the search takes too long", isUnsupported: true) }
      if scalar == nil { break }
      swap(&current, &next)
      position = end
    }
    return best.flatMap(Self.match)
  }

  private static func match(_ positions: [Int]) -> RegexMatch? {
    var ranges: [Range<Int>?] = []
    for slot in stride(from: 0, to: positions.count, by: 2) {
      let (start, end) = (positions[slot], positions[slot + 1])
      ranges.append(start >= 0 && end >= start ? start..<end : nil)
    }
    guard let whole = ranges.removeFirst() else { return nil }
    return RegexMatch(range: whole, groups: ranges)
  }

  private static func scalar(
    of text: UnsafeBufferPointer<UInt8>,
    _ position: inout Int
  ) -> UInt32? {
    guard position < text.count else { return nil }
    if text[position] < 0x80 {
      position += 1
      return UInt32(text[position - 1])
    }
    return RegexMachine.decode(text, &position)
  }
}

/// Threads that wait for a character, the preferred ones first.
private struct RegexThreads {
  private(set) var order: [Int] = []
  private let program: RegexProgram
  private let slots: Int
  /// By instruction, the round in which it was last reached.
  private var rounds: [Int]
  private var round = 1
  /// By instruction, a row of noted positions; -1 for none.
  private var positions: [Int]
  private var pending: [Step] = []

  private enum Step {
    case visit(Int)
    /// Puts a position back, once what stands behind a `save` was followed.
    case restore(slot: Int, Int)
  }

  init(_ program: RegexProgram, slots: Int) {
    self.program = program
    self.slots = slots
    rounds = Array(repeating: 0, count: program.instructions.count)
    positions = Array(repeating: -1, count: program.instructions.count * slots)
  }

  mutating func clear() {
    order.removeAll(keepingCapacity: true)
    round += 1
  }

  func noted(by thread: Int) -> [Int] {
    Array(positions[thread * slots..<(thread + 1) * slots])
  }

  /// Adds a thread with everything that it reaches without a character.
  mutating func follow(
    _ start: Int,
    _ noted: [Int],
    at position: Int,
    in text: [UInt8],
    _ work: inout Int
  ) {
    var noted = noted
    pending.append(.visit(start))
    while let step = pending.popLast() {
      switch step {
      case .restore(let slot, let old): noted[slot] = old
      case .visit(let thread):
        guard rounds[thread] != round else { continue }
        rounds[thread] = round
        work -= 1
        switch program.instructions[thread] {
        case .match, .character:
          order.append(thread)
          for slot in 0..<slots { positions[thread * slots + slot] = noted[slot] }
          work -= slots / 4
        case .split(let first, let second): pending += [.visit(second), .visit(first)]
        case .assertion(let assertion, let next):
          let (before, after) = (Self.kind(position - 1, text), Self.kind(position, text))
          if assertion.holds(before, after) { pending.append(.visit(next)) }
        case .save(let slot, let next):
          pending += [.restore(slot: slot, noted[slot]), .visit(next)]
          noted[slot] = position
        }
      }
    }
  }

  /// Only characters of ASCII matter to assertions, so that a byte tells.
  private static func kind(_ index: Int, _ text: [UInt8]) -> RegexAlphabet.Kind {
    guard text.indices.contains(index) else { return .edge }
    let byte = UInt32(text[index])
    return byte == 0x0A ? .newline : CharacterSet.word.contains(byte) ? .word : .other
  }
}
