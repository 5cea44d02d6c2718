import RuleEngine
import Testing
import Unmoor

/// What surprised in real projects of container apps, each made small.
@Suite struct AzureProjectTests {
  private static func app(_ settings: String, _ outer: String = "") -> String {
    """
    param tags object = {}
    param location string = 'westeurope'
    resource app 'Microsoft.App/containerApps@2025-01-01' = {
      name: 'shop'
      location: location
      \(outer)
      properties: {
        \(settings)
        template: {
          containers: [
            {
              name: 'shop'
              image: 'ghcr.io/example/shop:1.4.2'
              resources: { cpu: json('0.5'), memory: '1Gi' }
              env: [ { name: 'DB', secretRef: 'db' } ]
            }
          ]
        }
      }
    }
    """
  }

  private func state(_ rule: String, _ bicep: String) async throws -> [CheckState] {
    let assessment = try await Shop.assess(["main.bicep": bicep])
    let app = assessment.workloads.first { $0.disposition == .move }
    return assessment.checks.filter { $0.rule == rule && $0.workload == app?.id ?? $0.workload }
      .map(\.state)
  }

  /// Whoever deploys a module gives its tags; an empty default is no decision against them.
  @Test func emptyTagsOfAParameterAreOpen() async throws {
    #expect(try await state("cost/no-tags", Self.app("", "tags: tags")) == [.notAssessed])
    #expect(try await state("cost/no-tags", Self.app("")) == [.fail])
    #expect(try await state("cost/no-tags", Self.app("", "tags: { team: 'shop' }")) == [.pass])
  }

  /// A list of secrets that cannot be seen may hold the one that a variable names.
  @Test func secretsThatCannotBeSeenAreNotMissing() async throws {
    let rule = "secrets/aca-undeclared-reference"
    let given = "param all array\n" + Self.app("configuration: { secrets: all }")
    #expect(try await state(rule, given) == [.notAssessed])
    let other = Self.app("configuration: { secrets: [ { name: 'key', value: 'x' } ] }")
    #expect(try await state(rule, other) == [.fail])
  }

  /// The platform's premium ingress takes two nodes of a profile, which then are not idle.
  @Test func nodesOfThePremiumIngressAreNotIdle() async throws {
    func environment(_ ingress: String) -> String {
      """
      resource env 'Microsoft.App/managedEnvironments@2025-02-02-preview' = {
        name: 'shop'
        location: 'westeurope'
        properties: {
          workloadProfiles: [
            { name: 'doors', workloadProfileType: 'D4', minimumCount: 2, maximumCount: 5 }
          ]
          \(ingress)
        }
      }
      """
    }
    let rule = "cost/dedicated-profile-idle"
    let used = environment("ingressConfiguration: { workloadProfileName: 'doors' }")
    #expect(try await state(rule, used) == [.notApplicable])
    #expect(try await state(rule, environment("")) == [.fail])
  }

  /// Dapr calls an app at a port that no ingress shows.
  @Test func portsOfDaprAreStatedPorts() async throws {
    let bicep = Self.app("configuration: { dapr: { enabled: true, appId: 'shop', appPort: 3000 } }")
    let assessment = try await Shop.assess(["main.bicep": bicep])
    let check = assessment.findings.first { $0.rule == "image/no-healthcheck" }
    #expect(check?.message.contains("no port of it is stated") == false)
  }

  /// Container Apps has no setting for a read-only root file system.
  @Test func doesNotAskForSettingsThatThePlatformLacks() async throws {
    let state = try await state("state/writable-root-filesystem", Self.app(""))
    #expect(state.allSatisfy { $0 == .notApplicable })
  }

  /// A module of the public registry is assessed by its parameters, at the place where it is called.
  @Test func modulesOfTheRegistryAreAssessed() async throws {
    let assessment = try await Shop.assess([
      "main.bicep": """
      module acr 'br/public:avm/res/container-registry/registry:0.9.1' = {
        name: 'acr'
        params: { name: 'shopregistry', acrAdminUserEnabled: true }
      }
      module app 'br/public:avm/res/app/container-app:0.14.0' = {
        name: 'app'
        params: {
          name: 'shop'
          environmentResourceId: 'x'
          containers: [
            { name: 'shop', image: '${acr.outputs.loginServer}/shop:latest' }
          ]
        }
      }
      """
    ])
    #expect(assessment.workloads.contains { $0.name == "shop" && $0.disposition == .move })
    let found = assessment.findings.map { "\($0.rule) \($0.location.line)" }
    #expect(found.contains("image/latest-tag 11"))
    // A text written at the call keeps its place; a module's own default stands at the module.
    #expect(found.contains { $0.hasPrefix("iam/azure-registry-admin ") })
    #expect(found.contains("net/aca-allow-insecure 5"))
    #expect(assessment.inputs.map(\.path) == ["main.bicep"])
  }
}
