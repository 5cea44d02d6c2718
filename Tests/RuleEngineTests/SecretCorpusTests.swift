import Foundation
import RuleEngine
import TestSupport
import Testing

/// Counts what is found in real files; `UNMOOR_SECRET_SAMPLES` names a file for a list to read.
struct SecretCorpusTests {
  @Test(arguments: ["compose", "kubernetes"])
  func realFilesAreJudged(folder name: String) throws {
    guard let folder = Corpus.folder(name) else { return }
    let wanted: Set<String> = ["env", "yaml", "yml"]
    var counts: [SecretKind: Int] = [:]
    var samples: [String] = []
    let masker = Masker(Secrets.detector)
    for file in Corpus.files(below: folder, where: { wanted.contains($0.pathExtension) }) {
      guard let text = try? String(contentsOf: file, encoding: .utf8), text.utf8.count < 60_000
      else {
        continue
      }
      let lines = text.split(separator: "\n").prefix(1500).map(String.init)
      for line in lines {
        guard let (key, value) = Self.pair(line) else { continue }
        let verdict = Secrets.detector.classify(name: key, value: value)
        counts[verdict.kind, default: 0] += 1
        let isNamed = Secrets.detector.isSecretName(key)

        if verdict.kind.isSecret || Self.soundsSecret(key) {
          samples.append(
            "\(verdict.kind.rawValue)\t\(verdict.label)\t\(isNamed)\t\(key)=\(value.prefix(90))"
          )
        }
        if verdict.kind == .plaintext || verdict.kind == .providerToken {
          #expect(!masker.maskLine(line).contains(value) || value.count < 4)
        }
      }
    }
    let summary = SecretKind.allCases.map { "\($0.rawValue) \(counts[$0, default: 0])" }
    print("secrets in \(name): \(summary.joined(separator: ", "))")
    #expect(counts[.none, default: 0] > 0)
    if let path = ProcessInfo.processInfo.environment["UNMOOR_SECRET_SAMPLES"] {
      try samples.joined(separator: "\n").write(
        toFile: "\(path).\(name)",
        atomically: true,
        encoding: .utf8
      )
    }
  }

  private static func soundsSecret(_ key: String) -> Bool {
    let key = key.lowercased()
    return ["pass", "secret", "token", "key", "cred", "auth"].contains { key.contains($0) }
  }

  private static func pair(_ line: String) -> (String, String)? {
    var text = line.drop { $0 == " " || $0 == "-" || $0 == "\"" || $0 == "'" }
    guard !text.hasPrefix("#"), let mark = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else {
      return nil
    }
    let key = String(text[..<mark])
    text = text[text.index(after: mark)...]
    // A comment is not part of the value, and this is no YAML reader.
    if key.contains(" ") || text.contains(" #") { return nil }
    return (key, text.trimmingCharacters(in: .whitespaces))
  }
}
