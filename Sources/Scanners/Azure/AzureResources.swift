package import DocumentTrees
package import Templates
internal import Workloads

/// Reads what a deployment declares on Azure, whatever language declares it.
///
/// ARM templates and Bicep files give the bodies that Azure's interface takes; what Terraform calls
/// `azurerm_…` is first respelled into them, so that every type has one reader.
package enum AzureResources {
  /// Every reader; a new family of types is a file and a line here.
  private static let readers: [any AzureResourceReader.Type] = [
    ContainerAppReader.self, ContainerJobReader.self, EnvironmentReader.self,
    DaprComponentReader.self, EnvironmentStorageReader.self, EnvironmentCertificateReader.self,
    RouteConfigurationReader.self, SignInReader.self,
    UserIdentityReader.self, RoleAssignmentReader.self, RoleDefinitionReader.self,
    KeyVaultReader.self, VaultSecretReader.self, VaultKeyReader.self, VaultPolicyReader.self,
    ContainerRegistryReader.self, SecurityPricingReader.self,
    LogWorkspaceReader.self, DiagnosticSettingsReader.self, AppInsightsReader.self,
    AzureNetworkReader.self, AzureSubnetReader.self, NetworkGroupReader.self,
    NetworkGroupRuleReader.self, GroupAssociationReader.self, AzureEndpointReader.self,
    StorageAccountReader.self, FileShareReader.self, AzureBalancerReader.self,
    AzureDatabaseReader.self, DatabaseFirewallReader.self, DatabaseSettingReader.self,
    ConfigurationStoreReader.self, ConfigurationValueReader.self,
  ]

  private static let byType = Dictionary(
    readers.flatMap { reader in reader.types.map { ($0.lowercased(), reader) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// Whether a type is read here: `Microsoft.App/containerApps`, `azurerm_container_app`.
  package static func handles(_ type: String) -> Bool {
    byType[type.lowercased()] != nil || TerraformAzure.handles(type)
  }

  /// Workloads and resources of a deployment, joined as far as the deployment itself tells.
  ///
  /// Notices of the language are not repeated, and inputs are left to whoever read the files.
  package static func read(
    _ deployment: Deployment,
    limits: DocumentLimits = DocumentLimits()
  ) -> ScanResult {
    var reading = AzureReading(deployment)
    for declared in reading.deployment.resources where declared.isDeclared.known != false {
      for body in TerraformAzure.bodies(of: declared, &reading, limits) {
        if let reader = byType[body.type.lowercased()] {
          reader.read(body, into: &reading)
        } else {
          reading.noteUnread(body)
        }
      }
    }
    AzureJoins.join(&reading)
    var result = ScanResult()
    result.workloads = reading.workloads
    result.resources = reading.resources
    result.notices = reading.notices
    return result
  }
}

/// Reads resources of some types.
protocol AzureResourceReader: SendableMetatype {
  /// Types as Azure writes them; they match in any case.
  static var types: [String] { get }
  static func read(_ declared: DeclaredResource, into reading: inout AzureReading)
}
