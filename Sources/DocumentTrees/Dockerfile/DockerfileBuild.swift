/// A Dockerfile with the inputs of a build: stages with their bases, and who needs whom.
package struct DockerfileBuild: Sendable {
  package enum Base: Hashable, Sendable {
    /// An earlier stage, by index.
    case stage(Int)
    case scratch
    case image(ExpandedText)
  }

  package struct ResolvedStage: Hashable, Sendable {
    package var base: Base
    package var platform: ExpandedText?
    /// Other stages whose files it takes with `COPY --from` or `RUN --mount`, in rising order.
    package var sources: [Int]
    /// Stages whose files its ONBUILD instructions take in every stage made from it.
    package var triggerSources: [Int]
  }

  package let file: Dockerfile
  package let inputs: BuildInputs
  /// One for every stage of the file.
  package private(set) var stages: [ResolvedStage] = []
  let globalScope: VariableScope
  private var stageByName: [String: Int] = [:]

  /// Resolves the stages; `target` is only what TARGETSTAGE tells the Dockerfile.
  package init(_ file: Dockerfile, inputs: BuildInputs = BuildInputs(), target: String? = nil) {
    self.file = file
    self.inputs = inputs
    var budget = ExpansionBudget()
    var scope = VariableScope(fallback: .nothing)
    for (name, value) in inputs.predefined(target: target) {
      scope.set(name, inputs.value(of: name) ?? value)
    }
    let escape = file.syntax.escape.rawValue
    for instruction in file.globalArguments {
      for declaration in ArgumentDeclaration.all(of: instruction) {
        let value = inputs.declared(
          declaration,
          inherited: scope.values[declaration.name],
          escape: escape,
          scope: scope,
          budget: &budget
        )
        scope.set(declaration.name, value)
      }
    }
    globalScope = scope
    resolveBases(&budget)
    for (index, stage) in file.stages.enumerated() {
      stages[index].sources = sources(of: stage.instructions)
      stages[index].triggerSources = sources(of: stage.instructions.compactMap(\.trigger))
    }
  }

  /// The stage a build makes: the last one, or the one that is named or numbered.
  package func stage(target: String?) -> Int? {
    guard let target, !target.isEmpty else { return file.stages.count - 1 }
    if let index = stageByName[target.lowercased()] { return index }
    return Int(target).flatMap { file.stages.indices.contains($0) ? $0 : nil }
  }

  /// The stage and the stages below it, base first.
  package func chain(of stage: Int) -> [Int] {
    var chain = [stage]
    var current = stage
    while case .stage(let parent) = stages[current].base {
      chain.append(parent)
      current = parent
    }
    return chain.reversed()
  }

  /// Every stage BuildKit builds for a target, in the order of the file.
  package func reachableStages(from target: Int) -> [Int] {
    var isReached = [Bool](repeating: false, count: stages.count)
    // The triggers of a stage lead every stage made from it to the same places: go there once.
    var hasTriggered = isReached
    var open = [target]
    isReached[target] = true
    while let index = open.popLast() {
      var next = stages[index].sources
      if case .stage(let parent) = stages[index].base {
        next.append(parent)
        if !hasTriggered[parent] { next += stages[parent].triggerSources }
        hasTriggered[parent] = true
      }
      for stage in next where !isReached[stage] {
        isReached[stage] = true
        open.append(stage)
      }
    }
    return isReached.indices.filter { isReached[$0] }
  }

  /// Where `--from` or `from=` takes files: a stage by name or number, or an image.
  ///
  /// BuildKit does not expand variables here, so a text with one is unknown.
  package func source(named text: String, at range: PlaceRange) -> Base {
    if text.contains("$") {
      return .image(ExpandedText(unknown: "variables are not expanded here", sources: [range]))
    }
    if let index = Int(text) {
      guard file.stages.indices.contains(index) else {
        return .image(ExpandedText(unknown: "there is no stage of this number", sources: [range]))
      }
      return .stage(index)
    }
    if let index = stageByName[text.lowercased()] { return .stage(index) }
    return text == "scratch" ? .scratch : .image(ExpandedText(text, sources: [range]))
  }

  // MARK: Resolution

  private mutating func resolveBases(_ budget: inout ExpansionBudget) {
    let escape = file.syntax.escape.rawValue
    for stage in file.stages {
      let name = WordExpander.expand(
        stage.base,
        escape: escape,
        scope: globalScope,
        budget: &budget
      )
      var platform: ExpandedText?
      if let flag = stage.platform, let value = flag.value {
        platform = WordExpander.expand(
          value,
          at: flag.range,
          escape: escape,
          scope: globalScope,
          budget: &budget
        )
      }
      stages.append(
        ResolvedStage(
          base: base(name),
          platform: platform,
          sources: [],
          triggerSources: []
        )
      )
      if let alias = stage.name { stageByName[alias.text.lowercased()] = stage.index }
    }
  }

  private func base(_ name: ExpandedText) -> Base {
    guard let text = name.text else { return .image(name) }
    if let parent = stageByName[text.lowercased()] { return .stage(parent) }
    return text == "scratch" ? .scratch : .image(name)
  }

  private func sources(of instructions: [Instruction]) -> [Int] {
    var found: Set<Int> = []
    for instruction in instructions {
      if instruction.keyword == .copy, let flag = instruction.flag("from"), let name = flag.value,
        case .stage(let source) = source(named: name, at: flag.range)
      {
        found.insert(source)
      }
      guard instruction.keyword == .run else { continue }
      for mount in RunMount.all(of: instruction) {
        guard let name = mount.from, case .stage(let source) = source(named: name, at: mount.range)
        else { continue }
        found.insert(source)
      }
    }
    return found.sorted()
  }
}

extension BuildInputs {
  /// The value an ARG gives its name: what the caller gave, its default, or what it inherits.
  func declared(
    _ declaration: ArgumentDeclaration,
    inherited: VariableScope.Value?,
    escape: UInt8,
    scope: VariableScope,
    budget: inout ExpansionBudget
  ) -> VariableScope.Value {
    let result: VariableScope.Value
    if let given = value(of: declaration.name) {
      result = given
    } else if let text = declaration.defaultValue {
      result = .set(WordExpander.expand(text, escape: escape, scope: scope, budget: &budget))
    } else {
      result = inherited ?? .unset(reason: "ARG \(declaration.name) has no default")
    }
    guard case .set(var text) = result else { return result }
    text.add(source: declaration.range)
    return .set(text)
  }
}
