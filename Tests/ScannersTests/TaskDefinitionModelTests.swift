import DocumentTrees
import Foundation
import Templates
import TestSupport
import Testing
import Workloads

@testable import Scanners

/// Every field that the API has makes a difference, or is left out for a stated reason.
///
/// The oracle is the model of the AWS SDK; `Fixtures/ecs/api-members.json` keeps its names.
@Suite struct TaskDefinitionModelTests {
  struct API: Decodable {
    enum Shape: Decodable {
      case structure([String: String])
      case other([String])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let members = try? container.decode([String: String].self) {
          self = .structure(members)
        } else {
          self = .other(try container.decode([String].self))
        }
      }
    }

    var source: String
    var shapes: [String: Shape]

    func members(_ shape: String) -> [String: String] {
      if case .structure(let members)? = shapes[shape] { members } else { [:] }
    }
  }

  static func api() throws -> API {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/ecs/api-members.json")
    return try JSONDecoder().decode(API.self, from: try Data(contentsOf: file))
  }

  /// Fields that exclude each other are looked at one by one.
  static let volumeKinds: Set = [
    "host", "dockerVolumeConfiguration", "efsVolumeConfiguration", "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration", "configuredAtLaunch",
  ]

  /// Deeper fields that no rule needs, with the reason.
  static let ignoredPaths: [String: String] = [
    "volumeConfigurations.managedEBSVolume": "that there is one is what counts",
    "vpcLatticeConfigurations": "its target group stands for it",
    "loadBalancers.containerName": "which container serves is not asked",
    "loadBalancers.containerPort": "which port serves is not asked",
    "loadBalancers.advancedConfiguration.productionListenerRule": "the listener's own rules tell",
    "loadBalancers.advancedConfiguration.testListenerRule": "the listener's own rules tell",
    "loadBalancers.advancedConfiguration.roleArn": "a role of the service itself",
    "serviceRegistries.port": "the registry itself is what counts",
    "serviceRegistries.containerName": "the registry itself is what counts",
    "serviceRegistries.containerPort": "the registry itself is what counts",
    "capacityProviderStrategy.weight": "which providers there are is what counts",
    "capacityProviderStrategy.base": "which providers there are is what counts",
    "deploymentConfiguration.deploymentCircuitBreaker.rollback": "that it stops is what counts",
    "deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask": "how it counts",
    "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration": "how it counts",
    "deploymentConfiguration.alarms": "which alarms undo a deployment",
    "deploymentConfiguration.strategy": "how a deployment goes",
    "deploymentConfiguration.bakeTimeInMinutes": "how a deployment goes",
    "deploymentConfiguration.lifecycleHooks": "how a deployment goes",
    "deploymentConfiguration.linearConfiguration": "how a deployment goes",
    "deploymentConfiguration.canaryConfiguration": "how a deployment goes",
    "deploymentConfiguration.earlySuccessCriteria": "how a deployment goes",
    "serviceConnectConfiguration.namespace": "that it is on is what counts",
    "serviceConnectConfiguration.services": "that it is on is what counts",
    "serviceConnectConfiguration.logConfiguration": "its log group is followed",
    "serviceConnectConfiguration.accessLogConfiguration": "that it is on is what counts",
    "serviceConnectConfiguration.containerConfigurations": "that it is on is what counts",
    "containerDefinitions.environmentFiles.type": "S3 is the only place for them",
    "proxyConfiguration.type": "App Mesh is the only one",
    "inferenceAccelerators.deviceName": "its type is what counts",
  ]

  // MARK: Samples

  /// A value with everything in it that the shape has, but for some paths.
  static func sample(
    _ shape: String,
    of api: API,
    at path: [String],
    without left: Set<String>,
    volume: String
  ) -> Any? {
    guard let definition = api.shapes[shape] else { return "7" }
    switch definition {
    case .structure(let members):
      var object: [String: Any] = [:]
      for (name, member) in members {
        let here = path + [name]
        if left.contains(here.joined(separator: ".")) { continue }
        if path.last == "volumes", volumeKinds.contains(name), name != volume { continue }
        object[name] = sample(member, of: api, at: here, without: left, volume: volume)
      }
      return object
    case .other(let words):
      switch words[0] {
      case "list":
        let element = sample(words[1], of: api, at: path, without: left, volume: volume)
        return element.map { [$0] } ?? []
      case "map": return ["k": "7"]
      case "integer", "long": return 7
      case "double", "float", "timestamp": return 7.5
      case "boolean": return true
      default:
        // Not what is taken if nothing is stated.
        let others = ["protocol": "udp", "condition": "HEALTHY", "family": "shop"]
        if let last = path.last, let other = others[last] {
          return other
        }
        return words.count > 1 ? words[1] : "7"
      }
    }
  }

  static func paths(_ shape: String, of api: API, at path: [String] = []) -> [[String]] {
    switch api.shapes[shape] {
    case .structure(let members):
      members.sorted { $0.key < $1.key }.flatMap { name, member in
        [path + [name]] + paths(member, of: api, at: path + [name])
      }
    case .other(let words) where words[0] == "list":
      paths(words[1], of: api, at: path)
    default: []
    }
  }

  static func dumped(_ object: Any, type: String) throws -> [String] {
    let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    let text = String(decoding: data, as: UTF8.self)
    // As a text it has one place, so that only values make a difference.
    let origin = Origin(SourceLocation(file: "t.json", line: 1))
    let result = JSONTextDatum.read(Datum(.text(text), origin), limits: DocumentLimits())
    guard case .success(let datum) = result else { return [] }
    var deployment = Deployment(project: "", format: .ecsTaskDefinition)
    deployment.resources = [
      DeclaredResource(type: type, name: "x", address: "x", properties: datum, origin: origin)
    ]
    let read = AWSResources.read(deployment)
    var lines: [String] = []
    dump(read.workloads, into: &lines)
    dump(read.resources, into: &lines)
    #expect(read.notices.filter { $0.kind == .unsupportedField }.isEmpty)
    return lines
  }

  func check(_ shape: String, type: String, ignored: [String: String]) throws {
    let api = try Self.api()
    let ignored = Set(ignored.keys).union(Self.ignoredPaths.keys)
    var checked = 0
    for path in Self.paths(shape, of: api) {
      let name = path.joined(separator: ".")
      let prefixes = path.indices.map { path[...$0].joined(separator: ".") }
      if prefixes.contains(where: ignored.contains) { continue }
      let volume = path.first { Self.volumeKinds.contains($0) } ?? "host"
      // A port or a range of ports, one process model at a time.
      var left: Set<String> = []
      if path.last == "containerPortRange" {
        left.insert((path.dropLast() + ["containerPort"]).joined(separator: "."))
      }
      let whole = Self.sample(shape, of: api, at: [], without: left, volume: volume)
      let part = Self.sample(
        shape,
        of: api,
        at: [],
        without: left.union([name]),
        volume: volume
      )
      let before = try Self.dumped(try #require(whole), type: type)
      let after = try Self.dumped(try #require(part), type: type)
      #expect(!before.isEmpty)
      let isRead = before != after
      #expect(isRead, "\(shape).\(name) makes no difference")
      checked += 1
    }
    print("\(shape): \(checked) fields make a difference (\(api.source))")
  }

  @Test func everyFieldOfATaskDefinitionCounts() throws {
    try check(
      "RegisterTaskDefinitionRequest",
      type: ECSScanner.taskDefinitionType,
      ignored: ECSShapes.taskDefinition.ignored
    )
  }

  @Test func everyFieldOfAServiceCounts() throws {
    try check(
      "CreateServiceRequest",
      type: ECSScanner.serviceType,
      ignored: ECSShapes.service.ignored
    )
  }

  @Test(arguments: [
    ("RegisterTaskDefinitionRequest", "task"), ("TaskDefinition", "task"),
    ("ContainerDefinition", "container"), ("PortMapping", "port"),
    ("LinuxParameters", "linux"), ("Volume", "volume"), ("LogConfiguration", "log"),
    ("HealthCheck", "health"), ("CreateServiceRequest", "service"), ("Service", "service"),
  ])
  func shapesKnowEveryMember(shape: String, ours: String) throws {
    let shapes = [
      "task": ECSShapes.taskDefinition, "container": ECSShapes.container,
      "port": ECSShapes.portMapping, "linux": ECSShapes.linuxParameters,
      "volume": ECSShapes.volume, "log": ECSShapes.logConfiguration,
      "health": ECSShapes.healthCheck, "service": ECSShapes.service,
    ]
    let own = try #require(shapes[ours])
    let members = try Self.api().members(shape)
    #expect(!members.isEmpty)
    for member in members.keys.sorted() {
      #expect(own.knows(member), "\(shape).\(member)")
    }
  }

  /// The kept names are those of the model, where the model itself is at hand.
  @Test func fixtureAgreesWithTheModel() throws {
    struct Model: Decodable {
      struct Shape: Decodable {
        struct Reference: Decodable { var shape: String }
        var members: [String: Reference]?
      }
      var shapes: [String: Shape]
    }
    guard
      let folder = Corpus.folder("ecs/boto__botocore/botocore/data/ecs/2014-11-13"),
      let data = try? Data(contentsOf: folder.appendingPathComponent("service-2.json"))
    else {
      FileHandle.standardError.write(
        Data("*** SKIPPED: botocore's service-2.json is not in the corpus. ***\n".utf8)
      )
      return
    }
    let model = try JSONDecoder().decode(Model.self, from: data)
    let api = try Self.api()
    for (name, shape) in model.shapes where api.shapes[name] != nil {
      guard let members = shape.members else { continue }
      #expect(api.members(name) == members.mapValues(\.shape), "\(name)")
    }
  }
}
