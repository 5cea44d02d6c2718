import DocumentTrees
import Workloads

/// A workload with what the catalogue says of it, ready for rules.
///
/// Classes, because rules hand these around by the thousand and the model's structs are large.
final class WorkloadFacts: Sendable {
  let workload: Workload
  let decision: DispositionDecision
  let containers: [ContainerFacts]
  let resources: [ResourceFacts]
  /// Names of the volumes that another workload of the project mounts too.
  let sharedVolumes: [String]
  /// Those of them that another workload writes to.
  let cowrittenVolumes: [String]
  /// Names of all workloads of the project, its own among them.
  let projectWorkloads: [String]
  /// Where the project begins: what one change mends for all of it is said there.
  let projectPlace: Origin

  init(
    workload: Workload,
    decision: DispositionDecision,
    containers: [ContainerFacts],
    iam: IAMKnowledge,
    sharedVolumes: [String],
    cowrittenVolumes: [String],
    projectWorkloads: [String],
    projectPlace: Origin
  ) {
    self.workload = workload
    self.decision = decision
    self.containers = containers
    resources = workload.resources.map { ResourceFacts($0, iam: iam) }
    self.sharedVolumes = sharedVolumes
    self.cowrittenVolumes = cowrittenVolumes
    self.projectWorkloads = projectWorkloads
    self.projectPlace = projectPlace
  }
}

/// A container with what the catalogue says of its image.
final class ContainerFacts: Sendable {
  let container: Container
  let variables: [VariableFacts]
  let mounts: [MountFacts]
  let stages: [StageFacts]
  let base: Value<BaseImageFact>
  let runsAsRoot: Value<Bool>

  init(_ container: Container, catalogue: Catalogue, detector: SecretDetector) {
    self.container = container
    variables = container.variables.map { VariableFacts($0, detector: detector) }
    mounts = container.mounts.map { MountFacts($0, in: container) }
    stages = (container.build?.stages.known ?? []).map { StageFacts($0, catalogue: catalogue) }
    base = Self.base(of: container, stages: stages, catalogue: catalogue)
    runsAsRoot = Self.rootness(of: container, catalogue: catalogue)
  }

  /// What is known of the image that the container's file system begins with.
  private static func base(
    of container: Container,
    stages: [StageFacts],
    catalogue: Catalogue
  ) -> Value<BaseImageFact> {
    if let build = container.build {
      if let reason = build.stages.unknownReason { return .unknown(reason, build.origin) }
      if let final = stages.last { return final.base }
    }
    return StageFacts.look(up: container.image, in: catalogue)
  }

  /// Joins the effective user with what is known of the base image.
  private static func rootness(
    of container: Container,
    catalogue: Catalogue
  ) -> Value<Bool> {
    switch container.user.state {
    case .known(let user):
      let name = user.split(separator: ":").first.map(String.init) ?? user
      return .known(name == "root" || name == "0" || name.isEmpty, container.user.origin)
    case .unknown(let reason):
      return .unknown(reason, container.user.origin)
    case .absent:
      break
    }
    // Which user it is stays open, but a platform that refuses root will not start it as that.
    if container.mustRunAsNonRoot.known == true {
      return .known(false, container.mustRunAsNonRoot.origin)
    }
    // Without a USER anywhere, the image that everything begins with decides.
    let image = container.build?.finalStage?.base ?? container.image
    switch image.state {
    case .known(let reference):
      guard let nonRoot = catalogue.runsAsNonRoot(reference) else {
        return .unknown("the user of image \(reference.text) is not known", image.origin)
      }
      return .known(!nonRoot, image.origin)
    case .unknown(let reason): return .unknown(reason, image.origin)
    case .absent: return .unknown("the image is not known", image.origin)
    }
  }
}

/// A stage with what the catalogue says of its base.
final class StageFacts: Sendable {
  let stage: BuildStage
  let base: Value<BaseImageFact>

  init(_ stage: BuildStage, catalogue: Catalogue) {
    self.stage = stage
    base = Self.look(up: stage.base, in: catalogue)
  }

  static func look(
    up image: Value<ImageReference>,
    in catalogue: Catalogue
  ) -> Value<BaseImageFact> {
    if let reason = image.known?.unknownTag { return .unknown(reason, image.origin) }
    return image.map(orUnknown: "the image is not in the catalogue of base images") {
      catalogue.baseImage($0)
    }
  }
}

/// A mount with what it is for.
final class MountFacts: Sendable {
  let mount: Mount
  let purpose: Value<String>

  init(_ mount: Mount, in container: Container) {
    self.mount = mount
    purpose = MountPurpose.of(mount, in: container)
  }
}

/// A variable with the verdict on its value.
final class VariableFacts: Sendable {
  let variable: Variable
  let secret: Value<SecretVerdict>

  init(_ variable: Variable, detector: SecretDetector) {
    self.variable = variable
    secret = variable.value.map { detector.classify(name: variable.name, value: $0) }
  }
}
