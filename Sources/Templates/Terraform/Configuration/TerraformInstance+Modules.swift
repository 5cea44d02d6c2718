import DocumentTrees
import Workloads

/// What a module calls.
extension TerraformInstance {
  func output(
    _ name: String,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    guard let block = module.calls[name] else {
      throw HCLFailure(.undeclared, "the module \(name) is not declared")
    }
    guard let instances = modules(name, block) else {
      let word = steps.dropFirst().first?.name ?? ""
      if let made = RegistryModules.output(word, of: block, self) { return (made, 2) }
      let reason = "the module \(name) is not read"
      return (
        Datum.reference(
          DatumReference(address("module.\(name)"), attribute: steps.dropFirst().attributePath),
          because: reason,
          origin
        ), steps.count
      )
    }
    let expansion = try expansion("module.\(name)", block)
    switch expansion.kind {
    case .single, .unknown:
      guard let instance = instances.first else { break }
      if steps.count > 1, let word = steps[1].name {
        return (try instance.output(word, origin), 2)
      }
      let isIndexed = if steps.count > 2, case .index = steps[1].kind { true } else { false }
      if case .unknown = expansion.kind, isIndexed, let word = steps[2].name {
        return (try instance.output(word, origin), 3)
      }
      let outputs = try instance.outputs(origin)
      guard let reason = expansion.isDeclared.unknownReason else { return (outputs, 1) }
      // One of unknown many.
      return (Datum(.list(DatumList([outputs], more: Gap(reason))), origin), 1)
    case .counted, .keyed:
      if steps.count > 2, case .index(let index) = steps[1].kind, let word = steps[2].name,
        let key = try evaluator.value(index).string.known,
        let position = expansion.keys.firstIndex(of: key), instances.indices.contains(position)
      {
        return (try instances[position].output(word, origin), 3)
      }
    }
    var values: [Datum] = []
    for instance in instances { values.append(try instance.outputs(origin)) }
    return (expansion.collection(values, origin), 1)
  }

  private func outputs(_ origin: Origin) throws(HCLFailure) -> Datum {
    var object = DatumObject()
    for name in module.outputs.keys.sorted() { object.set(name, try output(name, origin)) }
    return Datum(.object(object), origin)
  }

  private func output(_ name: String, _ origin: Origin) throws(HCLFailure) -> Datum {
    guard let block = module.outputs[name], let (file, value) = block.attribute("value") else {
      throw HCLFailure(.value, "the module has no output \(name)")
    }
    return try once("output.\(name)") { () throws(HCLFailure) in
      try evaluator(in: file).value(value.value).marked(try flag("sensitive", of: block))
    }
  }

  /// The instances of a module call; nil if its source is not among the files.
  func modules(_ name: String, _ block: TerraformBlock) -> [TerraformInstance]? {
    if let known = children[name] { return known }
    guard let folder = source(name, block), depth < TerraformProject.maximumModuleDepth else {
      return nil
    }
    var ancestor: TerraformInstance? = self
    while let one = ancestor {
      if one.module.folder == folder {
        project.note(
          .limit,
          SourceLocation(file: block.file, range: block.range),
          "The module \(name) calls itself and is not read again."
        )
        return nil
      }
      ancestor = one.parent
    }
    let expansion: TerraformExpansion
    do throws(HCLFailure) {
      expansion = try self.expansion("module.\(name)", block)
    } catch {
      project.note(error, "The number of modules \(name)", block.file, block.range)
      expansion = TerraformExpansion(unknown: error.message)
    }
    var instances: [TerraformInstance] = []
    let called = project.module(folder)
    for part in expansion.instances {
      guard project.enterModule() else {
        project.note(
          .limit,
          SourceLocation(file: block.file, range: block.range),
          "More than \(TerraformProject.maximumModules) modules; the rest is not read."
        )
        break
      }
      instances.append(
        TerraformInstance(
          project: project,
          module: called,
          prefix: "\(prefix)module.\(name)\(part.suffix).",
          callName: name + part.suffix,
          parent: self,
          isDeclared: isDeclared.known == true ? expansion.isDeclared : isDeclared
        ) { [unowned self] argument throws(HCLFailure) in
          guard let (file, attribute) = block.attribute(argument),
            !TerraformWords.callWords.contains(argument)
          else { return nil }
          var evaluator = self.evaluator(in: file)
          part.bind(&evaluator)
          return try evaluator.value(attribute.value)
        }
      )
    }
    children[name] = instances
    return instances
  }

  /// The folder of a local module.
  func source(_ name: String, _ block: TerraformBlock) -> String? {
    guard let (_, attribute) = block.attribute("source"),
      case .text(let source) = attribute.value.kind,
      source.hasPrefix("./") || source.hasPrefix("../")
    else { return nil }
    let location = SourceLocation(file: block.file, range: attribute.value.range)
    guard let folder = RelativePath.resolve(source, in: module.folder) else {
      project.note(.outsideRoot, location, "The module \(name) lies outside the scanned folder.")
      return nil
    }
    guard project.exists(folder) else {
      project.note(.missingFile, location, "The folder of the module \(name) does not exist.")
      return nil
    }
    return folder
  }
}
