import DocumentTrees
import Workloads

/// What all modules of one deployment share while it is evaluated.
final class BicepSession {
  static let maximumDepth = 120
  static let maximumModules = 500
  static let maximumModuleDepth = 24
  static let maximumResources = 5_000

  let sources: BicepSources
  let budget = AzureBudget(steps: 2_000_000)
  var deployment: Deployment
  /// Every resource and module instance by address, so that references find their way back.
  var instances: [String: BicepInstance] = [:]
  /// Declared resources by type and name, for those that another module calls existing.
  private var index: [String: [BicepInstance]] = [:]
  /// Files whose exports are imported, once each.
  private var libraries: [String: BicepScope] = [:]
  private var said: Set<String> = []
  private var templates: ARMSession?
  private var met: Set<String> = []
  private var depth = 0
  private(set) var moduleCount = 0

  init(path: String, sources: BicepSources) {
    self.sources = sources
    deployment = Deployment(project: path, format: .bicep)
  }

  // MARK: Notices and bounds

  /// Says it once for each message and file.
  func note(_ kind: Notice.Kind, _ location: SourceLocation, _ message: String) {
    guard said.count < 1_000, said.insert("\(location.file)|\(message)").inserted else { return }
    deployment.notices.append(Notice(kind, location, message))
  }

  func spend(_ steps: Int, at location: SourceLocation) -> Bool {
    if budget.spend(steps) { return true }
    note(.limit, location, "The template takes too much work to evaluate; the rest is unknown.")
    return false
  }

  /// Runs a step of the evaluation one level deeper; nil if that is too deep.
  func deeper<Result>(_ location: SourceLocation, _ body: () -> Result) -> Result? {
    guard depth < Self.maximumDepth else {
      note(.limit, location, "Values are nested or chained too deeply here; they are unknown.")
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  func mayOpenModule(_ location: SourceLocation) -> Bool {
    moduleCount += 1
    if moduleCount <= Self.maximumModules { return true }
    note(
      .limit,
      location,
      "There are more than \(Self.maximumModules) modules; further ones are not read."
    )
    return false
  }

  // MARK: Files

  var files: any FileTree { sources.files }
  var limits: DocumentLimits { sources.limits }

  /// The tree of a Bicep file; nil if it cannot be read.
  func file(_ path: String) -> BicepFile? {
    guard let file = sources.file(path) else { return nil }
    if deployment.files.insert(path).inserted, let notice = sources.notice(ofErrorsIn: path) {
      note(notice.kind, notice.location, notice.message)
    }
    return file
  }

  /// Whether a file is met for the first time, for what is told once for each file.
  func firstOf(_ path: String) -> Bool { met.insert(path).inserted }

  /// The exports of another file, evaluated without parameters.
  func library(_ path: String) -> BicepScope? {
    if let known = libraries[path] { return known }
    guard let file = file(path) else { return nil }
    let scope = BicepScope(file, path: path, prefix: "\(path)#", session: self)
    libraries[path] = scope
    scope.declare()
    return scope
  }

  // MARK: ARM templates as modules

  /// The evaluation of an ARM template; nil if it is none.
  func template(
    _ path: String,
    _ given: [String: Datum],
    _ prefix: String,
    _ isDeclared: Value<Bool>
  ) -> ARMFrame? {
    let session = templates ?? ARMSession(files: files, limits: limits)
    templates = session
    guard let root = session.template(at: path), root.isMapping else { return nil }
    deployment.files.insert(path)
    var values: [String: ARMFrame.Given] = [:]
    for (name, value) in given { values[name.lowercased()] = .value(value) }
    let frame = ARMFrame(
      root,
      file: path,
      session: session,
      given: values,
      prefix: prefix,
      condition: isDeclared
    )
    frame.collect()
    return frame
  }

  func deploy(_ frame: ARMFrame) {
    var emitter = ARMEmitter()
    emitter.emit(frame)
    let room = max(0, Self.maximumResources - deployment.resources.count)
    deployment.resources += emitter.resources.prefix(room)
    deployment.parameters += emitter.parameters
  }

  /// What was deployed, with what the ARM templates among the modules had to say.
  func finish() -> Deployment {
    if let templates {
      for notice in templates.notices { note(notice.kind, notice.location, notice.message) }
      deployment.files.formUnion(templates.usedFiles)
    }
    return deployment
  }

  // MARK: Resources by name

  func register(_ instance: BicepInstance) {
    instances[instance.address] = instance
    guard !instance.isExisting, instance.isDeclared.known != false,
      let key = Self.key(instance.type, instance.names)
    else { return }
    index[key, default: []].append(instance)
  }

  /// The one declared resource with this type and name.
  func declared(type: String, names: [Datum]) -> BicepInstance? {
    guard let key = Self.key(type, names), let found = index[key], found.count == 1 else {
      return nil
    }
    return found[0]
  }

  /// Type and segments of the name; gaps stand for themselves by their reasons.
  private static func key(_ type: String, _ names: [Datum]) -> String? {
    var key = type.lowercased()
    for name in names {
      guard let parts = name.parts else { return nil }
      key += "|"
      for part in parts {
        switch part {
        case .text(let text): key += text.lowercased().replacing("/", with: "|")
        case .gap(let gap):
          let place = gap.reference.map { "\($0.address).\($0.attribute)" } ?? gap.reason
          key += "\u{0}\(place)\u{0}"
        }
      }
    }
    return key
  }
}
