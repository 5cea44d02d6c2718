import DocumentTrees
package import Workloads

/// Decides what becomes of each workload, from the catalogue and the evidence in its definition.
package struct DispositionRules: Sendable {
  let catalogue: Catalogue

  package init(catalogue: Catalogue) { self.catalogue = catalogue }

  /// The decisions for all workloads, in their order.
  package func decisions(for estate: Estate) -> [DispositionDecision] {
    let summaries = ProjectSummary.summaries(of: estate, catalogue: catalogue)
    return estate.workloads.map { workload in
      decide(workload, summary: summaries[ProjectSummary.Key(workload)] ?? ProjectSummary())
    }
  }

  /// The decision for one workload; `decisions(for:)` is cheaper for all of them.
  package func decide(_ workload: Workload, in estate: Estate) -> DispositionDecision {
    var summary = ProjectSummary()
    for other in estate.workloads
    where other.project == workload.project && other.format == workload.format {
      summary.add(other, catalogue)
    }
    return decide(workload, summary: summary)
  }

  private func decide(_ workload: Workload, summary: ProjectSummary) -> DispositionDecision {
    if workload.isInfrastructure {
      return DispositionDecision(
        .infrastructure,
        "it describes what stands around workloads and runs nothing itself",
        evidence: [workload.location]
      )
    }
    if let other = workload.deployedDefinition {
      let place = "\(other.location.file):\(other.location.range.start.line)"
      return DispositionDecision(
        workload.isRepeated ? .duplicate : .localOnly,
        workload.isRepeated
          ? "\(place) is judged for it: \(other.reason)"
          : "\(place) defines the same workload for deployment: \(other.reason)",
        evidence: [workload.location, other.location]
      )
    }
    if let decision = decideByName(workload) ?? decideByProvider(workload) { return decision }
    // Containers that prepare or accompany others say nothing about what the workload is.
    let main = workload.containers.filter { $0.role == .main }
    let decisions = main.map { decide($0, of: workload, summary: summary) }
    // It stays together: what moves takes the others along, then the rarest replacement decides.
    for disposition in [Disposition.move, .externalise, .absorb, .localOnly] {
      if let decision = decisions.first(where: { $0.disposition == disposition }) {
        return decision
      }
    }
    return DispositionDecision(.move, "nothing says what it is", evidence: [workload.location])
  }

  /// By profiles and by the Dockerfile's name, which count more than the image.
  private func decideByName(_ workload: Workload) -> DispositionDecision? {
    if DevelopmentNames.areAllForDevelopment(workload.profiles) {
      let names = workload.profiles.compactMap(\.known).sorted()
      let noun = names.count == 1 ? "profile" : "profiles"
      return DispositionDecision(
        .localOnly,
        "it starts only with the \(noun) \(names.joined(separator: ", "))",
        evidence: workload.profiles.compactMap(\.location) + [workload.location]
      )
    }
    if workload.kind == "Dockerfile",
      DevelopmentNames.isDevelopmentDockerfile(workload.location.file)
    {
      let file = workload.location.file.split(separator: "/").last ?? ""
      return DispositionDecision(
        .localOnly,
        "nothing runs the Dockerfile, and its name \(file) says development or test",
        evidence: [workload.location]
      )
    }
    return nil
  }

  /// What Compose has another program supply is no container, whatever it is called.
  private func decideByProvider(_ workload: Workload) -> DispositionDecision? {
    let settings = workload.containers.lazy.flatMap(\.settings)
    guard let provider = settings.first(where: { $0.name == "provider.type" }) else { return nil }
    let name = provider.value.known.map { "the provider \($0)" } ?? "a provider"
    return DispositionDecision(
      .externalise,
      "\(name) supplies it from outside the project",
      evidence: [provider.origin.location ?? workload.location]
    )
  }

  private func decide(
    _ container: Container,
    of workload: Workload,
    summary: ProjectSummary
  ) -> DispositionDecision {
    guard let image = ContainerImage(container) else {
      return decideWithoutImage(container, of: workload)
    }
    let evidence = [image.location ?? workload.location]
    guard let match = catalogue.component(of: image.reference) else {
      return decideByData(container, of: workload, image: image)
    }
    switch match.component {
    case .stateful(let service):
      return decide(service, match, container, of: workload, image: image, evidence: evidence)
    case .platform(let service):
      if service.role != nil {
        return decideProxy(
          service,
          container,
          of: workload,
          image: image,
          summary: summary,
          evidence: evidence
        )
      }
      // A Dockerfile may make anything of a tool's image.
      if service.disposition == .localOnly, image.stage != nil,
        !DevelopmentNames.isForDevelopment(workload.name)
      {
        return DispositionDecision(
          .move,
          "its Dockerfile makes something of its own of \(image.shown)",
          evidence: evidence
        )
      }
      return DispositionDecision(
        service.disposition,
        "\(image.phrase) is \(match.component.phrase): \(lowered(service.reason))",
        component: match.component,
        evidence: evidence
      )
    }
  }

  private func decide(
    _ service: StatefulService,
    _ match: ComponentMatch,
    _ container: Container,
    of workload: Workload,
    image: ContainerImage,
    evidence: [SourceLocation]
  ) -> DispositionDecision {
    if let program = ContainerCommand.otherProgram(in: container, service: service) {
      let place = container.command.location ?? container.entrypoint.location
      return DispositionDecision(
        .move,
        "it runs \(program) from an image of \(service.title), not the service itself",
        evidence: (place.map { [$0] } ?? []) + evidence
      )
    }
    if Self.jobs.contains(workload.kind), service.disposition == .externalise {
      return DispositionDecision(
        .move,
        "it is a \(workload.kind), which runs something from an image of \(service.title) and ends",
        evidence: [workload.location] + evidence
      )
    }
    let sureness = match.isByNameOnly ? " by its name" : ""
    return DispositionDecision(
      service.disposition,
      "\(image.phrase) is\(sureness) \(match.component.phrase)",
      component: match.component,
      evidence: evidence
    )
  }

  /// Kinds of workloads that end, as no service does.
  private static let jobs: Set = ["Job", "CronJob", "ScheduledJob", "ScaledJob"]

  private func decideProxy(
    _ service: PlatformService,
    _ container: Container,
    of workload: Workload,
    image: ContainerImage,
    summary: ProjectSummary,
    evidence: [SourceLocation]
  ) -> DispositionDecision {
    let proxy = ProxyEvidence(container, of: workload, stage: image.stage, summary: summary)
    func moves(_ reason: String) -> DispositionDecision {
      DispositionDecision(.move, reason, evidence: evidence)
    }
    if service.role == .webServer, let content = proxy.content {
      return moves("\(image.shown) serves \(content)")
    }
    let others = summary.applications.subtracting([workload.name])
    guard !others.isEmpty else {
      return moves("\(image.shown) has nothing behind it that moves")
    }
    if service.role == .webServer {
      guard proxy.hasConfiguration else {
        return moves("\(image.shown) has no configuration that makes it pass requests on")
      }
      if let speaker = summary.gatewaySpeakers.first(where: { $0 != workload.name }) {
        return moves("\(image.shown) speaks FastCGI or uWSGI to \(speaker)")
      }
      let refersToOthers = !workload.dependencies.isEmpty || !workload.links.isEmpty
      guard proxy.publishesPort || refersToOthers else {
        return moves("\(image.shown) neither publishes a port nor depends on others")
      }
    }
    return DispositionDecision(
      .absorb,
      "\(image.phrase) only passes requests on: \(lowered(service.reason))",
      component: .platform(service),
      evidence: evidence + proxy.evidence
    )
  }

  /// An image that the catalogue does not know may still keep the data of a known service.
  private func decideByData(
    _ container: Container,
    of workload: Workload,
    image: ContainerImage
  ) -> DispositionDecision {
    let evidence = [image.location ?? workload.location]
    if image.stage == nil, let (service, mount) = serviceKeepingData(in: container) {
      return DispositionDecision(
        .externalise,
        "\(image.phrase) is not known, but keeps data at \(mount.target.known ?? "") as "
          + "\(service.title) does",
        component: .stateful(service),
        evidence: [mount.origin.location ?? workload.location] + evidence
      )
    }
    let reason =
      image.stage == nil
      ? "image \(image.shown) is no component that the catalogue knows"
      : "it is built from a Dockerfile"
    return DispositionDecision(.move, reason, evidence: evidence)
  }

  /// A service whose data folder a container writes to, unless it looks like its backup.
  private func serviceKeepingData(in container: Container) -> (StatefulService, Mount)? {
    let names = [container.name, container.image.known?.name ?? ""].joined(separator: "-")
    let words = names.lowercased().split { "-_.".contains($0) }
    if words.contains(where: { Self.sideWords.contains($0) }) { return nil }
    for mount in container.mounts where mount.readOnly.known != true {
      guard let target = mount.target.known else { continue }
      for service in catalogue.services.stateful where service.disposition == .externalise {
        // Short folders such as /data are used by everybody.
        let fits = service.paths.contains { path in
          path.utf8.count > 8 && (target == path || target.hasPrefix(path + "/"))
        }
        if fits { return (service, mount) }
      }
    }
    return nil
  }

  private static let sideWords: Set<Substring> = [
    "backup", "backups", "dump", "restore", "exporter", "init", "migrate", "migration", "client",
  ]

  private func decideWithoutImage(
    _ container: Container,
    of workload: Workload
  ) -> DispositionDecision {
    let reason = "image not known: \(ContainerImage.unknownReason(container))"
    let places = [container.image.location ?? container.origin.location ?? workload.location]
    // A name is only a hint, so a build, which is somebody's own work, is not judged by it.
    if container.build == nil {
      if let (service, mount) = serviceKeepingData(in: container) {
        return DispositionDecision(
          .externalise,
          "\(reason); it keeps data at \(mount.target.known ?? "") as \(service.title) does",
          component: .stateful(service),
          evidence: places
        )
      }
      if let service = catalogue.services.stateful(named: workload.name),
        service.disposition == .externalise
      {
        return DispositionDecision(
          .externalise,
          "\(reason); only its name suggests \(service.title)",
          component: .stateful(service),
          evidence: places
        )
      }
    }
    return DispositionDecision(.move, reason, evidence: places)
  }

  /// A sentence as the second half of another one.
  private func lowered(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return (text.first?.lowercased() ?? "") + text.dropFirst()
  }
}
