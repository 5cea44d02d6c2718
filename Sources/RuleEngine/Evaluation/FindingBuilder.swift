import DocumentTrees
import Workloads

/// Turns failures into findings: masked, located, and with a fingerprint.
struct FindingBuilder {
  let rules: [Rule]
  let targets: [Target]
  var excerpts: Excerpts
  /// Findings in the order in which they were made.
  private(set) var findings: [Finding] = []
  /// Where each of them belongs.
  private var order = FindingOrder()
  /// Positions of the rules that have findings.
  private(set) var firing: Set<Int> = []
  private var memo: MaskMemo
  private let sources: [String: SourceText]
  /// How often a fingerprint was given, to tell equal findings apart.
  private var given: [String: Int] = [:]

  init(rules: [Rule], targets: [Target], masker: Masker, sources: [String: SourceText]) {
    self.rules = rules
    self.targets = targets
    self.sources = sources
    memo = MaskMemo(masker)
    excerpts = Excerpts(sources: sources, masker: masker)
  }

  /// Adds what failed in a workload; workloads come in the order of their ids.
  mutating func add(_ cells: [Cell], of workload: Workload) {
    order.begin(workload: workload.id)
    for (rule, failures) in byRule(cells) {
      if !failures.isEmpty { firing.insert(rule) }
      for failure in failures {
        let finding = finding(failure, rules[rule], workload)
        order.add(finding.location, rule: rule, path: finding.path)
        findings.append(finding)
      }
    }
  }

  /// All findings by location, then rule, workload and path.
  mutating func finish() -> [Finding] {
    order.arrange(&findings)
    return findings
  }

  /// Joins what a rule says of the same subject for several targets into one finding.
  private func byRule(_ cells: [Cell]) -> [(rule: Int, failures: [Failure])] {
    struct Subject: Hashable {
      var path: String
      var message: String
    }
    var result: [(rule: Int, failures: [Failure])] = []
    /// The first of the last rule's failures with a path and message.
    var positions: [Subject: Int] = [:]
    for cell in cells where cell.state == .fail {
      let failures = cell.failures.filter { $0.absorbedBy == nil }
      guard let last = result.indices.last, result[last].rule == cell.rule else {
        result.append((cell.rule, failures))
        positions = [:]
        continue
      }
      if positions.isEmpty {
        for (position, failure) in result[last].failures.enumerated() {
          let subject = Subject(path: failure.path, message: failure.message)
          if positions[subject] == nil { positions[subject] = position }
        }
      }
      for failure in failures {
        let subject = Subject(path: failure.path, message: failure.message)
        if let same = positions[subject] {
          result[last].failures[same].effects.merge(failure.effects) { first, _ in first }
          result[last].failures[same].severity = max(
            result[last].failures[same].severity,
            failure.severity
          )
        } else {
          positions[subject] = result[last].failures.count
          result[last].failures.append(failure)
        }
      }
    }
    return result
  }

  private mutating func finding(
    _ failure: Failure,
    _ rule: Rule,
    _ workload: Workload
  ) -> Finding {
    let location = failure.origin.location ?? workload.location
    let evidence = Excerpts.cut(memo.mask(failure.evidence))
    let path = sources[location.file]?.path(of: location.range.start) ?? failure.path
    var finding = Finding(
      rule: rule.id,
      title: rule.title,
      topic: rule.topic,
      step: rule.step,
      severity: failure.severity,
      confidence: rule.confidence,
      workload: workload.id,
      location: FileLocation(location),
      path: path,
      evidence: evidence,
      provenance: failure.origin.via.map(FileLocation.init),
      message: memo.mask(failure.message),
      remediation: rule.remediation,
      targets: targets.compactMap { target in
        guard let effect = failure.effects[target.id], effect != .none else { return nil }
        return (target.id, effect)
      },
      references: rule.references,
      excerpt: excerpts.lines(around: location),
      fingerprint: fingerprint(rule.id, workload.id, path, evidence)
    )
    finding.excerptLocation = excerpts.location(finding.location)
    return finding
  }

  private mutating func fingerprint(_ parts: String...) -> String {
    let text = parts.joined(separator: "\u{0}")
    let digest = String(SHA256.hex(of: Array(text.utf8)).prefix(32))
    let number = given[digest, default: 0]
    given[digest] = number + 1
    return number == 0 ? digest : "\(digest)-\(number)"
  }
}

extension FileLocation {
  init(_ location: SourceLocation) {
    self.init(
      file: location.file,
      line: Int(location.range.start.line),
      column: Int(location.range.start.column),
      endLine: Int(location.range.end.line),
      endColumn: Int(location.range.end.column)
    )
  }
}
