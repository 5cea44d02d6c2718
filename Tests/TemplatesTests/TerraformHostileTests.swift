import DocumentTrees
import Foundation
import Templates
import TestSupport
import Testing
import Workloads

/// Configurations that are wrong, or made to cost much, end in notices.
@Suite struct TerraformHostileTests {
  private func deployment(_ files: [String: String]) -> Deployment {
    TerraformReader(files: MemoryFiles(files), limits: DocumentLimits()).deployment("")
  }

  private static let nested = String(repeating: "[", count: 50_000)
  private static let parentheses =
    String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000)

  @Test(arguments: [
    "resource \"x\" \"y\" { count = 1000000000 }",
    "resource \"x\" \"y\" {\n a = [for i in range(1000) : [for j in range(1000) : [for k in range(1000) : k]]]\n}",
    "locals {\n a = \"${local.b}${local.b}\"\n b = \"${local.c}${local.c}\"\n c = \"x\"\n}\nresource \"x\" \"y\" { a = local.a }",
    "module \"m\" { source = \"./\" }",
    "resource \"x\" \"y\" { a = \(nested) }",
    "resource \"x\" \"y\" { a = \(parentheses) }",
    "resource \"x\" \"y\" { a = \(String(repeating: "1+", count: 50_000))1 }",
    "resource \"x\" \"y\" { a = \(String(repeating: "!", count: 50_000))true }",
    "resource \"x\" \"y\" { a = \"\(String(repeating: "${\"", count: 30_000))",
    "resource \"x\" \"y\" { a = 1e999999999 }",
    "resource \"x\" \"y\" { a = 1e4000 * 1e4000 * 1e4000 * 1e4000 }",
    "resource \"x\" \"y\" { a = format(\"%999999999s\", \"a\") }",
    "resource \"x\" \"y\" { a = setproduct(range(1000), range(1000), range(1000)) }",
    "resource \"x\" \"y\" { a = indent(9999, replace(join(\",\", range(1000)), \",\", \"\\n\")) }",
    "resource \"x\" \"y\" { dynamic \"z\" {\n for_each = range(1000)\n content { a = 1 }\n}\n}",
    "resource \"x\" \"y\" { a = regexall(\"(a.*x|a)\", join(\"\", [for i in range(1000) : join(\"\", [for j in range(100) : \"a\"])])) }",
    "resource \"x\" \"y\" { a = replace(\"a\", \"/(((a{100}){100}){100})/\", \"\") }",
    "resource \"x\" \"y\" { a = regex(\"\(String(repeating: "(", count: 50_000))\", \"a\") }",
    String(repeating: "a {", count: 50_000),
    String(repeating: "%{ if true }", count: 10_000),
    "resource \"x\" \"y\" { a = <<EOT\n" + String(repeating: "%{ if true }", count: 20_000)
      + "\nEOT\n}",
    "a = <<EOT", "/*", "\"", "a = \"\\u", "a = $", "{", "}", "\u{0}", "=", "a b c d e f",
    "variable \"v\" { type = \(String(repeating: "list(", count: 5000)) }",
  ])
  func endsInBoundedTime(_ text: String) {
    let start = ContinuousClock.now
    let result = deployment(["main.tf": text])
    #expect(result.resources.count <= 300)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test func hugeCountIsSaid() {
    let result = deployment(["main.tf": "resource \"x\" \"y\" { count = 1000000000 }"])
    #expect(result.resources.count == 256)
    #expect(result.notices.map(\.kind) == [.limit])
  }

  @Test func explodingTextsEndInALimit() {
    let lines = (0..<40).map { "l\($0) = \"${local.l\($0 + 1)}${local.l\($0 + 1)}\"" }
    let result = deployment([
      "main.tf": """
      locals {
      \(lines.joined(separator: "\n"))
      l40 = "x"
      }
      resource "x" "y" { a = local.l0 }
      """
    ])
    #expect(result.notices.map(\.kind) == [.limit])
    #expect(result.resources.first?.properties["a"].string.unknownReason != nil)
  }

  @Test func cyclesAreNamed() {
    let result = deployment([
      "main.tf": "locals {\n a = local.b\n b = local.a\n}\nresource \"x\" \"y\" { v = local.a }"
    ])
    #expect(result.notices.map(\.kind) == [.invalidValue])
    #expect(result.notices.first?.message == "v has no value: local.a depends on itself.")
  }

  @Test func modulesThatCallThemselvesEnd() {
    let result = deployment([
      "main.tf": "module \"a\" { source = \"./a\" }",
      "a/main.tf": "module \"b\" { source = \"../b\" }\nresource \"x\" \"a\" {}",
      "b/main.tf": "module \"a\" { source = \"../a\" }\nresource \"x\" \"b\" {}",
    ])
    #expect(result.resources.map(\.address) == ["#module.a.x.a", "#module.a.module.b.x.b"])
    #expect(result.notices.map(\.kind) == [.limit])
  }

  @Test func brokenBlockCostsOnlyItself() {
    let result = deployment([
      "main.tf": """
      resource "x" "one" {
        a = 1
      }
      resource "x" "two" {
        a = [1, 2
        b = 2
      }
      resource "x" "three" {
        a = 3
      }
      """
    ])
    #expect(result.resources.map(\.name).contains("one"))
    #expect(result.resources.map(\.name).contains("three"))
    #expect(result.notices.map(\.kind) == [.unreadable])
    #expect(result.notices.first?.location.range.start.line == 6)
  }

  /// Every file of the corpus is read, or a notice says why not.
  @Test func corpusIsRead() throws {
    guard let folder = Corpus.folder("terraform") else { return }
    let all = Corpus.files(below: folder)
    var contents: [String: [UInt8]] = [:]
    for file in all {
      let path = file.standardizedFileURL.path.dropFirst(folder.standardizedFileURL.path.count + 1)
      contents[String(path)] = Array(try Data(contentsOf: file))
    }
    let paths = contents.keys.filter { $0.hasSuffix(".tf") }.sorted()
    #expect(paths.count > 200)
    let reader = TerraformReader(files: MemoryFiles(bytes: contents), limits: DocumentLimits())
    let deployments = reader.read(paths)
    let read = Set(deployments.flatMap(\.files))
    let broken = Set(
      deployments.flatMap(\.notices).filter { $0.kind == .unreadable }.map(\.location.file)
    )
    let kinds = Dictionary(grouping: deployments.flatMap(\.notices), by: \.kind.rawValue)
    let counts = kinds.mapValues(\.count).sorted { $0.key < $1.key }
    print(
      "Terraform corpus: \(paths.count) files, \(deployments.count) roots, "
        + "\(deployments.reduce(0) { $0 + $1.resources.count }) resources, "
        + "\(broken.count) broken files; notices \(counts)"
    )
    // Snippets refer to what they do not declare; all else deserves a look.
    for notice in deployments.flatMap(\.notices)
    where notice.kind != .information && !notice.message.contains("declared")
      && !notice.message.contains("there is nothing called")
    {
      print("  \(notice.location.file):\(notice.location.range.start.line) \(notice.message)")
    }
    #expect(paths.filter { !read.contains($0) } == [])
  }
}
