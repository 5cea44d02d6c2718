import DocumentTrees
import Templates
import Workloads

/// Container apps.
enum ContainerAppReader: AzureResourceReader {
  static let types = ["Microsoft.App/containerApps"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var reader = ContainerAppBody(declared, kind: "container app", reading)
    reader.read()
    reader.finish(into: &reading)
  }
}

/// Jobs of container apps.
enum ContainerJobReader: AzureResourceReader {
  static let types = ["Microsoft.App/jobs"]

  static func read(_ declared: DeclaredResource, into reading: inout AzureReading) {
    var reader = ContainerAppBody(declared, kind: "job", reading)
    reader.readJob()
    reader.finish(into: &reading)
  }
}

/// Reads the body of one app or job; each concern has a file of its own.
struct ContainerAppBody {
  let declared: DeclaredResource
  let body: Datum
  let properties: Datum
  let configuration: Datum
  let template: Datum
  let reading: AzureReading
  var workload: Workload
  var resources: [Resource] = []
  var notices: [(Notice.Kind, SourceLocation?, String)] = []
  /// Volumes by name.
  var volumes: [String: Datum] = [:]

  init(_ declared: DeclaredResource, kind: String, _ reading: AzureReading) {
    self.declared = declared
    self.reading = reading
    body = declared.properties
    properties = body["properties"]
    configuration = properties["configuration"]
    template = properties["template"]
    workload = reading.makeWorkload(declared, kind: kind)
  }

  mutating func read() {
    ContainerAppFields.check(body, ContainerAppFields.app, "", &self)
    readCommon()
    readIngress()
    readScale()
    readDapr()
    workload.stopGracePeriod = template["terminationGracePeriodSeconds"].seconds
    addSettings("activeRevisionsMode", configuration["activeRevisionsMode"])
    addSettings("maxInactiveRevisions", configuration["maxInactiveRevisions"])
    addSettings("revisionSuffix", template["revisionSuffix"])
    addSettings("service", configuration["service"])
    addSettings("runtime", configuration["runtime"])
    addSettings("identitySettings", configuration["identitySettings"])
    addSettings("kind", body["kind"])
    for bind in template["serviceBinds"].elements {
      addSettings("serviceBinds", bind)
      workload.resourceLinks.append(AzureName.link("service-bind", bind["serviceId"]))
    }
  }

  /// What apps and jobs share.
  mutating func readCommon() {
    let environment = properties.first("environmentId", "managedEnvironmentId")
    if !environment.isNothing {
      workload.resourceLinks.append(
        AzureName.link("environment", environment, kind: AppEnvironment.kind)
      )
    }
    workload.workloadProfile = properties["workloadProfileName"].filled
    readVolumes()
    readContainers()
    readSecrets()
    readRegistries()
    readIdentity()
  }

  func finish(into reading: inout AzureReading) {
    var workload = workload
    workload.resources += resources
    for (kind, location, message) in notices { reading.notice(kind, location, message) }
    reading.add(workload)
  }

  /// Keeps a field as text, the parts of mappings and lists each for themselves.
  mutating func addSettings(_ name: String, _ value: Datum, depth: Int = 0) {
    guard !value.isNothing, depth < 16, workload.settings.count < 1000 else { return }
    if value.isObject {
      for entry in value.entries {
        addSettings("\(name).\(entry.key)", entry.value, depth: depth + 1)
      }
    } else if value.isList {
      for element in value.elements { addSettings(name, element, depth: depth + 1) }
    } else {
      workload.settings.append(NamedValue(name, value.string, value.origin))
    }
  }

  mutating func readDapr() {
    let dapr = configuration["dapr"]
    guard !dapr.isNothing else { return }
    addSettings("dapr", dapr)
    // Components name the apps that may use them by this id.
    if let id = dapr["appId"].string.known {
      workload.identifiers.append(.known("dapr-app:\(id)", dapr["appId"].origin))
    }
  }
}
