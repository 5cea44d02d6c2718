import DocumentTrees
import Workloads

/// What all modules below one root module share while it is evaluated.
final class TerraformProject {
  static let maximumInstances = 256
  static let maximumResources = 20_000
  static let maximumModules = 500
  static let maximumModuleDepth = 16
  private static let maximumNotices = 200

  let session: HCLSession
  let folder: String
  private let library: TerraformLibrary
  var deployment: Deployment
  private var moduleCount = 0
  private var noticed: Set<String> = []

  init(folder: String, library: TerraformLibrary) {
    self.folder = folder
    self.library = library
    session = HCLSession(files: library.files, root: folder, limits: library.limits)
    deployment = Deployment(project: folder, format: .terraform)
  }

  func module(_ folder: String) -> TerraformModule { library.module(folder) }
  func exists(_ folder: String) -> Bool { library.files.kind(of: folder) == .directory }

  /// Whether one more module may be evaluated.
  func enterModule() -> Bool {
    moduleCount += 1
    return moduleCount <= Self.maximumModules
  }

  /// Says something once.
  func note(_ kind: Notice.Kind, _ location: SourceLocation, _ message: String) {
    // A bound that is reached is reached everywhere.
    let key = kind == .limit ? message : "\(location.file):\(location.range.start):\(message)"
    guard noticed.count < Self.maximumNotices, noticed.insert(key).inserted else { return }
    deployment.notices.append(Notice(kind, location, message))
  }

  func note(_ failure: HCLFailure, _ what: String, _ file: String, _ range: PlaceRange) {
    let location = SourceLocation(file: file, range: failure.range ?? range)
    switch failure.kind {
    case .limit:
      note(.limit, location, "The configuration is evaluated in part only: \(failure.message).")
    case .undeclared:
      // Whatever refers to it has the same cause: the first of a file stands for all.
      guard noticed.insert("\(file):\(failure.message)").inserted else { return }
      note(.invalidValue, location, "\(what) has no value: \(failure.message).")
    case .syntax, .value:
      note(.invalidValue, location, "\(what) has no value: \(failure.message).")
    }
  }
}

/// The modules of a file tree, each read once.
final class TerraformLibrary {
  let files: any FileTree
  let limits: DocumentLimits
  private var modules: [String: TerraformModule] = [:]

  init(files: any FileTree, limits: DocumentLimits) {
    self.files = files
    self.limits = limits
  }

  func module(_ folder: String) -> TerraformModule {
    if let known = modules[folder] { return known }
    let module = TerraformModule(folder: folder, files: files, limits: limits)
    modules[folder] = module
    return module
  }
}
