package import DocumentTrees

/// What all evaluations of one configuration share: how much may be spent, and its files.
package final class HCLSession {
  /// Expressions evaluated.
  private var steps: Int
  /// Bytes of texts and elements of collections made.
  private var size: Int
  /// What searches for patterns may still cost: thousands of ordinary ones.
  var searchSteps = 10_000_000
  private(set) var depth = 0
  static let maximumDepth = 250

  package let files: any FileTree
  package let limits: DocumentLimits
  /// The folder of the root module: relative paths start there.
  package let root: String
  /// Files that functions read.
  package var filesRead: Set<String> = []

  package init(
    files: any FileTree = MemoryFiles([:]),
    root: String = "",
    limits: DocumentLimits = DocumentLimits(),
    steps: Int = 2_000_000,
    size: Int = 64 << 20
  ) {
    self.files = files
    self.root = root
    self.limits = limits
    self.steps = steps
    self.size = size
  }

  func step() throws(HCLFailure) {
    steps -= 1
    if steps < 0 { throw HCLFailure(.limit, "the evaluation takes too many steps") }
  }

  /// Pays for something made.
  func pay(_ amount: Int) throws(HCLFailure) {
    size -= amount
    if size < 0 || amount < 0 { throw HCLFailure(.limit, "the values become too large") }
  }

  /// Pays for elements of a collection: each takes far more room than a byte of a text.
  func pay(elements count: Int) throws(HCLFailure) {
    guard count < 1 << 40 else { throw HCLFailure(.limit, "the values become too large") }
    try pay(count * 32)
  }

  func deeper<Result>(_ body: () throws(HCLFailure) -> Result) throws(HCLFailure) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw HCLFailure(.limit, "the expressions depend on each other too deeply")
    }
    return try body()
  }
}

/// What names stand for besides the variables of loops.
package protocol HCLNames: AnyObject {
  /// The value of a name with as many of the steps behind it as this knows; nil for no such name.
  func value(
    of name: String,
    _ steps: [HCLStep],
    in evaluator: HCLEvaluator,
    at range: PlaceRange
  ) throws(HCLFailure) -> (value: Datum, used: Int)?
}

/// Names with fixed values, for files that have no others.
package final class HCLFixedNames: HCLNames {
  private let values: [String: Datum]

  package init(_ values: [String: Datum] = [:]) { self.values = values }

  package func value(
    of name: String,
    _ steps: [HCLStep],
    in evaluator: HCLEvaluator,
    at range: PlaceRange
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    values[name].map { ($0, 0) }
  }
}
