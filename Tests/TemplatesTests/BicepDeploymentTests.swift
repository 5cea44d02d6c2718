import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Resources, modules, imports and parameters: what a template deploys.
@Suite struct BicepDeploymentTests {
  /// `type name address`, and what its properties are, for each resource.
  private func lines(_ deployment: Deployment) -> [String] {
    deployment.resources.map { resource in
      let address = resource.address.drop { $0 != "#" }
      return "\(resource.type) \(resource.properties["name"].sketch ?? "none") \(address)"
    }
  }

  private func one(_ main: String) throws -> DeclaredResource {
    let deployment = BicepCase.deployment(["main.bicep": main])
    #expect(deployment.notices.isEmpty)
    #expect(deployment.resources.count == 1)
    return try #require(deployment.resources.first)
  }

  @Test func bodyHasTheShapeOfAnARMResource() throws {
    let app = try one(
      """
      param location string = 'westeurope'
      @description('The app')
      resource app 'Microsoft.App/containerApps@2024-03-01' = {
        name: 'web'
        location: location
        dependsOn: []
        properties: {
          template: { containers: [{ name: 'web', image: 'shop/web:1' }] }
        }
      }
      """
    )
    #expect(app.type == "Microsoft.App/containerApps")
    #expect(app.apiVersion == "2024-03-01")
    #expect(app.name == "app")
    #expect(app.address == "main.bicep#app")
    #expect(app.scopeLevel == "resourceGroup")
    #expect(
      BicepCase.text(app.properties)
        == "{name: 'web', location: 'westeurope', "
        + "properties: {template: {containers: [{name: 'web', image: 'shop/web:1'}]}}}"
    )
    let image = app.properties["properties"]["template"]["containers"].elements[0]["image"]
    #expect(image.location?.range.start == Place(line: 8, column: 52))
  }

  @Test func childrenCarryTheNamesOfTheirParents() {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      resource env 'Microsoft.App/managedEnvironments@2024-03-01' = {
        name: 'env'
        resource dapr 'daprComponents@2023-05-01' = {
          name: 'state'
        }
        resource files 'storages' = {
          name: 'files'
          properties: { sibling: dapr.id }
        }
      }
      resource certificate 'Microsoft.App/managedEnvironments/certificates@2024-03-01' = {
        parent: env
        name: 'tls'
        properties: { other: env::files.name }
      }
      """
    ])
    #expect(
      lines(deployment) == [
        "Microsoft.App/managedEnvironments env #env",
        "Microsoft.App/managedEnvironments/daprComponents env/state #env::dapr",
        "Microsoft.App/managedEnvironments/storages env/files #env::files",
        "Microsoft.App/managedEnvironments/certificates env/tls #certificate",
      ]
    )
    #expect(deployment.resources[2].apiVersion == "2024-03-01")
    #expect(deployment.resources.map(\.parent?.count) == [nil, 14, 14, 14])
    let sibling = deployment.resources[2].properties["properties"]["sibling"]
    #expect(
      sibling.sketch == "/subscriptions/…/resourceGroups/…/providers/Microsoft.App/"
        + "managedEnvironments/env/daprComponents/state"
    )
    #expect(sibling.references.map(\.address) == ["main.bicep#env::dapr"])
    #expect(deployment.resources[3].properties["properties"]["other"].sketch == "files")
  }

  @Test func symbolsAreKnownAsFarAsTheyAreStated() {
    let files = BicepCase(
      """
      param name string
      resource env 'Microsoft.App/managedEnvironments@2024-03-01' = {
        name: name
        location: 'westeurope'
        properties: { zoneRedundant: true }
      }
      resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
        name: 'keys'
        scope: resourceGroup('shared')
      }
      resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
        name: 'keep'
        scope: env
      }
      output version string = env.apiVersion
      output type string = env.type
      output location string = env.location
      output redundant bool = env.properties.zoneRedundant
      output domain string = env.properties.defaultDomain
      output first string = env.properties.list[0].name
      output keys object = env.listKeys()
      output secret string = vault.getSecret('x')
      output vault string = vault.properties.vaultUri
      output lock string = lock.id
      output safe string = env.?properties.?defaultDomain
      """
    )
    #expect(files.output("version") == "'2024-03-01'")
    #expect(files.output("type") == "'Microsoft.App/managedEnvironments'")
    #expect(files.output("location") == "'westeurope'")
    #expect(files.output("redundant") == "→main.bicep#env properties.zoneRedundant")
    #expect(files.output("domain") == "→main.bicep#env properties.defaultDomain")
    #expect(files.output("first") == "→main.bicep#env properties.list[0].name")
    #expect(files.output("keys") == "→main.bicep#env listKeys")
    #expect(files.output("secret") == "→main.bicep#vault getSecret")
    #expect(files.output("vault") == "→main.bicep#vault properties.vaultUri")
    #expect(
      files.output("lock") == "'/subscriptions/…/resourceGroups/…/providers/Microsoft.App/"
        + "managedEnvironments/…/providers/Microsoft.Authorization/locks/keep'"
    )
    #expect(files.output("safe") == "→main.bicep#env properties.defaultDomain")
  }

  @Test func loopsAndConditionsMakeWhatTheySay() {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      param names array
      param isProduction bool
      resource apps 'Microsoft.App/containerApps@2024-03-01' = [for (n, i) in ['a', 'b', 'c']: if (n != 'b') {
        name: '${n}${i}'
        properties: { before: i > 0 ? apps[0].name : '' }
      }]
      resource jobs 'Microsoft.App/jobs@2024-03-01' = [for n in names: {
        name: n
      }]
      resource never 'Microsoft.App/jobs@2024-03-01' = if (false) { name: 'never' }
      resource maybe 'Microsoft.App/jobs@2024-03-01' =
        if (isProduction) { name: 'maybe' }
      """
    ])
    #expect(
      lines(deployment) == [
        "Microsoft.App/containerApps a0 #apps[0]", "Microsoft.App/containerApps c2 #apps[2]",
        "Microsoft.App/jobs … #jobs[*]", "Microsoft.App/jobs maybe #maybe",
      ]
    )
    #expect(deployment.resources[1].properties["properties"]["before"].sketch == "a0")
    #expect(deployment.resources.map { $0.isDeclared.known } == [true, true, nil, nil])
    #expect(
      deployment.resources[3].isDeclared.unknownReason
        == "the parameter isProduction has no default"
    )
  }

  @Test func modulesAreFollowedWithTheirArguments() {
    let module = """
      param name string
      param port int = 8080
      param note string?
      @allowed(['a'])
      param kind string = 'a'
      resource app 'Microsoft.App/containerApps@2024-03-01' = {
        name: name
        properties: { port: port, note: note }
      }
      output id string = app.id
      output port int = port
      """
    let deployment = BicepCase.deployment([
      "main.bicep": """
      module web 'modules/app.bicep' = {
        name: 'web'
        params: { name: 'web', port: null }
      }
      module more 'modules/app.bicep' = [for n in ['x', 'y']: {
        name: 'more-${n}'
        params: { ...{ name: n }, port: 1 }
      }]
      resource last 'Microsoft.App/jobs@2024-03-01' = {
        name: 'last'
        properties: { id: web.outputs.id, port: more[1].outputs.port, none: web.outputs.nothing }
      }
      """,
      "modules/app.bicep": module,
    ])
    #expect(
      lines(deployment) == [
        "Microsoft.App/containerApps web #web/app", "Microsoft.App/containerApps x #more[0]/app",
        "Microsoft.App/containerApps y #more[1]/app", "Microsoft.App/jobs last #last",
      ]
    )
    #expect(
      deployment.resources.map { BicepCase.text($0.properties["properties"]) }.prefix(2)
        == ["{port: 8080, note: null}", "{port: 1, note: null}"]
    )
    let last = deployment.resources[3].properties["properties"]
    #expect(last["id"].references.map(\.address) == ["main.bicep#web/app"])
    #expect(BicepCase.text(last["port"]) == "1")
    #expect(last["none"].string.unknownReason == "the module has no output nothing")
    #expect(deployment.files == ["main.bicep", "modules/app.bicep"])
    #expect(deployment.notices.isEmpty)
  }

  @Test func existingResourcesAreThoseOfOtherModules() throws {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      var token = uniqueString(resourceGroup().id)
      module app 'app.bicep' = {
        params: { environmentName: 'env-${token}' }
      }
      module env 'env.bicep' = {
        params: { name: 'env-${token}' }
      }
      """,
      "env.bicep": """
      param name string
      resource env 'Microsoft.App/managedEnvironments@2024-03-01' = { name: name }
      """,
      "app.bicep": """
      param environmentName string
      resource env 'Microsoft.App/managedEnvironments@2024-03-01' existing = {
        name: environmentName
      }
      resource app 'Microsoft.App/containerApps@2024-03-01' = {
        name: 'web'
        properties: { environmentId: env.id }
      }
      """,
    ])
    let app = try #require(deployment.resources.first)
    let id = app.properties["properties"]["environmentId"]
    #expect(id.references.map(\.address) == ["main.bicep#env/env"])
  }

  @Test func armTemplatesAreModulesToo() throws {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      module vault 'vault.json' = {
        params: { name: 'keys' }
      }
      output uri string = vault.outputs.name
      """,
      "vault.json": """
      {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": { "name": { "type": "string" } },
        "resources": [
          { "type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('name')]" }
        ],
        "outputs": { "name": { "type": "string", "value": "[parameters('name')]" } }
      }
      """,
    ])
    #expect(deployment.resources.map(\.type) == ["Microsoft.KeyVault/vaults"])
    #expect(deployment.resources.first?.properties["name"].sketch == "keys")
    #expect(deployment.files == ["main.bicep", "vault.json"])
  }

  @Test func importsBringVariablesFunctionsAndTypes() {
    let files = BicepCase([
      "main.bicep": """
      import { port as p, greet, Optional } from 'shared.bicep'
      import * as shared from './shared.bicep'
      param unset Optional
      output port int = p
      output greeting string = greet('Ann')
      output both string = '${shared.greet('Bo')} ${shared.port}'
      output unset string = unset
      output none int = shared.nothing
      """,
      "shared.bicep": """
      @export()
      var port = base + 1
      var base = 79
      @export()
      func greet(name string) string => 'Hi ${name} at ${port}'
      @export()
      type Optional = string?
      """,
    ])
    #expect(files.output("port") == "80")
    #expect(files.output("greeting") == "'Hi Ann at 80'")
    #expect(files.output("both") == "'Hi Bo at 80 80'")
    #expect(files.output("unset") == "null")
    #expect(files.output("none") == "?")
    #expect(files.session.deployment.notices.isEmpty)
  }

  @Test func secretsAndDefaultsAreDeclared() {
    let deployment = BicepCase.deployment([
      "main.bicep": """
      @secure()
      param password string
      @sys.secure()
      @minLength(8)
      param token string = 'abcdefgh'
      @secure()
      type Key = string
      param key Key = 'k'
      param plain string = 'p'
      var derived = '${plain}!'
      """
    ])
    let found = deployment.parameters.map { parameter in
      "\(parameter.name) \(BicepCase.text(parameter.value)) \(parameter.isSecret)"
    }
    #expect(
      found == [
        "password ? true", "token 'abcdefgh' true", "key 'k' true", "plain 'p' false",
        "derived 'p!' false",
      ]
    )
  }

  @Test func extensionsKeepTheirTypes() throws {
    let service = try one(
      """
      extension kubernetes with {
        namespace: 'default'
        kubeConfig: ''
      } as k8s
      resource svc 'core/Service@v1' = {
        metadata: { name: 'web' }
        spec: { ports: [{ port: 80 }] }
      }
      """
    )
    #expect(service.type == "core/Service")
    #expect(service.apiVersion == "v1")
    #expect(BicepCase.text(service.properties["spec"]) == "{ports: [{port: 80}]}")
  }
}
