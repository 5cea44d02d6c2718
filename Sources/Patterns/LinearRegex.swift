import Synchronization

/// A regular expression of RE2's syntax that answers whether it matches a part of a text.
///
/// The time is proportional to the length of the text times the size of the pattern at worst; usually one
/// table look-up per character, as states of the machine are kept once they were met.
package final class LinearRegex: Sendable {
  private let shape: RegexShape
  /// What the machine runs; nil if the shape alone answers.
  private let program: RegexProgram?
  /// Made at the first match: of many patterns that are loaded, few are used in a run.
  private let machine = Mutex<Running?>(nil)

  private struct Running {
    let machine: RegexMachine
    /// What nobody uses at the moment: as many as ever ran at once.
    var caches: [RegexMachine.Cache] = []
  }

  package init(_ pattern: String) throws(RegexError) {
    let syntax = try RegexParser.parse(pattern).syntax
    shape = RegexShape(syntax)
    program = if case .general = shape { try RegexProgram(syntax) } else { nil }
  }

  /// The price of a match with a text of so many bytes, at its worst.
  ///
  /// It must not depend on what the cache holds, or the same run could end differently.
  package func cost(ofBytes length: Int) -> Int {
    1 + length / 16 * (1 + (program?.instructions.count ?? 0) / 32)
  }

  /// Whether a part of the text matches.
  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      if let program {
        var (machine, cache) = self.machine.withLock { known in
          var running = known ?? Running(machine: RegexMachine(program))
          let cache = running.caches.popLast() ?? RegexMachine.Cache()
          known = running
          return (running.machine, cache)
        }
        let matches = machine.matches(bytes, cache: &cache)
        self.machine.withLock { $0?.caches.append(cache) }
        return matches
      }
      return shape.matches(bytes)
    }
  }
}

/// What a pattern is made of, as far as that allows a shorter way.
enum RegexShape: Sendable {
  case contains([UInt8])
  case prefix([UInt8])
  case suffix([UInt8])
  case equal([UInt8])
  case general

  init(_ syntax: RegexSyntax) {
    var items: [RegexSyntax]
    switch syntax.ungrouped {
    case .empty: items = []
    case .sequence(let parts): items = parts
    case let other: items = [other]
    }
    var isStart = false
    var isEnd = false
    if case .assertion(.textStart)? = items.first {
      isStart = true
      items.removeFirst()
    }
    if case .assertion(.textEnd)? = items.last {
      isEnd = true
      items.removeLast()
    }
    var bytes: [UInt8] = []
    for item in items {
      guard case .set(let set) = item.ungrouped, let value = set.single,
        let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar)
      else {
        self = .general
        return
      }
      bytes += encoded
    }
    self =
      isStart ? isEnd ? .equal(bytes) : .prefix(bytes) : isEnd ? .suffix(bytes) : .contains(bytes)
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .contains(let part):
      part.withUnsafeBufferPointer { firstOccurrence(of: $0, in: text) != nil }
    case .prefix(let part): text.count >= part.count && text.starts(with: part)
    case .suffix(let part):
      text.count >= part.count && text.suffix(part.count).elementsEqual(part)
    case .equal(let part): text.count == part.count && text.elementsEqual(part)
    case .general: false
    }
  }
}
