import DocumentTrees
import Scanners
import Testing
import Workloads

/// Templates from the file to the model.
@Suite struct CloudFormationScannerTests {
  private func scan(_ files: [String: String]) async -> (Discovery.Outcome, ScanResult) {
    let memory = MemoryFiles(files)
    let limits = DocumentLimits()
    let found = await Discovery(files: memory, limits: limits).discover(paths: files.keys.sorted())
    let context = ScanContext(
      files: memory,
      limits: limits,
      builds: DockerfileScanner(files: memory, limits: limits)
    )
    let own = found.files.filter { $0.format == .cloudFormation }
    return (found, CloudFormationScanner().scan(own, in: context))
  }

  @Test func taskDefinitionsBecomeWorkloads() async throws {
    let (_, result) = await scan([
      "cdk.out/Shop.template.json": """
      {"Parameters": {"Tag": {"Type": "String", "Default": "1.4"}},
       "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
       "Resources": {
         "Web4F2": {"Type": "AWS::ECS::TaskDefinition",
           "Metadata": {"aws:cdk:path": "Shop/Web/Resource"},
           "Properties": {"Family": "web", "ContainerDefinitions": [
             {"Name": "web", "Image": {"Fn::Sub": "registry.example/web:${Tag}"}}]}},
         "Unmade": {"Type": "AWS::ECS::TaskDefinition", "Condition": "Never",
           "Properties": {"ContainerDefinitions": [{"Name": "x", "Image": "x"}]}}}}
      """
    ])
    #expect(result.workloads.count == 1)
    let workload = try #require(result.workloads.first)
    #expect(workload.format == .cloudFormation)
    #expect(workload.project == "cdk.out/Shop.template.json")
    #expect(workload.containers.map(\.name) == ["web"])
    #expect(workload.containers.first?.image.known?.text == "registry.example/web:1.4")
    #expect(result.inputs["cdk.out/Shop.template.json"]?.state == .read)
  }

  @Test func parametersWithTextsAreListed() async throws {
    let (_, result) = await scan([
      "t.yaml": """
      AWSTemplateFormatVersion: "2010-09-09"
      Parameters:
        DbPassword: {Type: String, Default: hunter2-swordfish}
        Token: {Type: String, NoEcho: true, Default: changeme}
        Port: {Type: Number, Default: 80}
        Open: {Type: String}
        List: {Type: CommaDelimitedList, Default: "a,b"}
      Resources: {}
      """
    ])
    let objects = result.resources.filter { $0.kind == ConfigObject.kind }
    #expect(objects.map(\.name) == ["DbPassword", "Token"])
    #expect(objects.map { $0[ConfigObject.isProtected].known } == [false, true])
    #expect(objects.first?[ConfigObject.value].known == "hunter2-swordfish")
    #expect(objects.first?[ConfigObject.value].location?.range.start.line == 3)
    #expect(objects.first?[ConfigObject.objectKind].known == "parameter")
  }

  @Test func templatesAreRecognised() async {
    let resources = #""Resources": {"Q": {"Type": "AWS::SQS::Queue"}}"#
    let (found, _) = await scan([
      // With a tab and an escape that libyaml does not take.
      "json.template": "{\t\"Description\": \"\\ud83d\\ude00\",\n\t\(resources)}",
      "yaml.template": "Resources:\n  Q: {Type: AWS::SQS::Queue}\n",
      "bare.yaml": "Resources:\n  Q: {Type: AWS::SQS::Queue}\n",
      "bare.json": "{\(resources)}",
      "loop.yaml":
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A: [A, [x], {}]\n",
      "other.yaml": "Resources:\n  Q: {Type: queue}\n",
    ])
    let known = found.files.filter { $0.format == .cloudFormation }.map(\.path)
    #expect(known == ["bare.json", "bare.yaml", "json.template", "loop.yaml", "yaml.template"])
    #expect(found.notices.isEmpty)
  }
}
