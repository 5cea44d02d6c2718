import Templates
import Workloads

/// Certificates that somebody brings to an environment.
enum EnvironmentCertificateReader: AzureResourceReader {
  static let types = [
    "Microsoft.App/managedEnvironments/certificates",
    "Microsoft.App/connectedEnvironments/certificates",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var certificate = reading.make(ManagedSecret.kind, declared)
    let vault = properties["certificateKeyVaultProperties"]
    certificate[ManagedSecret.store] = .known(
      vault.isNothing ? "environment" : "key-vault",
      declared.origin
    )
    // A certificate ends with its own date, and a vault renews it.
    certificate[ManagedSecret.expires] = .known(true, declared.origin)
    certificate[ManagedSecret.rotates] = .known(!vault.isNothing, declared.origin)
    let password = properties["password"]
    let isLiteral = password.string.known?.isEmpty == false && password.origin.via.isEmpty
    certificate[ManagedSecret.hasLiteralValue] = .known(isLiteral, password.origin)
    if isLiteral { certificate[ManagedSecret.literalValue] = password.string }
    if !vault.isNothing { certificate.links += AzureName.vaultLinks(vault["keyVaultUrl"]) }
    reading.resources.append(certificate)
  }
}

/// Rules that send requests of one host to several apps.
enum RouteConfigurationReader: AzureResourceReader {
  static let types = ["Microsoft.App/managedEnvironments/httpRouteConfigs"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var route = reading.make(Ingress.kind, declared)
    route[Ingress.ingressClass] = .known("azure", declared.origin)
    route[Ingress.transport] = .known("http", declared.origin)
    route[Ingress.hosts] = properties["customDomains"].elements.map { $0["name"].string }
    // The platform's own certificate covers the host that it gives out.
    route[Ingress.hasTLS] = .known(true, declared.origin)
    for rule in properties["rules"].elements {
      for target in rule["targets"].elements {
        route.links.append(AzureName.link("route-target", target["containerApp"]))
      }
    }
    reading.resources.append(route)
  }
}

/// Who may come in: the sign-in that the platform asks for before an app sees a request.
enum SignInReader: AzureResourceReader {
  static let types = ["Microsoft.App/containerApps/authConfigs"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    let isOn = properties["platform"]["enabled"].flag
    let action = properties["globalValidation"]["unauthenticatedClientAction"].string
    let refuses = action.map { $0.lowercased() != "allowanonymous" }
    reading.signIns.append(
      (
        declared.parent.map { [$0] } ?? declared.properties["app"].references.map(\.address),
        isOn.known == false ? isOn : refuses
      )
    )
  }
}
