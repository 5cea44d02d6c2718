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

  var known: [String: Datum] = [:]
  var failed: [String: HCLFailure] = [:]
  var underWay: Set<String> = []
  var expansions: [String: TerraformExpansion] = [:]
  var children: [String: [TerraformInstance]] = [:]

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
  func once(
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
}
