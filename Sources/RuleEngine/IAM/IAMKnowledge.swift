import Synchronization

/// What is known of rights: AWS's actions, what `iam.yaml` says of them, and Azure's roles.
///
/// The data is read when the first policy asks for it.
final class IAMKnowledge: Sendable {
  static let path = "catalogue/iam.yaml"

  let table: ActionTable
  let azureRoles: AzureRoleTable
  private let root: DataNode
  private let read = Mutex<Result<IAMFacts, CatalogueError>?>(nil)

  init(_ files: CatalogueFiles) throws(CatalogueError) {
    root = try files.root(Self.path)
    table = ActionTable(text: try files.text(ActionTable.path))
    azureRoles = AzureRoleTable(text: try files.text(AzureRoleTable.path))
  }

  func facts() throws(CatalogueError) -> IAMFacts {
    try read.withLock { read in
      if let read { return read }
      let result = Result { () throws(CatalogueError) in try IAMFacts(root) }
      read = result
      return result
    }.get()
  }
}

/// The contents of `iam.yaml`.
struct IAMFacts: Sendable {
  struct EscalationPath: Sendable {
    var id: String
    /// What one can do, as the end of "it can …".
    var text: String
    /// The services that a role is handed to on the way.
    var passedTo: [String]
    /// Each set is enough.
    var sets: [[ActionPattern]]
  }

  let paths: [EscalationPath]
  /// Reads of secrets and of stored data.
  let data: [ActionPattern]
  /// Reads from which less is to be had.
  let streams: [ActionPattern]
  /// Actions that answer with credentials of somebody else.
  let credentials: [ActionPattern]
  /// Condition keys of all services in lower case.
  private let narrowing: [[UInt8]]
  /// Exceptions among those of single services.
  private let notNarrowing: [[UInt8]]
  let executionAny: [ActionPattern]
  let executionScoped: [ActionPattern]
  /// Actions of AWS's own policies by their name.
  let managed: [String: [String]]
  private let harmless: [[UInt8]]

  init(_ root: DataNode) throws(CatalogueError) {
    try root.allow([
      "compiled", "paths", "data", "narrowing", "notNarrowing", "execution", "managed", "harmless",
    ])
    var paths: [EscalationPath] = []
    for node in try root.required("paths").elements() {
      try node.allow(["id", "text", "passedTo", "any"])
      var sets: [[ActionPattern]] = []
      for set in try node.required("any").elements() {
        sets.append(try set.strings().map(ActionPattern.init))
      }
      paths.append(
        EscalationPath(
          id: try node.string("id"),
          text: try node.string("text"),
          passedTo: try node.strings("passedTo"),
          sets: sets
        )
      )
    }
    self.paths = paths
    let data = try root.required("data")
    try data.allow(["secrets", "objects", "streams", "credentials"])
    self.data = try (data.strings("secrets") + data.strings("objects")).map(ActionPattern.init)
    streams = try data.strings("streams").map(ActionPattern.init)
    credentials = try data.strings("credentials").map(ActionPattern.init)
    narrowing = try root.strings("narrowing").map { Array($0.lowercased().utf8) }
    notNarrowing = try root.strings("notNarrowing").map { Array($0.lowercased().utf8) }
    let execution = try root.required("execution")
    try execution.allow(["any", "scoped"])
    executionAny = try execution.strings("any").map(ActionPattern.init)
    executionScoped = try execution.strings("scoped").map(ActionPattern.init)
    var managed: [String: [String]] = [:]
    for node in try root.required("managed").elements() {
      try node.allow(["names", "actions"])
      let actions = try node.strings("actions")
      for name in try node.strings("names") { managed[name] = actions }
    }
    self.managed = managed
    harmless = try root.strings("harmless").map { Array($0.utf8) }
  }

  /// Whether a condition on a key, in lower case, limits a statement to some resources or callers.
  func narrows(_ key: String) -> Bool {
    let bytes = Array(key.utf8)
    if key.hasPrefix("aws:") { return narrowing.contains { IAMPattern.matches($0, bytes) } }
    return !notNarrowing.contains { IAMPattern.matches($0, bytes) }
  }

  /// Whether a policy of AWS gives nobody a way to more rights.
  func isHarmless(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return harmless.contains { IAMPattern.matches($0, bytes) }
  }
}
