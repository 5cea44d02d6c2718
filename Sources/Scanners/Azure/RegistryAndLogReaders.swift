import Templates
import Workloads

/// Container registries.
enum ContainerRegistryReader: AzureResourceReader {
  static let types = ["Microsoft.ContainerRegistry/registries"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    let policies = properties["policies"]
    var registry = reading.make(Registry.kind, declared)
    registry[Registry.adminUser] = properties["adminUserEnabled"].flag(or: false, declared.origin)
    registry[Registry.isPublic] = properties["anonymousPullEnabled"].flag(
      or: false,
      declared.origin
    )
    registry[Registry.publicNetwork] = AzureNetworkAccess.isPublic(properties, declared.origin)
    registry[Registry.sku] = declared.properties["sku"]["name"].string
    let key = properties["encryption"]["status"]
    registry[Registry.isEncrypted] =
      key.isNothing ? .known(false, declared.origin) : key.isEnabled
    let retention = policies["retentionPolicy"]["status"]
    registry[Registry.hasLifecycle] =
      retention.isNothing ? .known(false, declared.origin) : retention.isEnabled
    let quarantine = policies["quarantinePolicy"]["status"]
    if !quarantine.isNothing { registry[Registry.scanOnPush] = quarantine.isEnabled }
    reading.resources.append(registry)
  }
}

/// Plans of Microsoft Defender: one of them scans images.
enum SecurityPricingReader: AzureResourceReader {
  static let types = ["Microsoft.Security/pricings"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let name = declared.properties["name"].string
    let plans = ["containers", "containerregistry", "cloudposture"]
    guard let plan = name.known?.lowercased() else {
      if let reason = name.unknownReason, reading.registryScanning.known == nil {
        reading.registryScanning = .unknown(reason, declared.origin)
      }
      return
    }
    guard plans.contains(plan) else { return }
    let tier = declared.properties["properties"]["pricingTier"].string
    let isOn = tier.map { $0.lowercased() == "standard" }
    if reading.registryScanning.known != true { reading.registryScanning = isOn }
  }
}

/// Log Analytics workspaces.
enum LogWorkspaceReader: AzureResourceReader {
  static let types = ["Microsoft.OperationalInsights/workspaces"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var group = reading.make(LogGroup.kind, declared)
    // The default of the platform.
    group[LogGroup.retentionDays] = properties["retentionInDays"].integer(or: 30, declared.origin)
    let cap = properties["workspaceCapping"]["dailyQuotaGb"]
    if !cap.isNothing {
      // -1 stands for no cap.
      let number = cap.number
      group[LogGroup.dailyCap] = number.known.map { $0 < 0 } == true ? .absent : number
    }
    group[LogGroup.isEncrypted] = .known(true, declared.origin)
    reading.resources.append(group)
  }
}

/// What of a resource is logged, and where to.
enum DiagnosticSettingsReader: AzureResourceReader {
  static let types = ["Microsoft.Insights/diagnosticSettings"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    let properties = declared.properties["properties"]
    var destination = reading.make(LogDestination.kind, declared)
    let targets: [(String, String)] = [
      ("workspaceId", "log-analytics"), ("storageAccountId", "storage"),
      ("eventHubAuthorizationRuleId", "event-hub"), ("marketplacePartnerId", "partner"),
    ]
    let used = targets.filter { !properties[$0.0].isNothing }
    if let first = used.first {
      destination[LogDestination.destination] = .known(
        used.map(\.1).joined(separator: ","),
        properties[first.0].origin
      )
    }
    if !properties["workspaceId"].isNothing {
      destination.links.append(
        AzureName.link("log-workspace", properties["workspaceId"], kind: LogGroup.kind)
      )
    }
    let scope = declared.properties["scope"]
    destination.links.append(AzureName.link("target", scope))
    reading.resources.append(destination)
  }
}

/// Application Insights.
enum AppInsightsReader: AzureResourceReader {
  static let types = ["Microsoft.Insights/components"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var destination = reading.make(LogDestination.kind, declared)
    destination[LogDestination.destination] = .known("application-insights", declared.origin)
    let workspace = declared.properties["properties"]["WorkspaceResourceId"]
    if !workspace.isNothing {
      destination.links.append(AzureName.link("log-workspace", workspace, kind: LogGroup.kind))
    }
    reading.resources.append(destination)
  }
}
