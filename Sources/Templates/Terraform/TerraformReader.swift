package import DocumentTrees
import Workloads

/// Reads Terraform configurations: each root module with all it calls is one deployment.
package struct TerraformReader {
  private let library: TerraformLibrary

  package init(files: any FileTree, limits: DocumentLimits) {
    library = TerraformLibrary(files: files, limits: limits)
  }

  /// The deployments of the folders in which the given files lie.
  package func read(_ paths: [String]) -> [Deployment] { roots(of: paths).map(deployment) }

  /// Whether a part of a file that was read is broken.
  package func isBroken(_ path: String) -> Bool {
    library.module(RelativePath.directory(of: path)).brokenFiles.contains(path)
  }

  /// The root modules among the folders in which the given files lie.
  ///
  /// A folder that others call as a module is not a deployment of its own.
  package func roots(of paths: [String]) -> [String] {
    let folders = Set(paths.map { RelativePath.directory(of: $0) }).sorted()
    var callees: [String: [String]] = [:]
    for folder in folders { callees[folder] = calledFolders(folder) }
    let called = Set(callees.flatMap { folder, targets in targets.filter { $0 != folder } })
    var roots = folders.filter { !called.contains($0) }
    // Modules that only call each other have no root; the first of them stands for all.
    var reached = reachable(from: roots, callees)
    for folder in folders where !reached.contains(folder) {
      roots.append(folder)
      reached.formUnion(reachable(from: [folder], callees))
    }
    return roots.sorted()
  }

  private func reachable(from roots: [String], _ callees: [String: [String]]) -> Set<String> {
    var reached: Set<String> = []
    var pending = roots
    while let folder = pending.popLast() {
      guard reached.insert(folder).inserted else { continue }
      pending += callees[folder] ?? []
    }
    return reached
  }

  private func calledFolders(_ folder: String) -> [String] {
    library.module(folder).calls.values.compactMap { block in
      guard let (_, attribute) = block.attribute("source"),
        case .text(let source) = attribute.value.kind,
        source.hasPrefix("./") || source.hasPrefix("../")
      else { return nil }
      return RelativePath.resolve(source, in: folder)
    }
  }

  // MARK: One root

  /// What the module in a folder declares, with all modules that it calls.
  package func deployment(_ folder: String) -> Deployment {
    let project = TerraformProject(folder: folder, library: library)
    let module = library.module(folder)
    let given = TerraformVariables(folder: folder, module: module, project: project)
    let root = TerraformInstance(project: project, module: module) { name throws(HCLFailure) in
      given.values[name]
    }
    TerraformCollector(project: project).collect(root)
    parameters(root)
    root.release()
    project.deployment.files.formUnion(given.files)
    project.deployment.files.formUnion(project.session.filesRead)
    return project.deployment
  }

  private func parameters(_ root: TerraformInstance) {
    for name in root.module.variables.keys.sorted() {
      guard let block = root.module.variables[name] else { continue }
      // What cannot be read is kept secret, to be on the safe side.
      let isSecret = (try? root.flag("sensitive", of: block)) ?? true
      var value: Datum
      do throws(HCLFailure) {
        value = try root.variable(name)
      } catch {
        root.project.note(error, "The variable \(name)", block.file, block.range)
        value = .unknown(error.message, block.origin)
      }
      // Without a default there is nothing to look at.
      if value.gap != nil, block.attribute("default") == nil { value = .absent(block.origin) }
      root.project.deployment.parameters.append(
        DeclaredParameter(name: name, value: value, isSecret: isSecret, origin: block.origin)
      )
    }
  }
}

/// Values of the root module's variables from files, in Terraform's order: later ones win.
struct TerraformVariables {
  private(set) var values: [String: Datum] = [:]
  private(set) var files: Set<String> = []

  init(folder: String, module: TerraformModule, project: TerraformProject) {
    let names = project.session.files.names(in: folder) ?? []
    let automatic = names.filter {
      $0.hasSuffix(".auto.tfvars") || $0.hasSuffix(".auto.tfvars.json")
    }.sorted(by: HCLText.precedes)
    for name in ["terraform.tfvars", "terraform.tfvars.json"].filter(names.contains) + automatic {
      read(RelativePath.join(folder, name), project)
    }
  }

  private mutating func read(_ path: String, _ project: TerraformProject) {
    guard case .bytes(let bytes) = project.session.files.read(path) else { return }
    files.insert(path)
    let evaluator = HCLEvaluator(file: path, session: project.session)
    if path.hasSuffix(".json") {
      do {
        guard let root = try JSONReader.document(in: bytes, limits: project.session.limits).root
        else { return }
        for entry in Datum.hcl(root, in: Origin(SourceLocation(file: path, line: 1))).entries {
          values[entry.key] = entry.value
        }
      } catch {
        let place = PlaceRange(start: error.place, end: error.place)
        project.note(
          .unreadable,
          SourceLocation(file: path, range: place),
          "The file cannot be read: \(error.problem)."
        )
      }
      return
    }
    let file = HCLParser.file(bytes)
    for failure in file.failures.prefix(5) {
      project.note(
        .unreadable,
        SourceLocation(file: path, range: failure.range ?? file.body.range),
        "A part of the file cannot be read: \(failure.message)."
      )
    }
    for attribute in file.body.attributes {
      do throws(HCLFailure) {
        values[attribute.name] = try evaluator.value(attribute.value)
      } catch {
        project.note(error, attribute.name, path, attribute.value.range)
        values[attribute.name] = .unknown(
          error.message,
          evaluator.origin(attribute.value.range)
        )
      }
    }
  }
}

/// Gathers the resources of a module and of all modules that it calls.
struct TerraformCollector {
  let project: TerraformProject

  func collect(_ instance: TerraformInstance) {
    let module = instance.module
    project.deployment.files.formUnion(module.files)
    for notice in module.notices { project.note(notice.kind, notice.location, notice.message) }
    for key in module.resources.keys.sorted() {
      guard let block = module.resources[key] else { continue }
      guard project.deployment.resources.count < TerraformProject.maximumResources else {
        project.note(
          .limit,
          SourceLocation(file: block.file, range: block.range),
          "More than \(TerraformProject.maximumResources) resources; the rest is not looked at."
        )
        return
      }
      resources(key, block, instance)
    }
    for name in module.calls.keys.sorted() {
      guard let block = module.calls[name] else { continue }
      if let instances = instance.modules(name, block) {
        for child in instances { collect(child) }
      } else {
        remote(name, block, instance)
      }
    }
  }

  private func resources(_ key: String, _ block: TerraformBlock, _ instance: TerraformInstance) {
    let type = block.labels[0]
    let expansion: TerraformExpansion
    do throws(HCLFailure) {
      expansion = try instance.expansion(key, block)
    } catch {
      project.note(error, "The number of \(key)", block.file, block.range)
      expansion = TerraformExpansion(unknown: error.message)
    }
    for part in expansion.instances {
      var properties: Datum
      do throws(HCLFailure) {
        properties = try TerraformBody(instance, part).value(of: block)
      } catch {
        project.note(error, key, block.file, block.range)
        properties = .unknown(error.message, block.origin)
      }
      var resource = DeclaredResource(
        type: type,
        name: Self.name(block.labels[1] + part.suffix, in: instance),
        address: instance.address(key + part.suffix),
        properties: properties,
        origin: block.origin
      )
      resource.isDeclared =
        instance.isDeclared.known == true ? expansion.isDeclared : instance.isDeclared
      resource.inheritedTags = instance.defaultTags(provider(of: block, type))
      project.deployment.resources.append(resource)
    }
  }

  /// The label, or the module's where the label says nothing: `worker` for `module.worker.x.this`.
  private static func name(_ label: String, in instance: TerraformInstance) -> String {
    let word = label.prefix { $0 != "[" }
    guard !instance.callName.isEmpty, ["this", "main", "default"].contains(word) else {
      return label
    }
    return instance.callName
  }

  /// The provider of a resource: as it says, or by the first word of its type.
  private func provider(of block: TerraformBlock, _ type: String) -> String {
    let name = String(type.prefix { $0 != "_" })
    guard let (_, attribute) = block.attribute("provider"),
      case .access(let base, let steps) = attribute.value.kind,
      case .name(let stated) = base.kind
    else { return name }
    return steps.first?.name.map { "\(stated).\($0)" } ?? stated
  }

  private func remote(_ name: String, _ block: TerraformBlock, _ instance: TerraformInstance) {
    guard let (file, attribute) = block.attribute("source"),
      case .text(let source) = attribute.value.kind,
      !source.hasPrefix("./"), !source.hasPrefix("../")
    else { return }
    if RegistryModules.read(name, source, block, instance, project) { return }
    project.note(
      .information,
      SourceLocation(file: file, range: attribute.value.range),
      "The module \(name) is not among the files, so what it makes is not assessed; "
        + "`terraform show -json` of a plan has it all."
    )
  }
}
