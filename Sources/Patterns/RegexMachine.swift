/// Runs a program over a text, all threads at once.
final class RegexMachine: Sendable {
  /// Threads before the assertions between the last and the next character are looked at.
  fileprivate struct State: Hashable {
    let threads: [Int]
    let before: RegexAlphabet.Kind
  }

  /// States met so far, and where each goes with each group of characters.
  struct Cache {
    fileprivate static let limit = 500
    fileprivate var numbers: [State: Int] = [:]
    fileprivate var states: [State] = []
    /// `states.count` rows of one entry per group and one for the end; -1 is not known yet.
    fileprivate var table: [Int32] = []
    /// The state at the start of a text; -1 is not known yet.
    fileprivate var start = -1
  }

  private static let dead: Int32 = -2
  private static let matched: Int32 = -3
  private static let unknown: Int32 = -1

  private let program: RegexProgram
  private let alphabet: RegexAlphabet
  /// Whether a match can only begin at the text's start.
  private let isAnchored: Bool

  init(_ program: RegexProgram) {
    self.program = program
    alphabet = RegexAlphabet(program.sets)
    isAnchored = Self.needsTextStart(program)
  }

  /// Whether every way from the start meets the assertion of the text's start first.
  private static func needsTextStart(_ program: RegexProgram) -> Bool {
    var seen: Set<Int> = []
    var pending = [program.start]
    while let thread = pending.popLast() {
      guard seen.insert(thread).inserted else { continue }
      switch program.instructions[thread] {
      case .match, .character: return false
      case .split(let first, let second): pending += [first, second]
      case .assertion(.textStart, _): continue
      case .save(_, let next): pending.append(next)
      case .assertion(_, let next): pending.append(next)
      }
    }
    return true
  }

  var size: Int { program.instructions.count }

  private var width: Int { alphabet.count + 1 }

  func matches(_ text: UnsafeBufferPointer<UInt8>, cache: inout Cache) -> Bool {
    if cache.start < 0 {
      cache.start = number(of: State(threads: [program.start], before: .edge), &cache)
    }
    var state = cache.start
    var position = 0
    while position < text.count {
      let group: Int
      let byte = text[position]
      if byte < 0x80 {
        group = alphabet.group(of: UInt32(byte))
        position += 1
      } else {
        group = alphabet.group(of: Self.decode(text, &position))
      }
      var next = cache.table[state * width + group]
      if next == Self.unknown { next = step(state, group, &cache) }
      if next == Self.matched { return true }
      if next == Self.dead { return false }
      state = Int(next)
    }
    var last = cache.table[state * width + alphabet.count]
    if last == Self.unknown { last = step(state, alphabet.count, &cache) }
    return last == Self.matched
  }

  /// The code point at a position of valid UTF-8.
  static func decode(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt32 {
    let first = UInt32(text[position])
    let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = first & (0x7F >> UInt32(count))
    for index in 1..<count where position + index < text.count {
      value = value << 6 | UInt32(text[position + index] & 0x3F)
    }
    position += count
    return value
  }

  private func number(of state: State, _ cache: inout Cache) -> Int {
    if let known = cache.numbers[state] { return known }
    if cache.states.count >= Cache.limit { cache = Cache() }
    let number = cache.states.count
    cache.numbers[state] = number
    cache.states.append(state)
    cache.table += repeatElement(Self.unknown, count: width)
    return number
  }

  /// Where a state goes with a group of characters, or with the end of the text.
  private func step(_ number: Int, _ group: Int, _ cache: inout Cache) -> Int32 {
    let state = cache.states[number]
    let isEnd = group == alphabet.count
    let after = isEnd ? .edge : alphabet.kinds[group]
    let member = isEnd ? nil : alphabet.member(of: group)
    var seen = [Bool](repeating: false, count: size)
    var pending = state.threads
    var advanced: [Int] = []
    var isAdvanced = [Bool](repeating: false, count: size)
    var result: Int32?
    while let thread = pending.popLast() {
      guard !seen[thread] else { continue }
      seen[thread] = true
      switch program.instructions[thread] {
      case .match: result = Self.matched
      case .save(_, let next): pending.append(next)
      case .split(let first, let second): pending += [first, second]
      case .assertion(let assertion, let next):
        if assertion.holds(state.before, after) { pending.append(next) }
      case .character(let set, let next):
        if let member, !isAdvanced[next], program.sets[set].contains(member) {
          isAdvanced[next] = true
          advanced.append(next)
        }
      }
      if result != nil { break }
    }
    if result == nil {
      // A match may also begin behind this character.
      if !isEnd, !isAnchored, !isAdvanced[program.start] { advanced.append(program.start) }
      if isEnd || advanced.isEmpty {
        result = Self.dead
      } else {
        advanced.sort()
        let next = State(threads: advanced, before: after)
        let before = cache.states.count
        let target = self.number(of: next, &cache)
        // The table was started anew: the row to fill is gone.
        if cache.states.count < before { return Int32(target) }
        result = Int32(target)
      }
    }
    let value = result ?? Self.dead
    cache.table[number * width + group] = value
    return value
  }
}
