import DocumentTrees
@testable import Scanners
import Templates
import Testing
import Workloads

/// From Bicep files to workloads: the language and the readers of Azure resources together.
@Suite struct BicepScannerTests {
  private func scan(_ files: [String: String]) async -> ScanResult {
    let tree = MemoryFiles(files)
    let found = await Discovery(files: tree, limits: DocumentLimits()).discover(
      paths: files.keys.sorted()
    )
    let context = ScanContext(files: tree, limits: DocumentLimits(), builds: StubBuilds())
    let own = found.files.filter { $0.format == .bicep }
    var result = BicepScanner().scan(own, in: context)
    ResourceLinks.attach(&result)
    return result
  }

  private static let app = """
    param name string
    param image string
    param environment string
    resource env 'Microsoft.App/managedEnvironments@2024-03-01' existing = {
      name: environment
    }
    resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
      name: 'id-${name}'
    }
    resource app 'Microsoft.App/containerApps@2024-03-01' = {
      name: name
      identity: {
        type: 'UserAssigned'
        userAssignedIdentities: { '${identity.id}': {} }
      }
      properties: {
        managedEnvironmentId: env.id
        configuration: { ingress: { external: true, targetPort: 8080 } }
        template: {
          containers: [{ name: 'web', image: image }]
        }
      }
    }
    """

  private static let main = """
    param tag string
    module web 'app.bicep' = {
      params: { name: 'web', image: 'shop/web:${tag}', environment: env.name }
    }
    resource env 'Microsoft.App/managedEnvironments@2024-03-01' = {
      name: 'env'
    }
    """

  @Test func appsAreReadThroughTheirModules() async throws {
    let result = await scan([
      "infra/main.bicep": Self.main, "infra/app.bicep": Self.app,
      "infra/main.bicepparam": "using 'main.bicep'\nparam tag = '1.4'\n",
    ])
    #expect(result.workloads.count == 1)
    let web = try #require(result.workloads.first)
    #expect(web.name == "web")
    #expect(web.format == .bicep)
    let image = try #require(web.containers.first).image
    #expect(image.known?.text == "shop/web:1.4")
    // Used in app.bicep; the text stands in main.bicep, its tag in the parameter file.
    #expect(image.location?.file == "infra/app.bicep")
    let files = Set(image.origin.via.map(\.file))
    #expect(files == ["infra/main.bicep", "infra/main.bicepparam"])
    #expect(web.resources(AppEnvironment.kind).map(\.name) == ["env"])
    #expect(
      result.inputs == [
        "infra/main.bicep": InputUse(.bicep), "infra/app.bicep": InputUse(.bicep),
        "infra/main.bicepparam": InputUse(.bicep),
      ]
    )
  }

  @Test func brokenFilesArePartlyRead() async throws {
    let result = await scan([
      "main.bicep": """
      var broken =
      resource app 'Microsoft.App/containerApps@2024-03-01' = {
        name: 'web'
        properties: { template: { containers: [{ name: 'web', image: 'shop/web:1' }] } }
      }
      """,
      "unused.bicepparam": "using 'gone.bicep'\nparam x\n",
    ])
    #expect(result.workloads.map(\.name) == ["web"])
    #expect(result.inputs["main.bicep"]?.state == .partial)
    #expect(result.inputs["unused.bicepparam"]?.state == .partial)
    let unreadable = result.notices.filter { $0.kind == .unreadable }
    #expect(unreadable.map(\.location.file) == ["main.bicep", "unused.bicepparam"])
    #expect(unreadable.map(\.location.range.start.line) == [1, 2])
  }
}
