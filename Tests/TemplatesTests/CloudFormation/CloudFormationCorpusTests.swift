import DocumentTrees
import Foundation
import Templates
import TestSupport
import Testing
import Workloads

/// Every CloudFormation template of the corpus is evaluated.
@Suite struct CloudFormationCorpusTests {
  /// Mistakes of the files themselves, each looked up by hand.
  private static let faults: [String: Set<String>] = {
    let lambda = "stelligent__cfn_nag/spec/test_templates/yaml/lambda_function/"
    let lists = [
      "lambda_with_cloudwatch_logs_managed_policy", "lambda_with_cloudwatch_logs_permission",
      "lambda_with_lambda_basic_managed_policy", "lambda_with_managed_policies",
      "lambda_with_other_managed_policies", "lambda_without_cloudwatch_logs_permission",
    ]
    // The lines of code are arguments of Fn::Join instead of a list in its second one.
    var faults = Dictionary(
      uniqueKeysWithValues: lists.map {
        (lambda + $0 + ".yaml", Set(["12: Fn::Join needs a delimiter and a list."]))
      }
    )
    faults[lambda + "lambda_with_role_elsewhere.yaml"] = [
      "17: Fn::Join needs a delimiter and a list."
    ]
    // A module of Rain, which names resources of those who use it.
    faults["aws-cloudformation__aws-cloudformation-templates/RainModules/api-resource.yml"] = [
      missing(65, "RestApi")
    ]
    // Cut down for tests of other tools, without what they refer to.
    let checkov = "bridgecrewio__checkov/tests/cloudformation/"
    let credentials = checkov + "checks/resource/aws/example_LambdaEnvironmentCredentials/"
    faults[credentials + "PASS.yaml"] = [missing(52, "MySuperCoolFortyCharLongStateMachineeeee")]
    faults[credentials + "PASS2.yaml"] = [missing(8, "LambdaExecutionRole")]
    faults[checkov + "image_referencer/resources/aws/codebuild.yaml"] = [missing(9, "ServiceRole")]
    let buckets = "stelligent__cfn_nag/spec/test_templates/yaml/s3/"
    faults[buckets + "bucket_with_no_policy.yml"] = [missing(10, "PreviousLifeCycle")]
    // `!Ref ${AWS::AccountId}` is a Sub written as a Ref.
    faults[buckets + "bucket_with_non_literal_policy.yml"] = [
      missing(5, "hello"), missing(14, "${AWS::AccountId}"), missing(17, "LambdaBucket"),
    ]
    return faults
  }()

  private static func missing(_ line: Int, _ name: String) -> String {
    "\(line): The template has no parameter or resource named \(name)."
  }

  @Test func everyTemplateIsEvaluated() throws {
    guard let folder = Corpus.folder("cloudformation") else { return }
    var files: [String: [UInt8]] = [:]
    var templates: [CloudFormationTemplate] = []
    var expected: [String: Set<String>] = [:]
    for file in Corpus.files(below: folder) {
      let path = String(file.path.dropFirst(folder.path.count + 1))
      let bytes = Array(try Data(contentsOf: file))
      files[path] = bytes
      guard let root = Self.root(path, bytes), let resources = root["Resources"],
        root["AWSTemplateFormatVersion"] != nil || root["Transform"] != nil
          || resources.entries.contains(where: { $0.value["Type"]?.text.contains("::") == true })
      else { continue }
      templates.append(CloudFormationTemplate(path: path, root: root))
      // Counted here without the reader: whatever is no function must be listed.
      // The types that Rain puts in are seen as such by their tag or by being mappings.
      let plain = resources.entries.filter { entry in
        guard let type = entry.value["Type"] else { return false }
        return type.isScalar && type.tag == nil && !entry.key.text.hasPrefix("Fn::")
      }
      expected[path] = Set(plain.map(\.key.text))
    }
    #expect(templates.count > 600)
    let reader = CloudFormationReader(files: MemoryFiles(bytes: files))
    let deployments = reader.deployments(of: templates)
    #expect(Set(deployments.map(\.project)) == Set(templates.map(\.path)))
    for deployment in deployments {
      let listed = Set(
        deployment.resources.map { String($0.address.split(separator: "#").last ?? "") }
      )
      let missing = (expected[deployment.project] ?? []).subtracting(listed)
      #expect(missing.isEmpty, "\(deployment.project) lacks \(missing.sorted())")
      let found = Set(
        deployment.notices.filter { $0.kind == .invalidValue }
          .map { "\($0.location.range.start.line): \($0.message)" }
      )
      #expect(found == Self.faults[deployment.project] ?? [], "\(deployment.project)")
    }
    let kinds = deployments.flatMap(\.notices).map(\.kind.rawValue)
    let counts = Dictionary(grouping: kinds, by: { $0 }).mapValues(\.count)
    print("CloudFormation: \(deployments.count) templates,", counts)
    #expect(counts["limit"] == nil)
    // Modules of Rain as types, and its tags.
    #expect(counts["unsupported-field"] == 35)
  }

  private static func root(_ path: String, _ bytes: [UInt8]) -> Node? {
    if path.hasSuffix(".json") {
      return (try? JSONReader.document(in: bytes))?.root
    }
    return (try? YAMLReader.documents(in: bytes))?.documents.first?.root
  }
}
