internal import DocumentTrees
internal import Workloads

/// What the frames of one template, its nested and its linked templates share.
final class ARMSession {
  let files: any FileTree
  let limits: DocumentLimits
  let budget = AzureBudget()
  var notices: [Notice] = []
  var usedFiles: Set<String> = []
  /// Deployments by the address of the resource that makes them.
  var deployments: [String: ARMFrame] = [:]
  /// Resources by type and name, for references.
  var index = ARMResourceIndex()
  var addresses: Set<String> = []
  /// How deep evaluation has gone: chains of variables, functions, nested values.
  private var depth = 0
  private var frames = 0
  var frameCount = 0
  private var resourceCount = 0
  private var saidLimit = false
  private var expressions: [Node: Result<ARMExpression, ARMSyntaxError>] = [:]

  /// A call takes a few native frames, and threads have small stacks.
  private static let maximumDepth = 120
  /// Nested deployments of one template.
  private static let maximumFrames = 256
  /// Azure's own limit for one template, times a few templates nested into each other.
  private static let maximumResources = 4000

  init(files: any FileTree, limits: DocumentLimits) {
    self.files = files
    self.limits = limits
  }

  func notice(_ kind: Notice.Kind, _ location: SourceLocation?, _ message: String) {
    guard let location else { return }
    let notice = Notice(kind, location, message)
    guard notices.count < 500, !notices.contains(notice) else { return }
    notices.append(notice)
  }

  /// Pays for work; the first time that nothing is left is said.
  func spend(_ steps: Int, at location: SourceLocation?) -> Bool {
    if budget.spend(steps) { return true }
    if !saidLimit {
      saidLimit = true
      notice(.limit, location, "The template takes too much work to evaluate; the rest is unknown.")
    }
    return false
  }

  /// Runs a step of the evaluation one level deeper; nil if that is too deep.
  func deeper<Result>(at location: SourceLocation?, _ body: () -> Result) -> Result? {
    guard depth < Self.maximumDepth else {
      notice(.limit, location, "Values are nested or chained too deeply here; they are unknown.")
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body()
  }

  func mayOpenFrame(at location: SourceLocation?) -> Bool {
    frames += 1
    if frames <= Self.maximumFrames { return true }
    notice(.limit, location, "There are too many nested deployments; further ones are not read.")
    return false
  }

  func mayAddResource(at location: SourceLocation?) -> Bool {
    resourceCount += 1
    if resourceCount <= Self.maximumResources { return true }
    notice(.limit, location, "The template makes too many resources; further ones are left out.")
    return false
  }

  /// An address that no resource has yet.
  func address(_ wish: String) -> String {
    var address = wish
    var number = 2
    while !addresses.insert(address).inserted {
      address = "\(wish)~\(number)"
      number += 1
    }
    return address
  }

  // MARK: Expressions

  /// The expression that a text node is; a broken one gets its notice once.
  func expression(of node: Node, in file: String) -> ARMExpression? {
    if let known = expressions[node] { return try? known.get() }
    let result: Result<ARMExpression, ARMSyntaxError> = node.withTextBytes { bytes in
      do throws(ARMSyntaxError) {
        return .success(try ARMParser.parse(bytes.dropFirst().dropLast()))
      } catch {
        return .failure(error)
      }
    }
    expressions[node] = result
    if case .failure(let error) = result {
      let location = SourceLocation(file: file, range: node.range)
      notice(.invalidValue, location, "The expression cannot be read: \(error.problem).")
    }
    return try? result.get()
  }

  // MARK: Files

  /// The root of a JSON file with comments allowed, as Azure reads templates.
  func template(at path: String) -> Node? {
    guard case .bytes(let bytes) = files.read(path) else { return nil }
    return ARMText.document(in: bytes, limits: limits)?.root
  }

}

/// Finds resources by type and name, as far as names are known.
struct ARMResourceIndex {
  private var addresses: [String: Set<String>] = [:]
  /// Only those whose names are wholly known, wherever they stand.
  private var known: [String: Set<String>] = [:]

  mutating func add(_ address: String, type: String, names: [Datum], frame: Int) {
    guard let key = Self.key(type, names) else { return }
    addresses["\(frame)|\(key.text)", default: []].insert(address)
    if key.isKnown { known[key.text, default: []].insert(address) }
  }

  /// The one resource that it can be.
  func address(type: String, names: [Datum], frame: Int) -> String? {
    guard let key = Self.key(type, names) else { return nil }
    if let own = addresses["\(frame)|\(key.text)"] { return own.count == 1 ? own.first : nil }
    guard key.isKnown, let all = known[key.text], all.count == 1 else { return nil }
    return all.first
  }

  /// Type and segments of the name; gaps stand for themselves by their reasons.
  static func key(_ type: String, _ names: [Datum]) -> (text: String, isKnown: Bool)? {
    var text = type.lowercased()
    var isKnown = true
    for name in names {
      guard let parts = name.parts else { return nil }
      text += "|"
      for part in parts {
        switch part {
        case .text(let known): text += known.lowercased().replacing("/", with: "|")
        case .gap(let gap):
          isKnown = false
          let place = gap.reference.map { "\($0.address).\($0.attribute)" } ?? gap.reason
          text += "\u{0}\(place)\u{0}"
        }
      }
    }
    return (text, isKnown)
  }
}
