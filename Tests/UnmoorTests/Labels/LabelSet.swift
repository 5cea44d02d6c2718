import Testing

/// Samples of one check of another tool, and our rules that mean the same.
struct LabelSet: Sendable, CustomStringConvertible {
  /// How the samples say what is right and what is wrong.
  enum Reading: Sendable {
    /// Each file is a sample; `pass` or `success`, `fail` in its path says which.
    case files
    /// The file is one sample, right or wrong.
    case file(isFailing: Bool)
    /// Each folder is a sample: `input` and the objects that `expected.json` names.
    case folders
    /// Each document of a YAML file is a sample if it is of one of these kinds; these names fail.
    case documents(kinds: Set<String>, failing: Set<String>)
    /// Each block of a Terraform file is a sample, known by its type and name or by `pass…`, `fail…`.
    case blocks(passing: [String] = ["pass"], failing: [String] = ["fail"])
    /// Each resource of a CloudFormation template, known by the same.
    case resources(passing: [String] = ["pass"], failing: [String] = ["fail"])
  }

  /// The tool, as it is called in what is printed.
  var source: Source
  /// Below the tool's folder: a folder or a file.
  var path: String
  /// Ours; any of them finding something counts as one finding.
  var rules: Set<String>
  var reading: Reading = .files

  /// Whether every sample is about workloads: one without containers can then not be judged.
  var judgesWorkloads: Bool {
    switch reading {
    case .documents(let kinds, _): kinds == LabelSets.workloads
    case .files, .folders, .file:
      ![.checkovCloudFormation, .cfnNag].contains(source)
        && !rules.contains { $0.hasPrefix("iam/") || $0.hasPrefix("net/") }
    case .blocks, .resources: false
    }
  }

  var description: String { "\(source.rawValue) \(path)" }

  enum Source: String, CaseIterable, Sendable {
    case checkovKubernetes = "Checkov, Kubernetes"
    case checkovDockerfile = "Checkov, Dockerfile"
    case checkovTerraform = "Checkov, Terraform"
    case checkovCloudFormation = "Checkov, CloudFormation"
    case checkovARM = "Checkov, ARM"
    case cfnNag = "cfn_nag"
    case kubeLinter = "kube-linter"
    case polaris = "Polaris"
    case regolibrary = "regolibrary"
    case kics = "KICS"

    /// Where the source's samples lie in the corpus.
    var folders: [String] {
      switch self {
      case .checkovKubernetes:
        ["kubernetes/bridgecrewio__checkov/tests/kubernetes/checks"]
      case .checkovDockerfile:
        [
          "dockerfile/bridgecrewio__checkov/tests/dockerfile/checks",
          "dockerfile/bridgecrewio__checkov/tests/dockerfile/graph_builder/checks/resources",
        ]
      case .checkovTerraform:
        [
          "terraform/bridgecrewio__checkov/tests/terraform/checks/resource/aws",
          "terraform/bridgecrewio__checkov/tests/terraform/checks/resource/azure",
          "terraform/bridgecrewio__checkov/tests/terraform/checks/data/aws",
          "terraform/bridgecrewio__checkov/tests/terraform/graph/checks/resources",
        ]
      case .checkovCloudFormation:
        [
          "cloudformation/bridgecrewio__checkov/tests/cloudformation/checks/resource/aws",
          "cloudformation/bridgecrewio__checkov/tests/cloudformation/graph/checks/resources",
          "ecs/bridgecrewio__checkov/tests/cloudformation/checks/resource/aws",
        ]
      case .checkovARM:
        ["arm/bridgecrewio__checkov/tests/arm/checks/resource"]
      case .cfnNag:
        [
          "cloudformation/stelligent__cfn_nag/spec/test_templates/yaml",
          "cloudformation/stelligent__cfn_nag/spec/test_templates/json",
        ]
      case .kubeLinter: ["kubernetes/stackrox__kube-linter/tests/checks"]
      case .polaris: ["kubernetes/FairwindsOps__polaris/test/checks"]
      case .regolibrary: ["kubernetes/kubescape__regolibrary/rules"]
      case .kics: ["compose/Checkmarx__kics/assets/queries/dockerCompose"]
      }
    }
  }
}
