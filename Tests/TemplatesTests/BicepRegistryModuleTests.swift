import DocumentTrees
import Testing
import Workloads

@testable import Templates

/// Modules of the public registry make what their parameters say, where the user calls them.
@Suite struct BicepRegistryModuleTests {
  private static func deployed(_ text: String) -> Deployment {
    BicepCase.deployment(["main.bicep": text])
  }

  @Test func parametersBecomeTheResource() throws {
    let deployment = Self.deployed(
      """
      module env 'br/public:avm/res/app/managed-environment:0.11.0' = {
        name: 'env'
        params: { name: 'shopenv', internal: true }
      }
      module app 'br/public:avm/res/app/container-app:0.14.0' = {
        name: 'app'
        params: {
          name: 'shop'
          environmentResourceId: env.outputs.resourceId
          ingressTargetPort: 8080
          containers: [ { name: 'shop', image: 'example.com/shop:1' } ]
        }
      }
      """
    )
    #expect(
      deployment.resources.map(\.type) == [
        "Microsoft.App/managedEnvironments", "Microsoft.App/containerApps",
      ]
    )
    let app = try #require(deployment.resources.last)
    #expect(app.properties["name"].string.known == "shop")
    let properties = app.properties["properties"]
    let ingress = properties["configuration"]["ingress"]
    #expect(ingress["targetPort"].integer.known == 8080)
    // The module's own default.
    #expect(ingress["external"].flag.known == true)
    #expect(properties["template"]["scale"]["minReplicas"].integer.known == 3)
    #expect(
      properties["environmentId"].references.map(\.address) == [deployment.resources[0].address]
    )
    // What the user wrote stands where it was written, the rest at the module.
    let image = properties["template"]["containers"].elements[0]["image"]
    #expect(image.origin.location?.range.start.line == 11)
    #expect(ingress.origin.location?.file == "main.bicep")
    #expect(ingress.origin.location?.range.start.line == 5)
    #expect(
      deployment.notices.map(\.message) == [
        """
        Of the module br/public:avm/res/app/managed-environment:0.11.0 only the parameters are \
        assessed; what it adds is not seen.
        """,
        """
        Of the module br/public:avm/res/app/container-app:0.14.0 only the parameters are assessed; \
        what it adds is not seen.
        """,
      ]
    )
    #expect(deployment.files == ["main.bicep"])
    #expect(deployment.parameters.isEmpty)
  }

  @Test(
    "the text that stands for each module is whole",
    arguments: [
      "app/container-app", "app/job", "app/managed-environment", "container-registry/registry",
      "key-vault/vault", "managed-identity/user-assigned-identity",
      "operational-insights/workspace",
    ]
  )
  func texts(_ name: String) throws {
    let text = try #require(BicepRegistryModules.text(for: "br/public:avm/res/\(name):1.0.0"))
    #expect(BicepParser.file(Array(text.utf8)).errors.isEmpty)
  }

  @Test func otherModulesStayUnknown() {
    #expect(BicepRegistryModules.text(for: "br/public:avm/res/web/site:0.1.0") == nil)
    #expect(BicepRegistryModules.text(for: "br:example.azurecr.io/app/container-app:1") == nil)
  }
}
