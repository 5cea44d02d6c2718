import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Texts that would cost too much, lead in circles or leave the root end in notices.
@Suite struct BicepHostileTests {
  private func kinds(_ files: [String: String]) -> Set<Notice.Kind> {
    Set(BicepCase.deployment(files).notices.map(\.kind))
  }

  private func kinds(_ main: String) -> Set<Notice.Kind> { kinds(["main.bicep": main]) }

  @Test func largeLoopsEnd() {
    #expect(kinds("var a = [for i in range(0, 1000000000): i]").isSubset(of: [.limit]))
    #expect(
      kinds(
        """
        var a = [for i in range(0, 9000): i]
        resource r 'Microsoft.App/jobs@2024-03-01' = [for i in a: { name: 'r${i}' }]
        """
      ) == [.limit]
    )
    let nested = "var a = [for i in range(0, 5000): [for j in range(0, 5000): i * j]]"
    #expect(kinds(nested) == [.limit])
  }

  @Test func valuesThatDoubleEnd() {
    var objects = "var a0 = { x: 'x' }\n"
    var texts = "var b0 = 'xxxxxxxxxxxxxxxx'\n"
    for level in 1...60 {
      objects += "var a\(level) = { x: a\(level - 1), y: a\(level - 1) }\n"
      texts += "var b\(level) = '${b\(level - 1)}${b\(level - 1)}'\n"
    }
    #expect(kinds(objects) == [.limit])
    #expect(kinds(texts) == [.limit])
    let function = "func twice(x object) object => { a: x, b: x }\nvar v = "
    let calls = String(repeating: "twice(", count: 50) + "{}" + String(repeating: ")", count: 50)
    #expect(kinds(function + calls) == [.limit])
  }

  @Test func circlesEnd() {
    #expect(kinds("var a = b\nvar b = a\n").isEmpty)
    #expect(
      BicepCase("var a = { b: b }\nvar b = a.b\noutput it object = a\n").output("it") == "{b: ?}"
    )
    #expect(kinds("func f(x int) int => f(x)\nvar v = f(1)\n") == [.limit])
    #expect(kinds(["main.bicep": "module m 'main.bicep' = {}"]) == [.invalidValue])
    #expect(
      kinds(["main.bicep": "module m 'm.bicep' = {}", "m.bicep": "module n 'main.bicep' = {}"])
        == [.invalidValue]
    )
    #expect(
      kinds([
        "main.bicep": "import { a } from 'm.bicep'\nvar x = a\n",
        "m.bicep": "import { a } from 'main.bicep'\n",
      ]) == [.limit]
    )
    #expect(
      kinds(
        """
        resource a 'A.B/c@1' = { name: b.name, parent: b }
        resource b 'A.B/c@1' = { name: a.name, parent: a }
        """
      ).isEmpty
    )
  }

  @Test func modulesThatMultiplyEnd() {
    var files: [String: String] = [:]
    for level in 0..<12 {
      let name = level == 0 ? "main.bicep" : "m\(level).bicep"
      files[name] =
        level == 11 ? "" : "module m 'm\(level + 1).bicep' = [for i in range(0, 4): {}]\n"
    }
    #expect(kinds(files) == [.limit])
  }

  @Test(arguments: [
    String(repeating: "(", count: 20_000),
    String(repeating: "[", count: 20_000),
    String(repeating: "{a:", count: 20_000),
    String(repeating: "'${", count: 20_000),
    String(repeating: "!", count: 20_000),
    String(repeating: "a?", count: 20_000),
    "1" + String(repeating: " + 1", count: 20_000),
    "a" + String(repeating: ".b", count: 20_000),
    "a" + String(repeating: "[0]", count: 20_000),
    String(repeating: "if (", count: 20_000),
    String(repeating: "[for x in ", count: 20_000),
    String(repeating: "(a, ", count: 20_000),
    String(repeating: "x => ", count: 20_000),
  ])
  func deepTextsAreRefused(_ text: String) {
    for statement in ["var v = ", "param p ", "resource r 'A.B/c@1' = ", "@d("] {
      let file = BicepParser.file(Array((statement + text).utf8))
      #expect(!file.errors.isEmpty)
    }
    #expect(BicepCase.deployment(["main.bicep": "var v = " + text]).resources.isEmpty)
  }

  @Test func nothingOutsideOfTheRootIsRead() {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      module up '../up.bicep' = {}
      module absolute '/etc/x.bicep' = {}
      module gone 'gone.bicep' = {}
      module registry 'br/public:avm/res/web/site:0.1.0' = {}
      module again 'br/public:avm/res/web/site:0.1.0' = {}
      module spec 'ts:00000000-0000-0000-0000-000000000000/rg/spec:v1' = {}
      import { x } from '../types.bicep'
      """
    ])
    #expect(
      deployment.notices.map(\.kind) == [
        .outsideRoot, .outsideRoot, .outsideRoot, .missingFile, .missingFile, .missingFile,
      ]
    )
    #expect(deployment.resources.isEmpty)
  }

  @Test func anyBytesAreRead() {
    var state: UInt64 = 42
    let pieces = [
      "param p ", "var v = ", "resource r ", "'Microsoft.App/jobs@1'", " = ", "{", "}", "[", "]",
      "(", ")", "'", "'''", "${", "$", "\n", "\r\n", ",", ".", "?", "??", ":", "::", "=>", "@", "!",
      "for x in y:", "if (true)", "a", "1", "\\", "\u{1F600}", "\0", "/*", "*/", "//", "#", "...",
      "type t = ", "|", "*", "import ", "module m 'main.bicep' = ", "func f(a int) int => ", "<",
    ]
    for _ in 0..<600 {
      var text = ""
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count]
      }
      let deployment = BicepCase.deployment(["main.bicep": text])
      #expect(deployment.resources.count <= 24)
    }
    let broken: [UInt8] = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x27, 0x80, 0xC3]
    #expect(!BicepParser.file(broken).errors.isEmpty)
  }
}
