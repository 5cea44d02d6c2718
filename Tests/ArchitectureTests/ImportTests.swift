import Foundation
import TestSupport
import Testing

/// The module map: what each module may import, and nothing else.
@Suite struct ImportTests {
  struct Module: CustomTestStringConvertible {
    var name: String
    var folder: String
    var mayImport: Set<String>
    var testDescription: String { name }
  }

  /// The product, lowest first: a module imports only what stands above it.
  static let modules = [
    Module(
      name: "DocumentTrees",
      folder: "Sources/DocumentTrees",
      mayImport: ["CHash", "CLibYAML"]
    ),
    Module(name: "Patterns", folder: "Sources/Patterns", mayImport: []),
    Module(name: "Workloads", folder: "Sources/Workloads", mayImport: ["DocumentTrees"]),
    Module(
      name: "Templates",
      folder: "Sources/Templates",
      mayImport: ["DocumentTrees", "Patterns", "Workloads"]
    ),
    Module(
      name: "Scanners",
      folder: "Sources/Scanners",
      mayImport: ["DocumentTrees", "Templates", "Workloads"]
    ),
    Module(name: "Expressions", folder: "Sources/Expressions", mayImport: ["Patterns"]),
    Module(
      name: "RuleEngine",
      folder: "Sources/RuleEngine",
      mayImport: ["DocumentTrees", "Expressions", "Workloads"]
    ),
    Module(name: "RuleLibrary", folder: "Rules", mayImport: []),
    Module(name: "Reports", folder: "Sources/Reports", mayImport: ["RuleEngine"]),
    Module(
      name: "Unmoor",
      folder: "Sources/Unmoor",
      mayImport: ["DocumentTrees", "RuleEngine", "RuleLibrary", "Scanners", "Workloads"]
    ),
    Module(
      name: "UnmoorTool",
      folder: "Sources/UnmoorTool",
      mayImport: ["ArgumentParser", "DocumentTrees", "Reports", "RuleEngine", "Scanners", "Unmoor"]
    ),
  ]

  /// What comes with the system and the compiler; Foundation is not among it.
  static let platform: Set = [
    "Darwin", "Glibc", "Musl", "Synchronization", "FoundationEssentials",
  ]

  /// Helpers of the build, which do not ship.
  static let buildTime: [String: Set<String>] = [
    "Sources/EmbedRules": ["Foundation", "PackagePlugin"],
    "Sources/RuleEmbedder": ["DocumentTrees", "Foundation"],
  ]

  @Test(arguments: modules)
  func importsOnlyWhatTheMapAllows(_ module: Module) throws {
    let files = try ProductSources.files(below: [module.folder])
    #expect(!files.isEmpty)
    for file in files {
      let others = ProductSources.imports(of: file).subtracting(Self.platform)
      let surplus = others.subtracting(module.mayImport).sorted()
      #expect(surplus.isEmpty, "\(file.path) imports \(surplus)")
    }
  }

  @Test func mapRunsInOneDirection() {
    var above: Set = ["ArgumentParser", "CHash", "CLibYAML"]
    for module in Self.modules {
      #expect(module.mayImport.isSubset(of: above), "\(module.name) imports something below it")
      above.insert(module.name)
    }
  }

  @Test func everySourceFolderStandsInTheMap() throws {
    let sources = Corpus.packageRoot.appendingPathComponent("Sources")
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
      .filter { !$0.hasPrefix(".") }.map { "Sources/\($0)" }
    let mapped =
      Self.modules.map(\.folder).filter { $0 != "Rules" } + Self.buildTime.keys
      + ["Sources/CHash", "Sources/CLibYAML"]
    #expect(folders.sorted() == mapped.sorted())
  }

  @Test(arguments: buildTime.keys.sorted())
  func buildTimeHelpersKnowNoModuleOfOurs(folder: String) throws {
    for file in try ProductSources.files(below: [folder]) {
      let surplus = ProductSources.imports(of: file).subtracting(Self.buildTime[folder] ?? [])
      #expect(surplus.isEmpty, "\(file.path) imports \(surplus)")
    }
  }

  /// SwiftPM compiles an import of an indirect dependency, so the manifest is held to the map too.
  @Test(arguments: modules)
  func manifestDeclaresExactlyTheMap(_ module: Module) throws {
    let manifest = try String(
      contentsOf: Corpus.packageRoot.appendingPathComponent("Package.swift"),
      encoding: .utf8
    )
    let declaration = try #require(
      Self.declaration(of: module.name, in: manifest),
      "no target \(module.name)"
    )
    #expect(Self.dependencies(in: declaration) == module.mayImport)
  }

  @Test func libyamlIsImportedOnceAndNeverPublicly() throws {
    let importers = try ProductSources.files(below: ["Sources"]).flatMap { file in
      file.codeLines.filter { $0.text.contains("import CLibYAML") }
        .map { "\(file.path): \($0.text)" }
    }
    #expect((1...2).contains(importers.count), "\(importers)")
    #expect(!importers.contains { $0.contains("public") || $0.contains("package") })
  }

  /// The text from the target's name to the next target's.
  private static func declaration(of name: String, in manifest: String) -> Substring? {
    let marks = [".target(", ".executableTarget("]
    var rest = manifest[...]
    while let start = marks.compactMap({ rest.range(of: $0) }).min(by: {
      $0.lowerBound < $1.lowerBound
    }) {
      rest = rest[start.upperBound...]
      let end =
        [".target(", ".executableTarget(", ".systemLibrary(", ".plugin(", ".testTarget("]
        .compactMap { rest.range(of: $0)?.lowerBound }.min() ?? rest.endIndex
      if let named = rest.range(of: "name: \"\(name)\""), named.lowerBound < end,
        rest[..<named.lowerBound].allSatisfy(\.isWhitespace)
      {
        return rest[..<end]
      }
    }
    return nil
  }

  private static func dependencies(in declaration: Substring) -> Set<String> {
    guard let start = declaration.range(of: "dependencies: [") else { return [] }
    let list = declaration[start.upperBound...].prefix { $0 != "]" }
    // Quoted texts; of `.product(name: "A", package: "b")` only the name.
    var names: Set<String> = []
    for (index, part) in list.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    where index % 2 == 1 {
      names.insert(String(part))
    }
    return names.filter { !$0.contains("-") }
  }
}
