import Templates
import Workloads

/// Managed and connected environments of container apps.
enum EnvironmentReader: AzureResourceReader {
  static let types = ["Microsoft.App/managedEnvironments", "Microsoft.App/connectedEnvironments"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var environment = reading.make(AppEnvironment.kind, declared)
    let logs = properties["appLogsConfiguration"]
    let destination = logs["destination"]
    environment[AppEnvironment.logDestination] =
      destination.isNothing
      ? .known("none", logs.isNothing ? declared.origin : logs.origin)
      : destination.string.map { $0.isEmpty ? "none" : $0.lowercased() }
    let workspace = logs["logAnalyticsConfiguration"]["customerId"]
    if !workspace.isNothing {
      environment.links.append(AzureName.link("log-workspace", workspace, kind: LogGroup.kind))
    }
    let network = properties["vnetConfiguration"]
    let subnet = network["infrastructureSubnetId"]
    if !subnet.isNothing {
      environment[AppEnvironment.subnet] =
        subnet.string.known != nil
        ? subnet.string
        : AzureName.lastSegment(subnet).map { .known($0, subnet.origin) } ?? subnet.string
      environment.links.append(AzureName.link("subnet", subnet, kind: Subnet.kind))
    }
    let access = properties["publicNetworkAccess"].string.map { $0.lowercased() }
    environment[AppEnvironment.isInternal] =
      access.known == "disabled"
      ? .known(true, access.origin) : network["internal"].flag(or: false, declared.origin)
    environment[AppEnvironment.zoneRedundant] = properties["zoneRedundant"].flag(
      or: false,
      declared.origin
    )
    environment[AppEnvironment.workloadProfiles] = properties["workloadProfiles"].elements.map {
      $0["workloadProfileType"].string
    }
    environment[AppEnvironment.mutualTLS] = properties["peerAuthentication"]["mtls"]["enabled"]
      .flag(or: false, declared.origin)
    let insights = properties.first(
      "daprAIConnectionString",
      "daprAIInstrumentationKey",
      "appInsightsConfiguration",
      "openTelemetryConfiguration"
    )
    environment[AppEnvironment.hasAppInsights] =
      insights.isNothing ? .known(false, declared.origin) : .known(true, insights.origin)
    environment[AppEnvironment.telemetry] = telemetry(properties["openTelemetryConfiguration"])
    for profile in properties["workloadProfiles"].elements {
      var part = environment.part(
        WorkloadProfile.kind,
        name: profile["name"].string.known ?? "profile",
        type: "workloadProfile",
        origin: profile.origin.location == nil ? declared.origin : profile.origin
      )
      part[WorkloadProfile.type] = profile["workloadProfileType"].string
      part[WorkloadProfile.minimumCount] = profile["minimumCount"].integer
      part[WorkloadProfile.maximumCount] = profile["maximumCount"].integer
      let ingress = properties["ingressConfiguration"]["workloadProfileName"].string
      part[WorkloadProfile.carriesIngress] =
        ingress.isAbsent
        ? .known(false, part.origin) : ingress.map { $0 == profile["name"].string.known }
      environment.parts.append(part)
    }
    reading.resources.append(environment)
  }

  private static func telemetry(_ configuration: Datum) -> [Value<String>] {
    ["traces", "logs", "metrics"].flatMap { signal in
      configuration["\(signal)Configuration"]["destinations"].strings.map { destination in
        destination.map { "\(signal):\($0)" }
      }
    }
  }
}

/// Dapr components of an environment.
enum DaprComponentReader: AzureResourceReader {
  static let types = [
    "Microsoft.App/managedEnvironments/daprComponents",
    "Microsoft.App/connectedEnvironments/daprComponents",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let resource = component(declared, declared.properties["properties"], reading)
    reading.resources.append(resource)
  }

  static func component(
    _ declared: DeclaredResource,
    _ properties: Datum,
    _ reading: AzureReading
  ) -> Resource {
    var component = reading.make(DaprComponent.kind, declared)
    component[DaprComponent.componentType] = properties["componentType"].string
    component[DaprComponent.objectKind] = .known("Component", declared.origin)
    component[DaprComponent.secretStore] = properties["secretStoreComponent"].filled
    component[DaprComponent.scopes] = properties["scopes"].strings
    for setting in properties["metadata"].elements {
      component.addSetting(setting, value: setting["value"].string)
    }
    for secret in properties["secrets"].elements {
      let value = secret["value"]
      guard let name = secret["name"].string.known, let text = value.string.known, !text.isEmpty
      else { continue }
      var object = component.part(
        SecretObject.kind,
        name: name,
        type: "secret",
        origin: secret.origin
      )
      object[SecretObject.keyName] = .known(name, secret.origin)
      object[SecretObject.value] = value.string
      object[SecretObject.source] = .known(
        value.origin.via.isEmpty ? "literal" : "parameter",
        value.origin
      )
      component.parts.append(object)
    }
    return component
  }
}

/// File shares that an environment makes available to its apps.
enum EnvironmentStorageReader: AzureResourceReader {
  static let types = [
    "Microsoft.App/managedEnvironments/storages", "Microsoft.App/connectedEnvironments/storages",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var storage = reading.make(FileSystem.kind, declared)
    storage[FileSystem.type] = .known("azure-files", declared.origin)
    storage[FileSystem.isEncrypted] = .known(true, declared.origin)
    storage.identifiers.append(.known(storage.name, declared.origin))
    let share = properties.first("azureFile", "nfsAzureFile")
    storage[FileSystem.accessMode] = share["accessMode"].string
    storage[FileSystem.transport] =
      share.isNothing
      ? .absent : .known(properties["azureFile"].isNothing ? "nfs" : "smb", share.origin)
    if !share["accountName"].isNothing {
      storage.links.append(AzureName.link("storage-account", share["accountName"]))
    }
    let key = share["accountKey"]
    if let text = key.string.known, !text.isEmpty {
      var secret = storage.part(
        SecretObject.kind,
        name: "accountKey",
        type: "secret",
        origin: key.origin
      )
      secret[SecretObject.keyName] = .known("accountKey", key.origin)
      secret[SecretObject.value] = key.string
      secret[SecretObject.source] = .known(
        key.origin.via.isEmpty ? "literal" : "parameter",
        key.origin
      )
      storage.parts.append(secret)
    }
    reading.resources.append(storage)
  }
}
