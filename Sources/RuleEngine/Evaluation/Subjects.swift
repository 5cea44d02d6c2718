import DocumentTrees
import Expressions
import Workloads

/// All subjects of one workload, by kind, made once and used by every rule.
struct SubjectIndex {
  /// Why there may be subjects that cannot be seen: a Dockerfile that could not be read.
  struct Unseen {
    var reason: String
    var origin: Origin
  }

  /// By `SubjectKind.number`.
  private(set) var subjects: [[Subject]]
  private(set) var unseen: [[Unseen]]
  /// The kinds that rules ask about, by number; others are left out.
  private let wanted: [Bool]

  init(_ facts: WorkloadFacts, wanted: [Bool], ambient: [ExpressionValue]) {
    self.wanted = wanted
    subjects = Array(repeating: [], count: wanted.count)
    unseen = Array(repeating: [], count: wanted.count)
    let workload = facts.workload
    let origin = Origin(workload.location)
    let root = Vocabulary.workload.value(facts, origin)
    let top = Subject(workload: root, origin: origin, ambient: ambient)
    subjects[Vocabulary.SubjectKind.workload.number] = [top]
    add(.volume, workload.volumes, Vocabulary.volume, under: top, \.origin, named: \.name)
    add(.network, workload.networks, Vocabulary.network, under: top, \.origin, named: \.name)
    add(
      .dependency,
      workload.dependencies,
      Vocabulary.dependency,
      under: top,
      \.origin,
      named: \.name
    )
    add(.secret, workload.secrets, Vocabulary.secret, under: top, \.origin, named: \.name)
    add(.config, workload.configs, Vocabulary.config, under: top, \.origin, named: \.name)
    add(.label, workload.labels, Vocabulary.namedValue, under: top, \.origin, named: \.name)
    add(.link, workload.links, Vocabulary.item, under: top, \.origin, named: nil)
    add(
      .link,
      workload.externalLinks,
      Vocabulary.item,
      under: top,
      \.origin,
      named: nil,
      from: workload.links.count
    )
    add(.extraHost, workload.extraHosts, Vocabulary.item, under: top, \.origin, named: nil)
    for container in facts.containers { add(container, under: top) }
    for resource in facts.resources { add(resource, under: top) }
  }

  private func wants(_ kinds: Vocabulary.SubjectKind...) -> Bool {
    kinds.contains { wanted[$0.number] }
  }

  private mutating func add(_ facts: ResourceFacts, under parent: Subject) {
    let kind = Vocabulary.SubjectKind.resource(facts.resource.kind).number
    let value = Vocabulary.resourceType(facts.resource.kind).value(facts, facts.resource.origin)
    let (kindName, name) = (facts.resource.kind.name, facts.resource.name)
    let subject = Subject(
      value,
      facts.resource.origin,
      name.isEmpty ? .numbered(kindName, subjects[kind].count) : .named(kindName, name),
      under: parent
    )
    subjects[kind].append(subject)
    for part in facts.parts { add(part, under: subject) }
  }

  private mutating func add(_ facts: ContainerFacts, under top: Subject) {
    let container = facts.container
    let subject = Subject(
      Vocabulary.container.value(facts, container.origin),
      container.origin,
      .named("containers", container.name),
      under: top,
      container: facts
    )
    subjects[Vocabulary.SubjectKind.container.number].append(subject)
    add(
      .variable,
      facts.variables,
      Vocabulary.variable,
      under: subject,
      \.variable.origin,
      named: \.variable.name
    )
    add(.mount, facts.mounts, Vocabulary.mount, under: subject, \.mount.origin, named: nil)
    add(.port, container.ports, Vocabulary.port, under: subject, \.origin, named: nil)
    add(.ulimit, container.ulimits, Vocabulary.ulimit, under: subject, \.origin, named: \.name)
    add(
      .sysctl,
      container.sysctls,
      Vocabulary.namedValue,
      under: subject,
      \.origin,
      named: \.name
    )
    add(
      .setting,
      container.settings,
      Vocabulary.namedValue,
      under: subject,
      \.origin,
      named: \.name
    )
    items(.environmentFile, container.environmentFiles, under: subject)
    items(.device, container.devices, under: subject)
    items(.capability, container.addedCapabilities, under: subject)
    items(.securityOption, container.securityOptions, under: subject)
    for file in container.environmentFiles {
      // What such a file sets is in force all the same.
      if let reason = file.unknownReason {
        unseen[Vocabulary.SubjectKind.variable.number].append(
          Unseen(reason: reason, origin: file.origin)
        )
      }
    }
    if let build = container.build, wants(.build, .stage, .instruction, .command) {
      add(build, facts, under: subject)
    }
  }

  private mutating func add(_ build: Build, _ facts: ContainerFacts, under container: Subject) {
    let subject = Subject(
      Vocabulary.build.value(BuildFacts(build, stages: facts.stages), build.origin),
      build.origin,
      .plain("build"),
      under: container
    )
    subjects[Vocabulary.SubjectKind.build.number].append(subject)
    if let reason = build.stages.unknownReason {
      for kind in [Vocabulary.SubjectKind.stage, .instruction, .command] {
        unseen[kind.number].append(Unseen(reason: reason, origin: build.origin))
      }
    }
    guard wants(.stage, .instruction, .command) else { return }
    for stage in facts.stages {
      let stageSubject = Subject(
        Vocabulary.stage.value(stage, stage.stage.origin),
        stage.stage.origin,
        .numbered("stages", stage.stage.index),
        under: subject
      )
      subjects[Vocabulary.SubjectKind.stage.number].append(stageSubject)
      if wants(.instruction, .command) { addInstructions(of: stage, under: stageSubject) }
    }
  }

  private mutating func addInstructions(of stage: StageFacts, under parent: Subject) {
    let kind = Vocabulary.SubjectKind.instruction.number
    var counts: [String: Int] = [:]
    for instruction in stage.stage.instructions {
      let number = counts[instruction.keyword, default: 0]
      counts[instruction.keyword] = number + 1
      let subject = Subject(
        Vocabulary.instruction.value(instruction, instruction.origin),
        instruction.origin,
        .numbered(instruction.keyword, number),
        under: parent
      )
      subjects[kind].append(subject)
      add(
        .command,
        instruction.commands,
        Vocabulary.command,
        under: subject,
        \.origin,
        named: nil
      )
    }
  }

  private mutating func items(
    _ kind: Vocabulary.SubjectKind,
    _ values: [Value<String>],
    under parent: Subject
  ) {
    add(kind, values, Vocabulary.item, under: parent, \.origin, named: nil)
  }

  private mutating func add<Element: Sendable>(
    _ kind: Vocabulary.SubjectKind,
    _ elements: [Element],
    _ type: ObjectType<Element>,
    under parent: Subject,
    _ origin: (Element) -> Origin,
    named name: ((Element) -> String)?,
    from first: Int = 0
  ) {
    if elements.isEmpty { return }
    let number = kind.number
    guard wanted[number] else { return }
    let kindName = kind.name
    for (index, element) in elements.enumerated() {
      let origin = origin(element)
      subjects[number].append(
        Subject(
          type.value(element, origin),
          origin,
          name.map { .named(kindName, $0(element)) } ?? .numbered(kindName, first + index),
          under: parent
        )
      )
    }
  }
}
