import DocumentTrees
import Workloads

/// A module as it is called once: with its arguments, evaluating only what is asked for.
final class TerraformInstance: HCLNames {
  let project: TerraformProject
  let module: TerraformModule
  /// What stands before the addresses of its resources: `module.web[0].`.
  let prefix: String
  /// What the call that makes it is named: `web[0]`; empty for the root.
  let callName: String
  let parent: TerraformInstance?
  let depth: Int
  /// Whether the call that makes it is made at all.
  let isDeclared: Value<Bool>
  /// Values of its variables, as far as given.
  private let argument: (String) throws(HCLFailure) -> Datum?

  private var known: [String: Datum] = [:]
  private var failed: [String: HCLFailure] = [:]
  private var underWay: Set<String> = []
  private var expansions: [String: TerraformExpansion] = [:]
  private var children: [String: [TerraformInstance]] = [:]

  init(
    project: TerraformProject,
    module: TerraformModule,
    prefix: String = "",
    callName: String = "",
    parent: TerraformInstance? = nil,
    isDeclared: Value<Bool> = .known(true),
    argument: @escaping (String) throws(HCLFailure) -> Datum?
  ) {
    self.project = project
    self.module = module
    self.prefix = prefix
    self.callName = callName
    self.parent = parent
    self.isDeclared = isDeclared
    self.argument = argument
    depth = (parent?.depth ?? 0) + 1
  }

  /// Lets go of the modules below, which hold this one.
  func release() {
    for instance in children.values.joined() { instance.release() }
    children = [:]
  }

  func address(_ name: String) -> String { "\(project.folder)#\(prefix)\(name)" }

  func evaluator(in file: String) -> HCLEvaluator {
    var evaluator = HCLEvaluator(file: file, session: project.session, names: self)
    evaluator.folder = module.folder
    return evaluator
  }

  /// Computes a value once; one that needs itself has none.
  private func once(
    _ key: String,
    _ compute: () throws(HCLFailure) -> Datum
  ) throws(HCLFailure) -> Datum {
    if let value = known[key] { return value }
    if let failure = failed[key] { throw failure }
    guard underWay.insert(key).inserted else {
      throw HCLFailure(.value, "\(key) depends on itself")
    }
    defer { underWay.remove(key) }
    do throws(HCLFailure) {
      let value = try compute()
      known[key] = value
      return value
    } catch {
      failed[key] = error
      throw error
    }
  }

  // MARK: Names

  func value(
    of name: String,
    _ steps: [HCLStep],
    in evaluator: HCLEvaluator,
    at range: PlaceRange
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let words = steps.prefix { $0.name != nil }.compactMap(\.name)
    let origin = Origin(SourceLocation(file: evaluator.file, range: range))
    switch name {
    case "var":
      guard let word = words.first else { break }
      return (try variable(word), 1)
    case "local":
      guard let word = words.first else { break }
      return (try local(word), 1)
    case "path": return words.first.map { (path($0, origin), 1) }
    case "terraform": return (.unknown("the workspace is chosen when Terraform runs", origin), 1)
    case "each", "count", "self":
      return (.unknown("\(name) is only known in an instance", origin), min(1, words.count))
    case "module":
      guard let word = words.first else { break }
      return try output(word, steps, evaluator, origin)
    case "data", "ephemeral":
      guard words.count >= 2 else { break }
      return try dataSource(name, words, steps, evaluator, origin)
    default:
      guard let word = words.first else {
        throw HCLFailure(.value, "there is nothing called \(name) here", range)
      }
      return try resource(name, word, steps, evaluator, origin)
    }
    throw HCLFailure(.value, "\(name) must be followed by a name", range)
  }

  private func path(_ word: String, _ origin: Origin) -> Datum {
    switch word {
    case "root": return Datum(.text("."), origin)
    case "module":
      let path = TerraformPath.relative(module.folder, from: project.folder)
      return Datum(.text(path), origin)
    default: return .unknown("it depends on the machine", origin)
    }
  }

  // MARK: Variables and locals

  func variable(_ name: String) throws(HCLFailure) -> Datum {
    guard let block = module.variables[name] else {
      throw HCLFailure(.undeclared, "the variable \(name) is not declared")
    }
    return try once("var.\(name)") { () throws(HCLFailure) in
      let isSecret = try flag("sensitive", of: block)
      let given = try argument(name)
      var value = Datum.unknown("the variable \(name) has no default", block.origin)
      if let given, !given.isNothing {
        value = given
      } else if let (file, fallback) = block.attribute("default") {
        value = try evaluator(in: file).value(fallback.value)
        // Null that is given stays null, unless the variable must not be.
        if let given, try flag("nullable", of: block, default: true) { value = given }
      } else if let given {
        value = given
      }
      if let (file, type) = block.attribute("type") {
        let constraint = try TerraformType(type.value)
        do throws(HCLFailure) {
          value = try constraint.convert(value, evaluator(in: file))
        } catch {
          throw HCLFailure(error.kind, "the variable \(name): \(error.message)", error.range)
        }
      }
      return value.marked(isSecret)
    }
  }

  func flag(
    _ name: String,
    of block: TerraformBlock,
    default fallback: Bool = false
  ) throws(HCLFailure) -> Bool {
    guard let (file, attribute) = block.attribute(name) else { return fallback }
    return try HCLConvert.flag(try evaluator(in: file).value(attribute.value)).known ?? fallback
  }

  private func local(_ name: String) throws(HCLFailure) -> Datum {
    guard let (file, attribute) = module.locals[name] else {
      throw HCLFailure(.undeclared, "the local value \(name) is not declared")
    }
    return try once("local.\(name)") { () throws(HCLFailure) in
      try evaluator(in: file).value(attribute.value)
    }
  }

  // MARK: Modules

  private func output(
    _ name: String,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    guard let block = module.calls[name] else {
      throw HCLFailure(.undeclared, "the module \(name) is not declared")
    }
    guard let instances = modules(name, block) else {
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

  // MARK: Resources

  func expansion(
    _ key: String,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> TerraformExpansion {
    if let known = expansions[key] { return known }
    let expansion = try TerraformExpansion(block, key, self)
    expansions[key] = expansion
    return expansion
  }

  private func resource(
    _ type: String,
    _ name: String,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let key = "\(type).\(name)"
    guard let block = module.resources[key] else {
      throw HCLFailure(.undeclared, "\(key) is not declared")
    }
    guard !underWay.contains("instances of \(key)") else {
      throw HCLFailure(.value, "\(key) depends on itself")
    }
    underWay.insert("instances of \(key)")
    defer { underWay.remove("instances of \(key)") }
    let expansion = try expansion(key, block)
    underWay.remove("instances of \(key)")
    var part: TerraformExpansion.Part? = expansion.instances.first
    var used = 1
    if steps.count > 1, case .index(let index) = steps[1].kind {
      let wanted = try evaluator.value(index)
      used = 2
      if let text = wanted.string.known, expansion.isIndexed {
        part = expansion.instances.first { $0.key == text }
        if part == nil, !expansion.isUnknown {
          throw HCLFailure(.value, "\(key) has no such instance", steps[1].range)
        }
      } else if expansion.isIndexed {
        // Which of them it is cannot be told, but it is one of them.
        return (reference(key, steps.dropFirst(2).attributePath, origin), steps.count)
      }
    } else if expansion.isIndexed, !expansion.isUnknown {
      let references = expansion.instances.map { reference(key + $0.suffix, "", origin) }
      return (expansion.collection(references, origin), 1)
    }
    let suffix = part?.suffix ?? ""
    guard steps.count > used, let attribute = steps[used].name else {
      // `[*]` behind it makes a list of one.
      return (reference(key + suffix, "", origin), used)
    }
    if let stated = try stated(attribute, key, part, block), stated.firstGap == nil {
      return (stated, used + 1)
    }
    let rest = steps.dropFirst(used).attributePath
    let whole = reference(key + suffix, rest, origin)
    if steps.count == used + 1, let made = try derived(attribute, whole, key, part, block) {
      return (made, steps.count)
    }
    return (whole, steps.count)
  }

  /// An attribute that the platform makes from a stated one, as far as it is known from that.
  private func derived(
    _ attribute: String,
    _ whole: Datum,
    _ key: String,
    _ part: TerraformExpansion.Part?,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> Datum? {
    // The host has the account and the region; the repository's name comes behind it.
    guard attribute == "repository_url", key.hasPrefix("aws_ecr_repository."),
      let name = try stated("name", key, part, block)
    else { return nil }
    return Datum.concatenate([whole, Datum(.text("/"), whole.origin), name], whole.origin)
  }

  func reference(_ name: String, _ attribute: String, _ origin: Origin) -> Datum {
    .reference(
      DatumReference(address(name), attribute: attribute),
      because: "it is known only once deployed",
      origin
    )
  }

  /// An attribute as the resource states it; nil if it does not, or needs itself.
  private func stated(
    _ name: String,
    _ key: String,
    _ part: TerraformExpansion.Part?,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> Datum? {
    guard let (file, attribute) = block.attribute(name), name != "id" else { return nil }
    let memo = "\(key)\(part?.suffix ?? "").\(name)"
    if underWay.contains(memo) { return nil }
    do throws(HCLFailure) {
      return try once(memo) { () throws(HCLFailure) in
        var evaluator = evaluator(in: file)
        part?.bind(&evaluator)
        return try evaluator.value(attribute.value)
      }
    } catch {
      if error.kind == .limit { throw error }
      return nil
    }
  }

  private func dataSource(
    _ sort: String,
    _ words: [String],
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let key = "\(words[0]).\(words[1])"
    guard sort == "ephemeral" || module.dataSources[key] != nil else {
      throw HCLFailure(.undeclared, "the data source \(key) is not declared")
    }
    if words[0] == "aws_iam_policy_document", let block = module.dataSources[key] {
      if let found = try policy(key, block, steps, evaluator) { return found }
    }
    let reason =
      switch words[0] {
      case "aws_caller_identity": "the account is known only when Terraform runs"
      case "aws_region", "aws_partition": "the region is known only when Terraform runs"
      default: "the data source \(key) is read when Terraform runs"
      }
    return (
      Datum.reference(
        DatumReference(
          address("\(sort).\(key)"),
          attribute: steps.dropFirst(2).attributePath
        ),
        because: reason,
        origin
      ), steps.count
    )
  }

  private func policy(
    _ key: String,
    _ block: TerraformBlock,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let expansion = try expansion("data.\(key)", block)
    var used = 2
    var part = expansion.instances.first
    if expansion.isIndexed, steps.count > 2, case .index(let index) = steps[2].kind {
      used = 3
      guard let wanted = try evaluator.value(index).string.known else { return nil }
      if !expansion.isUnknown { part = expansion.instances.first { $0.key == wanted } }
    }
    guard steps.count > used, let attribute = steps[used].name,
      attribute == "json" || attribute == "minified_json", let part
    else { return nil }
    let value = try once("data.\(key)\(part.suffix)") { () throws(HCLFailure) in
      let body = try TerraformBody(self, part).value(of: block)
      let document = PolicyDocument.make(body)
      let parts = try HCLJSON.encode(document, project.session)
      return Datum(.encoded(EncodedText(document, as: .json, parts: parts)), block.origin)
    }
    return (value, used + 1)
  }

  /// The tags that a provider adds to all its resources.
  func defaultTags(_ provider: String) -> [DatumObject.Entry] {
    guard let block = module.providers[provider] else {
      return parent?.defaultTags(String(provider.prefix { $0 != "." })) ?? []
    }
    guard let value = try? TerraformBody(self, nil).value(of: block) else { return [] }
    return value["default_tags"].elements.first?["tags"].entries ?? []
  }
}

extension HCLStep {
  /// The name of a step that is an attribute.
  var name: String? { if case .attribute(let name) = kind { name } else { nil } }
}

extension Sequence<HCLStep> {
  /// The attributes as one path: `network.ip`.
  var attributePath: String { compactMap(\.name).joined(separator: ".") }
}

enum TerraformPath {
  /// The path from one folder to another, `.` for the same.
  static func relative(_ folder: String, from start: String) -> String {
    let target = folder.split(separator: "/")
    let base = start.split(separator: "/")
    let shared = zip(target, base).prefix { $0 == $1 }.count
    let parts =
      Array(repeating: "..", count: base.count - shared) + target[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}

enum TerraformWords {
  /// What a call of a module has besides arguments.
  static let callWords: Set<String> = [
    "source", "version", "count", "for_each", "providers", "depends_on",
  ]
  /// What a resource has besides its own attributes and blocks.
  static let resourceWords: Set<String> = [
    "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection",
    "timeouts",
  ]
}
