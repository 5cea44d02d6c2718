import DocumentTrees
import Foundation
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// Whether our rules agree with what others say of their own samples.
@Suite struct LabelTests {
  enum Outcome: Sendable, Equatable {
    case agreed
    case differed(String)
    /// Not known, or a workload that does not move and is therefore not judged by the rule.
    case notJudged(String)
  }

  @Test(arguments: LabelSet.Source.allCases)
  func agreesOrArgues(_ source: LabelSet.Source) async throws {
    guard let root = Corpus.root, Corpus.folder(source.folders[0]) != nil else { return }
    let unmoor = try Shop.unmoor()
    let known = Set(unmoor.book.rules.map(\.id))
    let sets = LabelSets.all.filter { $0.source == source }
    var argued = LabelDifferences.all[source] ?? [:]
    var (agreed, differed, notJudged) = (0, 0, [String]())

    for set in sets {
      for rule in set.rules.subtracting(known) { Issue.record("\(set): there is no rule \(rule)") }
      let outcomes = try await Self.outcomes(of: set, unmoor)
      #expect(!outcomes.isEmpty, "\(set) has no sample")
      for (key, outcome) in outcomes {
        switch outcome {
        case .agreed: agreed += 1
        case .notJudged(let why): notJudged.append("\(key): \(why)")
        case .differed(let how):
          differed += 1
          if argued.removeValue(forKey: key) == nil {
            Issue.record("\(source.rawValue) \(key): \(how)")
          }
        }
      }
    }
    for key in argued.keys.sorted() { Issue.record("\(source.rawValue) \(key) does not differ") }

    var unmapped: [String] = []
    for folder in source.folders {
      let names = try? FileManager.default.contentsOfDirectory(
        atPath: root.appendingPathComponent(folder).path
      )
      unmapped += (names ?? []).filter { name in
        !sets.contains {
          $0.path == name || $0.path.hasSuffix("/" + name) || $0.path.hasPrefix(name + "/")
        }
      }
    }
    print(
      """
      Labels of \(source.rawValue): \(sets.count) checks mapped, \(agreed) samples agreed, \
      \(differed) differed and argued, \(notJudged.count) not judged, \
      \(unmapped.count) checks not mapped
      """
    )
    for line in notJudged.sorted() { print("  not judged: \(line)") }
  }

  private static func outcomes(
    of set: LabelSet,
    _ unmoor: Unmoor
  ) async throws -> [(key: String, outcome: Outcome)] {
    try await withThrowingTaskGroup(of: [(key: String, outcome: Outcome)].self) { group in
      for unit in set.units() {
        group.addTask {
          let assessment = try await unmoor.assess(files: MemoryFiles(unit.files))
          return unit.samples.map { ($0.key, outcome(of: $0, set, assessment)) }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  private static func outcome(
    of sample: LabelUnit.Sample,
    _ set: LabelSet,
    _ assessment: Assessment
  ) -> Outcome {
    func holds(_ place: FileLocation) -> Bool {
      guard let lines = sample.lines else { return true }
      return place.file == lines.file && lines.range.contains(place.line)
    }
    let workloads = Dictionary(assessment.workloads.map { ($0.id, $0) }) { first, _ in first }
    let checks = assessment.checks.filter {
      set.rules.contains($0.rule)
        && (sample.object.isEmpty || workloads[$0.workload]?.name == sample.object)
    }
    let failures = checks.filter { $0.state == .fail && $0.locations.contains(where: holds) }
    if let failure = failures.first {
      return sample.isFailing ? .agreed : .differed("\(failure.rule) finds something")
    }
    if let broken = checks.first(where: { $0.state == .error }) {
      return .differed("\(broken.rule) breaks: \(broken.reason ?? "")")
    }
    if let open = checks.first(where: {
      $0.state == .notAssessed && ($0.locations.isEmpty || $0.locations.contains(where: holds))
    }) {
      return .notJudged("\(open.rule) is not assessed: \(open.reason ?? "")")
    }
    let own = assessment.workloads.filter {
      holds($0.location) && (sample.object.isEmpty || $0.name == sample.object)
    }
    if own.isEmpty, set.judgesWorkloads { return .notJudged("no workload: it has no containers") }
    let staying = own.filter { ![.move, .infrastructure].contains($0.disposition) }
    if !staying.isEmpty, staying.count == own.count {
      return .notJudged("\(staying[0].disposition.rawValue), \(staying[0].dispositionReason)")
    }
    return sample.isFailing ? .differed("nothing is found") : .agreed
  }
}
