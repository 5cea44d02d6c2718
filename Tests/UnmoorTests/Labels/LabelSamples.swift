import Foundation
import TestSupport

/// What is assessed at once, and the samples it holds.
struct LabelUnit: Sendable {
  struct Sample: Sendable {
    /// `path#name` below the source's folder.
    var key: String
    var isFailing: Bool
    /// Where the sample lies; `nil`: everywhere.
    var lines: (file: String, range: ClosedRange<Int>)?
    /// The workload or object it is about; empty: all.
    var object = ""
  }

  var files: [String: String] = [:]
  var samples: [Sample] = []
}

extension LabelSet {
  /// The samples of the set; empty if the corpus is absent.
  func units() -> [LabelUnit] {
    guard let root = Corpus.root else { return [] }
    let places = source.folders.map {
      root.appendingPathComponent($0).appendingPathComponent(path)
    }
    guard let place = places.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { return [] }
    if case .folders = reading { return folders(below: place) }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder)
    let files = isFolder.boolValue ? Corpus.files(below: place) : [place]
    return files.compactMap { file in
      guard file.lastPathComponent.prefix(9) != "expected.",
        let text = try? String(contentsOf: file, encoding: .utf8)
      else { return nil }
      let below = String(file.path.dropFirst(place.path.count))
      let key = path + below
      // One file alone: a name that says what it is, in a folder of its own.
      let name = file.lastPathComponent
      var unit = LabelUnit(files: [name: text])
      switch reading {
      case .files:
        guard let isFailing = Self.label(of: below) else { return nil }
        unit.samples = [.init(key: key, isFailing: isFailing)]
      case .file(let isFailing):
        unit.samples = [.init(key: key, isFailing: isFailing)]
      case .documents(let kinds, let failing):
        unit.samples = documents(text, kinds: kinds).map { name, range in
          .init(
            key: "\(key)#\(name)",
            isFailing: failing.contains(name),
            lines: (file.lastPathComponent, range)
          )
        }
      case .blocks(let passing, let failing):
        unit.samples = pieces(text, key, name, passing, failing) {
          guard
            let match = $0.wholeMatch(of: /(?:resource|data)\s+"?(\w+)"?\s+"?([\w-]+)"?\s*\{?.*/)
          else { return nil }
          return "\(match.1).\(match.2)"
        }
      case .resources(let passing, let failing):
        unit.samples = pieces(text, key, name, passing, failing) {
          $0.wholeMatch(of: #/  ([A-Za-z]\w*):\s*/#).map { String($0.1) }
        }
      case .folders: return nil
      }
      return unit.samples.isEmpty ? nil : unit
    }
  }

  /// What a path says of itself; the first word of its kind decides.
  private static func label(of path: String) -> Bool? {
    let path = path.lowercased()
    guard !path.hasSuffix("_expected_result.json") else { return nil }
    func first(_ words: [String]) -> String.Index? {
      words.compactMap { path.range(of: $0)?.lowerBound }.min()
    }
    let pass = first(["pass", "success", "negative"])
    guard let fail = first(["fail", "positive"]) else { return pass == nil ? nil : false }
    return pass.map { fail < $0 } ?? true
  }

  /// Documents of the kinds, by their names.
  private func documents(_ text: String, kinds: Set<String>) -> [(String, ClosedRange<Int>)] {
    var found: [(String, ClosedRange<Int>)] = []
    var (first, kind, name, metadata) = (1, "", "", false)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in (lines + ["---"]).enumerated() {
      if line.hasPrefix("---") {
        if kinds.contains(kind), first <= number { found.append((name, first...number)) }
        (first, kind, name, metadata) = (number + 2, "", "", false)
      } else if let match = line.wholeMatch(of: /kind:\s*"?(\w+)"?\s*/) {
        kind = String(match.1)
      } else if line.first.map({ !$0.isWhitespace && $0 != "#" }) == true {
        metadata = line.hasPrefix("metadata:")
      } else if metadata, name.isEmpty,
        let match = line.wholeMatch(of: /\s+name:\s*"?([^"\s]+)"?\s*/)
      {
        name = String(match.1)
      }
    }
    return found
  }

  /// Stretches that begin with a line naming something, labelled by that name.
  private func pieces(
    _ text: String,
    _ key: String,
    _ file: String,
    _ passing: [String],
    _ failing: [String],
    named: (Substring) -> String?
  ) -> [LabelUnit.Sample] {
    var starts: [(name: String, line: Int)] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let name = named(line) { starts.append((name, index + 1)) }
    }
    return starts.enumerated().compactMap { index, start in
      let end = index + 1 < starts.count ? starts[index + 1].line - 1 : lines.count
      let name = start.name.split(separator: ".").last.map(String.init) ?? start.name
      // A whole name says more than how it begins, and a longer beginning more than a shorter.
      func strength(_ labels: [String]) -> Int {
        labels.map { $0 == name ? 1000 : name.hasPrefix($0) ? $0.utf8.count : 0 }.max() ?? 0
      }
      let (pass, fail) = (strength(passing), strength(failing))
      guard pass != fail else { return nil }
      return .init(
        key: "\(key)#\(start.name)",
        isFailing: fail > pass,
        lines: (file, start.line...max(start.line, end))
      )
    }
  }

  /// The cases of regolibrary that have an input.
  private func folders(below place: URL) -> [LabelUnit] {
    Corpus.files(below: place.appendingPathComponent("test")) {
      $0.lastPathComponent == "expected.json"
    }
    .compactMap { expected in
      let folder = expected.deletingLastPathComponent()
      let inputs = Corpus.files(below: folder.appendingPathComponent("input"))
      guard !inputs.isEmpty, let data = try? Data(contentsOf: expected),
        let alerts = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]]
      else { return nil }
      var unit = LabelUnit()
      for input in inputs {
        unit.files[input.lastPathComponent] = try? String(contentsOf: input, encoding: .utf8)
      }
      let key = "\(path)/\(folder.lastPathComponent)"
      let failing = Set(alerts.flatMap(Self.objects))
      var names: [String] = []
      for (_, text) in unit.files.sorted(by: { $0.key < $1.key }) {
        names += documents(text, kinds: LabelSets.workloads).map(\.0)
      }
      if names.isEmpty || !failing.isSubset(of: names) {
        unit.samples = [.init(key: key, isFailing: !alerts.isEmpty)]
      } else {
        unit.samples = Set(names).sorted().map {
          .init(key: "\(key)#\($0)", isFailing: failing.contains($0), object: $0)
        }
      }
      return unit
    }
  }

  private static func objects(of alert: [String: Any]) -> [String] {
    let objects = (alert["alertObject"] as? [String: Any])?["k8sApiObjects"] as? [[String: Any]]
    return (objects ?? []).compactMap { ($0["metadata"] as? [String: Any])?["name"] as? String }
  }
}
