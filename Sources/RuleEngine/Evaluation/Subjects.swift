import DocumentTrees
import Expressions
import Workloads

/// One thing that a rule is asked of, with everything in scope.
struct Subject: Sendable {
  /// The variables of the subject's lineage, innermost first.
  var lineage: [ExpressionValue]
  var origin: Origin
  /// Identifies the subject within its workload: `containers[web].mounts[0]`.
  var path: String
  /// The container that it belongs to, for `needs`.
  var container: ContainerFacts?
}

/// All subjects of one workload, by kind, made once and used by every rule.
struct SubjectIndex: Sendable {
  private(set) var subjects: [Vocabulary.SubjectKind: [Subject]] = [:]
  /// Why there may be subjects that cannot be seen: a Dockerfile that could not be read.
  private(set) var unseen: [Vocabulary.SubjectKind: [(reason: String, origin: Origin)]] = [:]

  init(_ facts: WorkloadFacts) {
    let workload = facts.workload
    let origin = Origin(workload.location)
    let root = Vocabulary.workload.value(facts, origin)
    subjects[.workload] = [Subject(lineage: [root], origin: origin, path: "")]
    let top = Subject(lineage: [root], origin: origin, path: "")
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
    add(
      .link,
      workload.links + workload.externalLinks,
      Vocabulary.item,
      under: top,
      \.origin,
      named: nil
    )
    add(.extraHost, workload.extraHosts, Vocabulary.item, under: top, \.origin, named: nil)
    for container in facts.containers { add(container, under: top) }
    for resource in facts.resources { add(resource, under: top) }
  }

  private mutating func add(_ facts: ResourceFacts, under parent: Subject) {
    let kind = Vocabulary.SubjectKind.resource(facts.resource.kind)
    let value = Vocabulary.resourceType(facts.resource.kind).value(facts, facts.resource.origin)
    let prefix = parent.path.isEmpty ? "" : parent.path + "."
    let number = subjects[kind, default: []].count
    let name = facts.resource.name.isEmpty ? String(number) : facts.resource.name
    let subject = Subject(
      lineage: [value] + parent.lineage,
      origin: facts.resource.origin,
      path: "\(prefix)\(facts.resource.kind.name)[\(name)]"
    )
    subjects[kind, default: []].append(subject)
    for part in facts.parts { add(part, under: subject) }
  }

  private mutating func add(_ facts: ContainerFacts, under top: Subject) {
    let container = facts.container
    let subject = Subject(
      lineage: [Vocabulary.container.value(facts, container.origin)] + top.lineage,
      origin: container.origin,
      path: "containers[\(container.name)]",
      container: facts
    )
    subjects[.container, default: []].append(subject)
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
    let items: [(Vocabulary.SubjectKind, [Value<String>])] = [
      (.environmentFile, container.environmentFiles), (.device, container.devices),
      (.capability, container.addedCapabilities), (.securityOption, container.securityOptions),
    ]
    for (kind, values) in items {
      add(kind, values, Vocabulary.item, under: subject, \.origin, named: nil)
    }
    for file in container.environmentFiles {
      // What such a file sets is in force all the same.
      if let reason = file.unknownReason {
        unseen[.variable, default: []].append((reason, file.origin))
      }
    }
    if let build = container.build { add(build, facts, under: subject) }
  }

  private mutating func add(_ build: Build, _ facts: ContainerFacts, under container: Subject) {
    let value = Vocabulary.build.value(BuildFacts(build, stages: facts.stages), build.origin)
    let subject = Subject(
      lineage: [value] + container.lineage,
      origin: build.origin,
      path: container.path + ".build",
      container: facts
    )
    subjects[.build, default: []].append(subject)
    if let reason = build.stages.unknownReason {
      for kind in [Vocabulary.SubjectKind.stage, .instruction, .command] {
        unseen[kind, default: []].append((reason, build.origin))
      }
    }
    for stage in facts.stages {
      let stageSubject = Subject(
        lineage: [Vocabulary.stage.value(stage, stage.stage.origin)] + subject.lineage,
        origin: stage.stage.origin,
        path: subject.path + ".stages[\(stage.stage.index)]",
        container: facts
      )
      subjects[.stage, default: []].append(stageSubject)
      var counts: [String: Int] = [:]
      for instruction in stage.stage.instructions {
        let number = counts[instruction.keyword, default: 0]
        counts[instruction.keyword] = number + 1
        let path = stageSubject.path + ".\(instruction.keyword)[\(number)]"
        let instructionSubject = Subject(
          lineage: [Vocabulary.instruction.value(instruction, instruction.origin)]
            + stageSubject.lineage,
          origin: instruction.origin,
          path: path,
          container: facts
        )
        subjects[.instruction, default: []].append(instructionSubject)
        add(
          .command,
          instruction.commands,
          Vocabulary.command,
          under: instructionSubject,
          \.origin,
          named: nil
        )
      }
    }
  }

  private mutating func add<Element: Sendable>(
    _ kind: Vocabulary.SubjectKind,
    _ elements: [Element],
    _ type: ObjectType<Element>,
    under parent: Subject,
    _ origin: (Element) -> Origin,
    named name: ((Element) -> String)?
  ) {
    if elements.isEmpty { return }
    let prefix = parent.path.isEmpty ? "" : parent.path + "."
    for (index, element) in elements.enumerated() {
      let key = name.map { $0(element) } ?? String(index)
      let origin = origin(element)
      subjects[kind, default: []].append(
        Subject(
          lineage: [type.value(element, origin)] + parent.lineage,
          origin: origin,
          path: "\(prefix)\(kind.name)[\(key)]",
          container: parent.container
        )
      )
    }
  }
}
