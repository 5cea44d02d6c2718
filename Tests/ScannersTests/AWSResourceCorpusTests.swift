import DocumentTrees
import Foundation
import TestSupport
import Testing
import Workloads

@testable import Scanners

/// Real files: every task definition in them becomes a workload, with what stands around it.
@Suite struct AWSResourceCorpusTests {
  /// All that one file holds, read as its format asks.
  static func read(_ file: URL) -> (format: FileFormat, result: ScanResult)? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    let bytes = Array(data)
    let name = file.lastPathComponent
    var documents: [DocumentTree] = []
    if name.hasSuffix(".json") {
      guard let document = try? JSONReader.document(in: bytes) else { return nil }
      documents = [document]
    } else {
      guard let stream = try? YAMLReader.documents(in: bytes) else { return nil }
      documents = stream.documents
    }
    let roots = documents.compactMap(\.root)
    guard
      let format = roots.lazy.compactMap({ Recognition.format(of: $0, name: name) }).first
    else { return nil }
    let found = DiscoveredFile(path: name, format: format, bytes: bytes, documents: documents)
    let context = ScanContext(
      files: MemoryFiles([name: String(decoding: bytes, as: UTF8.self)]),
      limits: DocumentLimits(),
      builds: StubBuilds()
    )
    switch format {
    case .ecsTaskDefinition: return (format, ECSScanner().scan([found], in: context))
    case .cloudFormation: return (format, CloudFormationScanner().scan([found], in: context))
    default: return nil
    }
  }

  static func text(_ file: URL) -> String {
    (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// Lines that say nothing but that their resource is a task definition.
  static func declarations(in text: String) -> Int {
    text.components(separatedBy: .newlines).count { line in
      let plain = line.filter { !" \t\"',".contains($0) }
      return plain == "Type:AWS::ECS::TaskDefinition"
    }
  }

  @Test func everyTaskDefinitionOfTheCorpusIsRead() throws {
    var definitions = 0
    var files = 0
    for name in ["ecs", "cloudformation"] {
      guard let folder = Corpus.folder(name) else { return }
      let wanted: Set = ["json", "yaml", "yml", "template"]
      for file in Corpus.files(below: folder, where: { wanted.contains($0.pathExtension) }) {
        guard let (format, result) = Self.read(file) else { continue }
        files += 1
        let text = Self.text(file)
        let expected =
          format == .cloudFormation
          ? Self.declarations(in: text)
          : text.matches(of: /"containerDefinitions"\s*:/).count
        let found = result.workloads.filter { $0.kind == "task definition" }
        #expect(found.count == expected, "\(file.path)")
        definitions += found.count
        for workload in found { #expect(!workload.containers.isEmpty || !result.notices.isEmpty) }
      }
    }
    print("\(files) files with \(definitions) task definitions were read")
    #expect(definitions > 30)
  }

  /// What a reader sees in `ECS_Schedule_Example.yaml` of AWS's own samples.
  @Test func theScheduleExampleIsUnderstood() throws {
    guard
      let folder = Corpus.folder("ecs/aws-cloudformation__aws-cloudformation-templates/ECS")
    else { return }
    let file = folder.appendingPathComponent("ECS_Schedule_Example.yaml")
    let result = try #require(Self.read(file)).result
    let workload = try #require(result.workloads.first { $0.kind == "task definition" })
    #expect(workload.name == "TaskDefinition")
    #expect(
      workload.containers.map { "\($0.name) \($0.role.rawValue)" } == [
        "simple-app main", "busybox sidecar",
      ]
    )
    #expect(workload.replicas.known == 1)
    // A service keeps it running; the rule of events only adds runs.
    #expect(workload.schedule.isAbsent)
    #expect(workload.scaling?.minimum.known == 1)
    #expect(workload.scaling?.maximum.known == 2)
    #expect(workload.scaling?.triggers.map(\.shown) == ["external"])
    #expect(workload.volumesFrom.map(\.shown) == ["simple-app"])
    let prefix = "ECS_Schedule_Example.yaml#"
    #expect(
      workload.attachments.map { $0.replacingOccurrences(of: prefix, with: "") } == [
        "autoscaler ServiceScalingTarget", "cluster ECSCluster", "listener ALBListener",
        "load-balancer ECSALB", "log-group CloudwatchLogsGroup",
        "scheduled-run ECSScheduledTask", "security-group EcsSecurityGroup", "service Service",
        "target-group ECSTG",
      ]
    )
    let group = try result.resource(prefix + "EcsSecurityGroup")
    #expect(group[SecurityGroup.use].known == "load-balancer")
    #expect(group[SecurityGroup.statesEgress].known == false)
    #expect(
      group.parts.map { "\($0[NetworkRule.fromPort].shown) \($0[NetworkRule.peers].map(\.shown))" }
        == [
          #"80 ["0.0.0.0/0"]"#, #"22 ["192.168.1.0/0"]"#,
          #"31000 ["group:\#(prefix)EcsSecurityGroup"]"#,
        ]
    )
    let listener = try result.resource(prefix + "ALBListener")
    #expect(listener[Listener.isInternal].known == false)
    #expect(listener[Listener.redirectsToHTTPS].known == false)
    // What the API takes for targets if nothing is stated.
    #expect(try result.resource(prefix + "ECSTG")[TargetGroup.targetType].known == "instance")
  }
}
