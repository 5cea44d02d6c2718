/// The order of findings: by location, then rule, workload and path.
///
/// A run has tens of thousands, and comparing texts again and again would cost more than making
/// them: all but the path are numbers here.
struct FindingOrder {
  private struct Key {
    var file: Int32
    var line: Int32
    var column: Int32
    var endLine: Int32
    var endColumn: Int32
    var rule: Int32
    var workload: Int32
  }

  private var keys: [Key] = []
  private var paths: [String] = []
  private var files: [String: Int32] = [:]
  private var names: [String] = []
  /// Workloads of the same id are the same here.
  private var workload: Int32 = -1
  private var workloadID = ""

  /// Says whose findings come next; ids ascend.
  mutating func begin(workload id: String) {
    if workload < 0 || id != workloadID { workload += 1 }
    workloadID = id
  }

  /// Adds the next finding; rules are numbered in the order of their ids.
  mutating func add(_ location: FileLocation, rule: Int, path: String) {
    keys.append(
      Key(
        file: number(of: location.file),
        line: Int32(clamping: location.line),
        column: Int32(clamping: location.column),
        endLine: Int32(clamping: location.endLine),
        endColumn: Int32(clamping: location.endColumn),
        rule: Int32(truncatingIfNeeded: rule),
        workload: workload
      )
    )
    paths.append(path)
  }

  private mutating func number(of file: String) -> Int32 {
    if let known = files[file] { return known }
    let number = Int32(truncatingIfNeeded: names.count)
    names.append(file)
    files[file] = number
    return number
  }

  /// Puts the findings that were added, which are given as they came, into their order.
  func arrange(_ findings: inout [Finding]) {
    var ranks = [Int32](repeating: 0, count: names.count)
    for (rank, file) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
      ranks[file] = Int32(truncatingIfNeeded: rank)
    }
    var sources = keys.indices.sorted { first, second in
      let (left, right) = (keys[first], keys[second])
      if left.file != right.file { return ranks[Int(left.file)] < ranks[Int(right.file)] }
      if left.line != right.line { return left.line < right.line }
      if left.column != right.column { return left.column < right.column }
      if left.endLine != right.endLine { return left.endLine < right.endLine }
      if left.endColumn != right.endColumn { return left.endColumn < right.endColumn }
      if left.rule != right.rule { return left.rule < right.rule }
      if left.workload != right.workload { return left.workload < right.workload }
      return paths[first] < paths[second]
    }
    // Moved along the cycles of the permutation: to copy a finding is dear.
    for start in sources.indices {
      var place = start
      while sources[place] != start {
        let source = sources[place]
        findings.swapAt(place, source)
        sources[place] = place
        place = source
      }
      sources[place] = place
    }
  }
}
