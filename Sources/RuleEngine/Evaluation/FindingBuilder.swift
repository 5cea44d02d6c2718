import DocumentTrees
import Workloads

/// Turns failures into findings: masked, located, and with a fingerprint.
struct FindingBuilder {
  let rules: [Rule]
  let targets: [Target]
  var excerpts: Excerpts
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

  mutating func findings(_ cells: [Cell], of workload: Workload) -> [Finding] {
    var findings: [Finding] = []
    for (rule, failures) in byRule(cells) {
      for failure in failures {
        findings.append(finding(failure, rules[rule], workload))
      }
    }
    return findings
  }

  /// Joins what a rule says of the same subject for several targets into one finding.
  private func byRule(_ cells: [Cell]) -> [(rule: Int, failures: [Failure])] {
    var result: [(rule: Int, failures: [Failure])] = []
    for cell in cells where cell.state == .fail {
      let failures = cell.failures.filter { $0.absorbedBy == nil }
      guard let last = result.indices.last, result[last].rule == cell.rule else {
        result.append((cell.rule, failures))
        continue
      }
      for failure in failures {
        let same = result[last].failures.firstIndex {
          $0.path == failure.path && $0.message == failure.message
        }
        if let same {
          result[last].failures[same].effects.merge(failure.effects) { first, _ in first }
          result[last].failures[same].severity = max(
            result[last].failures[same].severity,
            failure.severity
          )
        } else {
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
