/// Every cell of rule × workload (× target), kept compactly: there are hundreds of thousands.
///
/// Most cells pass or do not apply, and say so in the same few words. Texts are kept once, and a
/// `Check` is only put together when somebody looks at it.
public struct Checks: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
  /// A check whose texts are positions in the tables.
  package struct Entry: Sendable {
    package var rule: Int32
    package var workload: Int32
    /// -1: none.
    package var target: Int32
    /// -1: none.
    package var reason: Int32
    /// -1: none.
    package var locations: Int32
    package var state: CheckState
  }

  package internal(set) var entries: [Entry] = []
  package internal(set) var rules: [String] = []
  package internal(set) var workloads: [String] = []
  package internal(set) var targets: [String] = []
  package internal(set) var reasons: [String] = []
  package internal(set) var locations: [[FileLocation]] = []

  /// The checks of any sequence, in its order.
  public init(_ checks: some Sequence<Check>) {
    var (rules, workloads, targets, reasons) = (Texts(), Texts(), Texts(), Texts())
    for check in checks {
      var entry = Entry(
        rule: rules.index(of: check.rule),
        workload: workloads.index(of: check.workload),
        target: check.target.map { targets.index(of: $0) } ?? -1,
        reason: check.reason.map { reasons.index(of: $0) } ?? -1,
        locations: -1,
        state: check.state
      )
      if !check.locations.isEmpty { entry.locations = add(check.locations) }
      entries.append(entry)
    }
    self.rules = rules.all
    self.workloads = workloads.all
    self.targets = targets.all
    self.reasons = reasons.all
  }

  public init(arrayLiteral checks: Check...) { self.init(checks) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { entries.count }

  public subscript(position: Int) -> Check {
    let entry = entries[position]
    return Check(
      rule: rules[Int(entry.rule)],
      workload: workloads[Int(entry.workload)],
      target: entry.target < 0 ? nil : targets[Int(entry.target)],
      state: entry.state,
      reason: entry.reason < 0 ? nil : reasons[Int(entry.reason)],
      locations: entry.locations < 0 ? [] : locations[Int(entry.locations)]
    )
  }

  /// Keeps the places of a check, and says where.
  mutating func add(_ places: [FileLocation]) -> Int32 {
    locations.append(places)
    return Int32(truncatingIfNeeded: locations.count - 1)
  }

  /// Texts in the order in which they were first seen.
  struct Texts {
    private(set) var all: [String] = []
    private var positions: [String: Int32] = [:]

    mutating func index(of text: String) -> Int32 {
      if let known = positions[text] { return known }
      let position = Int32(truncatingIfNeeded: all.count)
      all.append(text)
      positions[text] = position
      return position
    }
  }
}
