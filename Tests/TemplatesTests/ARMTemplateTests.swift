import DocumentTrees
import Templates
import Testing
import Workloads

/// Templates as wholes.
@Suite("ARM templates")
struct ARMTemplateTests {
  private func properties(_ deployment: Deployment, _ address: String) -> String {
    guard let found = deployment.resources.first(where: { $0.address == address }) else {
      return "no \(address) among \(deployment.resources.map(\.address))"
    }
    return ARMTest.show(found.properties["properties"])
  }

  @Test func parametersTakeDefaultsAndRememberWhereTheyStand() throws {
    let deployment = try ARMTest.deployment(
      """
      {
        "parameters": {"size": {"type": "int", "defaultValue": 3},
                       "key": {"type": "secureString", "defaultValue": "hunter2"}},
        "variables": {"double": "[mul(parameters('size'), 2)]"},
        "resources": [
          {"type": "A.B/c", "apiVersion": "1", "name": "n",
           "properties": {"size": "[parameters('size')]", "double": "[variables('double')]",
                          "plain": "[[not an expression]", "odd": "[open"}}
        ]
      }
      """
    )
    let resource = try #require(deployment.resources.first)
    let body = resource.properties["properties"]
    #expect(
      ARMTest.show(body) == #"{"size":3,"double":6,"plain":"[not an expression]","odd":"[open"}"#
    )
    let size = body["size"].origin
    #expect(size.location?.range.start.line == 7)
    #expect(size.via.map { $0.range.start.line } == [2])
    #expect(deployment.parameters.map(\.name) == ["size", "key"])
    #expect(deployment.parameters.map(\.isSecret) == [false, true])
  }

  @Test func aParameterFileWinsOverDefaults() throws {
    let deployment = try ARMTest.deployment(
      """
      {"parameters": {"a": {"type": "string", "defaultValue": "default"},
                      "list": {"type": "array"}, "secret": {"type": "securestring"}},
       "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "n", "properties":
         {"a": "[parameters('a')]", "first": "[parameters('list')[0]]", "s": "[parameters('SECRET')]"}}]}
      """,
      others: [
        "main.parameters.json": """
        {"parameters": {"a": {"value": "given"}, "list": {"value": ["x"]},
                        "secret": {"reference": {"keyVault": {"id": "v"}, "secretName": "s"}}}}
        """
      ]
    )
    #expect(
      properties(deployment, "main.json#c/n")
        == #"{"a":"given","first":"x","s":<it is a secret of a key vault>}"#
    )
    #expect(deployment.files == ["main.parameters.json"])
    let value = deployment.resources[0].properties["properties"]["a"]
    #expect(value.origin.via.map(\.file) == ["main.parameters.json"])
  }

  @Test func loopsMakeResourcesPropertiesAndVariables() throws {
    let deployment = try ARMTest.deployment(
      """
      {
        "variables": {"copy": [{"name": "names", "count": 2, "input": "[concat('n', copyIndex('names', 1))]"}],
                      "inner": {"copy": [{"name": "list", "count": 2, "input": "[copyIndex('list')]"}], "x": 1}},
        "resources": [
          {"type": "A.B/c", "apiVersion": "1", "name": "[concat('r', copyIndex())]",
           "copy": {"name": "loop", "count": "[length(variables('names'))]"},
           "properties": {"name": "[variables('names')[copyIndex()]]", "inner": "[variables('inner')]",
             "copy": [{"name": "disks", "count": 2, "input": {"lun": "[copyIndex('disks')]", "r": "[copyIndex()]"}}]}}
        ]
      }
      """
    )
    #expect(deployment.resources.map(\.name) == ["r0", "r1"])
    #expect(
      properties(deployment, "main.json#c/r1")
        == #"{"name":"n2","inner":{"list":[0,1],"x":1},"disks":[{"lun":0,"r":1},{"lun":1,"r":1}]}"#
    )
  }

  @Test func conditionsLeaveOutOrDoubt() throws {
    let deployment = try ARMTest.deployment(
      """
      {"parameters": {"p": {"type": "bool"}},
       "resources": [
        {"type": "A.B/c", "apiVersion": "1", "name": "no", "condition": "[equals(1, 2)]"},
        {"type": "A.B/c", "apiVersion": "1", "name": "yes", "condition": true},
        {"type": "A.B/c", "apiVersion": "1", "name": "perhaps", "condition": "[parameters('p')]"}]}
      """
    )
    #expect(deployment.resources.map(\.name) == ["yes", "perhaps"])
    #expect(deployment.resources[0].isDeclared == .known(true))
    #expect(deployment.resources[1].isDeclared.unknownReason == "the parameter p has no value")
  }

  @Test func childResourcesAndExtensionsGetWholeTypesAndNames() throws {
    let deployment = try ARMTest.deployment(
      """
      {"resources": [
        {"type": "Microsoft.App/managedEnvironments", "apiVersion": "1", "name": "env", "resources": [
          {"type": "daprComponents", "apiVersion": "1", "name": "state"}]},
        {"type": "Microsoft.KeyVault/vaults/providers/roleAssignments", "apiVersion": "1",
         "name": "kv/Microsoft.Authorization/abc"}]}
      """
    )
    #expect(
      deployment.resources.map(\.type) == [
        "Microsoft.App/managedEnvironments", "Microsoft.App/managedEnvironments/daprComponents",
        "Microsoft.Authorization/roleAssignments",
      ]
    )
    #expect(deployment.resources[1].parent == deployment.resources[0].address)
    #expect(ARMTest.show(deployment.resources[1].properties["name"]) == #""env/state""#)
    let scope = deployment.resources[2].properties["scope"].sketch
    #expect(scope == "/subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/kv")
  }

  @Test func nestedDeploymentsHandParametersInAndOutputsOut() throws {
    let deployment = try ARMTest.deployment(
      """
      {"variables": {"base": "web"},
       "resources": [
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "inner",
         "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
          "parameters": {"name": {"value": "[variables('base')]"}},
          "template": {"parameters": {"name": {"type": "string"}},
            "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('name')]"}],
            "outputs": {"id": {"type": "string", "value": "[resourceId('A.B/c', parameters('name'))]"},
                        "plain": {"type": "string", "value": "[toUpper(parameters('name'))]"}}}}},
        {"type": "A.B/d", "apiVersion": "1", "name": "user", "properties": {
          "id": "[reference('inner').outputs.id.value]",
          "plain": "[reference(resourceId('Microsoft.Resources/deployments', 'inner'), '1').outputs.plain.value]"}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "outer",
         "properties": {"template": {"variables": {"base": "unused"},
            "resources": [{"type": "A.B/e", "apiVersion": "1", "name": "[variables('base')]"}]}}}]}
      """
    )
    #expect(
      deployment.resources.map(\.address) == [
        "main.json#inner/c/web", "main.json#d/user", "main.json#outer/e/web",
      ]
    )
    let user = deployment.resources[1].properties["properties"]
    #expect(user["id"].references.map(\.address) == ["main.json#inner/c/web"])
    #expect(user["plain"].string.known == "WEB")
  }

  @Test func linkedTemplatesAreReadInsideTheRootOnly() throws {
    let deployment = try ARMTest.deployment(
      """
      {"parameters": {"base": {"type": "string"}},
       "resources": [
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "a",
         "properties": {"templateLink": {"relativePath": "nested/a.json"}, "parameters": {"n": {"value": "one"}}}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "b",
         "properties": {"templateLink": {"uri": "[uri(parameters('base'), 'nested/a.json')]"}}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "1", "name": "c",
         "properties": {"templateLink": {"relativePath": "../../outside.json"}}}]}
      """,
      others: [
        "nested/a.json": """
        {"parameters": {"n": {"type": "string", "defaultValue": "two"}},
         "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[parameters('n')]"}]}
        """
      ]
    )
    #expect(deployment.resources.map(\.name) == ["one", "two"])
    #expect(deployment.files == ["nested/a.json"])
    #expect(
      deployment.notices.map(\.message) == [
        "The linked template is not among the inputs; what it deploys is not assessed."
      ]
    )
  }

  @Test func symbolicNamesAndExistingResources() throws {
    let deployment = try ARMTest.deployment(
      """
      {"languageVersion": "2.0",
       "resources": {
        "vault": {"existing": true, "type": "A.B/v", "apiVersion": "1", "name": "kv"},
        "app": {"type": "A.B/c", "apiVersion": "1", "name": "web", "properties": {
          "own": "[reference('app').url]", "vault": "[reference('vault').uri]",
          "id": "[resourceInfo('app').id]"}},
        "many": {"copy": {"name": "many", "count": 2}, "type": "A.B/m", "apiVersion": "1",
          "name": "[format('m{0}', copyIndex())]"}}}
      """
    )
    #expect(
      deployment.resources.map(\.address) == [
        "main.json#app", "main.json#many[0]", "main.json#many[1]",
      ]
    )
    let app = deployment.resources[0].properties["properties"]
    #expect(app["own"].references == [DatumReference("main.json#app", attribute: "properties.url")])
    #expect(app["id"].references.map(\.address) == ["main.json#app"])
    #expect(app["vault"].string.known == nil)
  }

  @Test func userFunctionsSeeOnlyTheirArguments() throws {
    let deployment = try ARMTest.deployment(
      """
      {"functions": [{"namespace": "contoso", "members": {"join": {
          "parameters": [{"name": "a", "type": "string"}], "output": {"type": "string",
          "value": "[concat(parameters('a'), '-', toLower('X'))]"}}}}],
       "parameters": {"a": {"type": "string", "defaultValue": "outside"}},
       "resources": [{"type": "A.B/c", "apiVersion": "1", "name": "[contoso.join('in')]"}]}
      """
    )
    #expect(deployment.resources.map(\.name) == ["in-x"])
  }

  @Test func keysThatDependOnResourcesKeepTheirReferences() throws {
    let deployment = try ARMTest.deployment(
      """
      {"resources": [
        {"type": "A.B/id", "apiVersion": "1", "name": "me"},
        {"type": "A.B/c", "apiVersion": "1", "name": "app", "identity": {
          "userAssignedIdentities": {"[resourceId('A.B/id', 'me')]": {}}}}]}
      """
    )
    let identities = deployment.resources[1].properties["identity"]["userAssignedIdentities"]
    #expect(identities.entries.map { $0.value.references.map(\.address) } == [["main.json#id/me"]])
  }

  @Test func commentsAreTakenAsAzureTakesThem() throws {
    let text = """
      {
        // a comment with "quotes"
        "a": "x // no comment", /* another
        one */ "b": [1, 2,],
      }
      """
    let document = try JSONReader.document(in: ARMText.withoutComments(Array(text.utf8)))
    #expect(document.root?["a"]?.text == "x // no comment")
    #expect(document.root?["b"]?.count == 2)
    #expect(document.root?.entry("b")?.key.range.start.line == 4)
  }
}
