import DocumentTrees
import Foundation
import TestSupport
import Testing

/// What every rule file has in common; that its fields make sense is the loader's business.
@Suite struct RuleConventionTests {
  struct RuleFile: CustomTestStringConvertible {
    /// Below `Rules/`.
    var path: String
    var testDescription: String { path }

    func text() throws -> String {
      try String(
        contentsOf: Corpus.packageRoot.appendingPathComponent("Rules/\(path)"),
        encoding: .utf8
      )
    }

    func root() throws -> Node {
      try #require(try YAMLReader.document(in: Array(text().utf8))?.root)
    }
  }

  static let rules: [RuleFile] = {
    let folder = Corpus.packageRoot.appendingPathComponent("Rules")
    return Corpus.files(below: folder) { $0.pathExtension == "yaml" }
      .map { String($0.path.dropFirst(folder.path.count + 1)) }
      .filter {
        $0.contains("/") && !$0.hasPrefix("targets/") && !$0.hasPrefix("catalogue/")
      }
      .map(RuleFile.init)
  }()

  static let order = [
    "id", "title", "step", "topic", "severity", "confidence", "appliesTo", "targets",
    "dispositions", "formats", "when", "assert", "at", "message", "remediation", "references",
    "constraints",
    "absorbs", "needs", "variants", "twelveFactor", "sameAs", "examples",
  ]

  static let tools: Set = ["checkov", "hadolint", "kics", "kube-linter", "trivy"]

  @Test func rulesAreFound() { #expect(Self.rules.count >= 40) }

  @Test(arguments: rules)
  func idIsThePath(_ file: RuleFile) throws {
    let id = try file.root()["id"]?.text ?? ""
    #expect("\(id).yaml" == file.path)
    let kebab = id.allSatisfy { $0 == "/" || $0 == "-" || $0.isNumber || $0.isLowercase }
    #expect(kebab && id.split(separator: "/").count == 2)
  }

  @Test(arguments: rules)
  func sentencesEndAsTheyShould(_ file: RuleFile) throws {
    let root = try file.root()
    let title = root["title"]?.text ?? ""
    #expect(!title.isEmpty && !title.hasSuffix("."), "title: \(title)")
    #expect(title.first?.isUppercase == true || title.first?.isLetter == false)
    var sentences = [root["message"]?.text ?? "", root["remediation"]?["text"]?.text ?? ""]
    for variant in root["variants"].map({ Array($0.elements) }) ?? [] {
      if let message = variant["message"] { sentences.append(message.text) }
    }
    for sentence in sentences {
      #expect(sentence.hasSuffix("."), "no period: \(sentence)")
      #expect(!sentence.contains("\n"), "more than one line: \(sentence)")
    }
  }

  @Test(arguments: rules)
  func examplesAreBothBadAndGood(_ file: RuleFile) throws {
    let examples = try file.root()["examples"]
    #expect((examples?["bad"]?.count ?? 0) >= 1)
    #expect((examples?["good"]?.count ?? 0) >= 1)
  }

  @Test(arguments: rules)
  func fileIsShort(_ file: RuleFile) throws {
    let lines = try file.text().split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(lines <= 120)
  }

  @Test(arguments: rules)
  func referencesAreSecureAddresses(_ file: RuleFile) throws {
    let references = try file.root()["references"].map { $0.elements.map(\.text) } ?? []
    #expect(!references.isEmpty)
    for reference in references { #expect(reference.hasPrefix("https://"), "\(reference)") }
    #expect(Set(references).count == references.count, "one is listed twice")
  }

  @Test(arguments: rules)
  func keysStandInTheAgreedOrder(_ file: RuleFile) throws {
    let keys = try file.root().entries.map(\.key.text)
    #expect(keys == Self.order.filter { keys.contains($0) })
  }

  /// What lies before the examples is compiled in; they are read only when tested.
  @Test(arguments: rules)
  func examplesComeLast(_ file: RuleFile) throws {
    #expect(try file.root().entries.last?.key.text == "examples")
  }

  @Test(arguments: rules)
  func effortIsOnTheScale(_ file: RuleFile) throws {
    let effort = try #require(file.root()["remediation"]?["effort"]?.integer)
    #expect([1, 2, 3, 5, 8].contains(effort), "effort: \(effort)")
  }

  @Test(arguments: rules)
  func equivalentsNameKnownTools(_ file: RuleFile) throws {
    for (tool, ids) in try file.root()["sameAs"].map({ Array($0.entries) }) ?? [] {
      #expect(Self.tools.contains(tool.text), "\(tool.text)")
      #expect(ids.count > 0)
      #expect(tool.text == tool.text.lowercased())
    }
  }

  /// A target that is left out has no effect; one that is misspelt would have none either.
  @Test(arguments: rules)
  func everyTargetIsNamed(_ file: RuleFile) throws {
    let targets = try file.root()["targets"].map { $0.entries.map(\.key.text) } ?? []
    #expect(targets == ["ecs-fargate", "eks-fargate", "aca"])
  }
}
