import DocumentTrees
import Templates
import Testing
import Workloads

/// Templates that mean no good end in notices, in time and in memory.
@Suite("Hostile ARM templates", .timeLimit(.minutes(2)))
struct ARMHostileTests {
  private func resource(_ expression: String) -> String {
    #""resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties": {"v": "[\#(expression)]"}}]"#
  }

  @Test func valuesDefinedByThemselvesAreUnknown() throws {
    let value = try ARMTest.value(
      "variables('a')",
      parts: #""variables": {"a": "[variables('b')]", "b": "[variables('a')]"},"#
    )
    #expect(value == "<it is defined by itself>")
  }

  @Test func doublingVariablesDoNotExhaustMemory() throws {
    var lines = [#""v0": ["x", "x"]"#]
    for index in 1...60 {
      lines.append(
        #""v\#(index)": ["[variables('v\#(index - 1)')]", "[variables('v\#(index - 1)')]"]"#
      )
    }
    let variables = lines.joined(separator: ",")
    for use in ["string(variables('v60'))", "equals(variables('v60'), variables('v60'))"] {
      let deployment = try ARMTest.deployment(#"{"variables": {\#(variables)}, \#(resource(use))}"#)
      #expect(deployment.resources.count == 1)
    }
  }

  @Test func doublingTextsDoNotExhaustMemory() throws {
    var lines = [#""v0": "xxxxxxxxxxxxxxxx""#]
    for index in 1...60 {
      let use = "variables('v\(index - 1)')"
      lines.append(#""v\#(index)": "[concat(\#(use), \#(use))]""#)
    }
    let variables = lines.joined(separator: ",")
    let deployment = try ARMTest.deployment(
      #"{"variables": {\#(variables)}, \#(resource("variables('v60')"))}"#
    )
    #expect(deployment.notices.contains { $0.kind == .limit })
  }

  @Test func hugeLoopsEndInANotice() throws {
    let deployment = try ARMTest.deployment(
      """
      {"resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[concat('n', copyIndex())]",
        "copy": {"name": "c", "count": 1000000000}}]}
      """
    )
    #expect(deployment.resources.count == 800)
    #expect(deployment.notices.map(\.kind) == [.limit])
  }

  @Test func nestedLoopsOfLambdasEnd() throws {
    var expression = "range(0, 10000)"
    for index in 0..<4 {
      expression = "map(range(0, 10000), lambda('x\(index)', \(expression)))"
    }
    let deployment = try ARMTest.deployment("{\(resource(expression))}")
    #expect(deployment.notices.contains { $0.kind == .limit })
  }

  @Test func deepExpressionsAreRefused() throws {
    let open = String(repeating: "string(", count: 5000)
    let close = String(repeating: ")", count: 5000)
    let deployment = try ARMTest.deployment("{\(resource(open + "1" + close))}")
    #expect(deployment.notices.map(\.kind) == [.invalidValue])
    let chain = String(repeating: "[0]", count: 5000)
    #expect(try ARMTest.deployment("{\(resource("createArray(1)" + chain))}").notices.count == 1)
  }

  @Test func recursiveFunctionsEnd() throws {
    let deployment = try ARMTest.deployment(
      """
      {"functions": [{"namespace": "a", "members": {"f": {"parameters": [],
         "output": {"type": "string", "value": "[concat(a.f(), a.f())]"}}}}],
       \(resource("a.f()"))}
      """
    )
    #expect(deployment.notices.contains { $0.kind == .limit })
  }

  @Test func templatesThatLinkToThemselvesEnd() throws {
    let template = """
      {"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "again",
        "properties": {"templateLink": {"relativePath": "main.json"}}}]}
      """
    let deployment = try ARMTest.deployment(template)
    #expect(deployment.notices.map(\.message) == ["The template links to itself."])
  }

  @Test(
    "broken expressions are named once",
    arguments: ["concat('a", "concat(", "a b", "1 2", "parameters", "x.", "x()[", "'", "", "-"]
  )
  func broken(_ expression: String) throws {
    guard !expression.isEmpty else { return }
    let deployment = try ARMTest.deployment("{\(resource(expression))}")
    #expect(deployment.notices.map(\.kind) == [.invalidValue])
    #expect(deployment.resources.count == 1)
  }

  @Test(
    "wrong types everywhere do not matter",
    arguments: [
      #"{"resources": 1}"#, #"{"resources": [1, null, "x"]}"#, #"{"resources": {"a": 1}}"#,
      #"{"parameters": 1, "variables": [], "outputs": "x", "functions": {}, "resources": []}"#,
      #"{"resources": [{"type": 1, "name": {"a": 1}, "copy": {"count": "x"}}]}"#,
      #"{"resources": [{"type": "Microsoft.Resources/deployments", "name": [], "properties": 1}]}"#,
      #"{"variables": {"copy": [1, {"name": "x"}]}, "resources": []}"#, "[]", "1", "null",
    ]
  )
  func wrongTypes(_ template: String) throws {
    _ = try ARMTest.deployment(template)
  }
}
