import DocumentTrees
import Workloads

/// The templates of one scan, and what they share.
final class TemplateSession {
  enum Loaded {
    case root(Node)
    /// The reason as the end of "it …": `is missing`.
    case refused(Notice.Kind, String)
  }

  let files: any FileTree
  let bounds: CloudFormationReader.Bounds
  private let limits: DocumentLimits
  private let templates: [CloudFormationTemplate]
  private var loaded: [String: Loaded] = [:]
  /// How often each template is nested in another one.
  private(set) var nestings: [String: Int] = [:]
  private var evaluated: Set<String> = []
  private var instances: [TemplateEvaluator] = []
  private var nestedStacks = 0
  private lazy var exports = collectExports()
  private var openExports: Set<String> = []
  private(set) lazy var parameterFiles = ParameterFiles(session: self, stems: stems)

  init(
    files: any FileTree,
    limits: DocumentLimits,
    bounds: CloudFormationReader.Bounds,
    templates: [CloudFormationTemplate]
  ) {
    self.files = files
    self.limits = limits
    self.bounds = bounds
    self.templates = templates.sorted { $0.path < $1.path }
    for template in templates { loaded[template.path] = .root(template.root) }
  }

  private var stems: [String: Set<String>] {
    var stems: [String: Set<String>] = [:]
    for template in templates {
      stems[RelativePath.directory(of: template.path), default: []]
        .insert(ParameterFiles.stem(of: RelativePath.name(of: template.path)))
    }
    return stems
  }

  // MARK: Deployments

  func deployments() -> [Deployment] {
    for template in templates {
      for path in NestedStack.paths(in: template, files) { nestings[path, default: 0] += 1 }
    }
    let roots = templates.filter { nestings[$0.path] == nil }
    for template in roots { start(template) }
    // What is left over is nested in itself, or in a stack that is never made.
    for template in templates where !evaluated.contains(template.path) {
      nestings[template.path] = nil
      start(template)
    }
    // Only now: evaluating one instance may still add notices to another.
    var done = 0
    var result: [Deployment] = []
    while done < instances.count {
      result.append(instances[done].deployment())
      done += 1
    }
    for (index, instance) in instances.enumerated() {
      result[index].notices = instance.notices
      result[index].files = instance.readFiles
    }
    return result.sorted { $0.project < $1.project }
  }

  private func start(_ template: CloudFormationTemplate) {
    let instance = root(template)
    // Nested ones are made on the way, so that those left over are known.
    instance.openNestedStacks()
  }

  private func root(_ template: CloudFormationTemplate) -> TemplateEvaluator {
    let evaluator = TemplateEvaluator(
      path: template.path,
      address: template.path,
      root: template.root,
      session: self,
      budget: Budget(bounds)
    )
    adopt(evaluator)
    return evaluator
  }

  func adopt(_ evaluator: TemplateEvaluator) {
    evaluated.insert(evaluator.path)
    instances.append(evaluator)
  }

  /// Whether one more nested stack may be opened.
  func mayNest() -> Bool {
    nestedStacks += 1
    return nestedStacks <= bounds.nestedStacks
  }

  // MARK: Files

  func load(_ path: String) -> Loaded {
    if let known = loaded[path] { return known }
    let result = read(path)
    loaded[path] = result
    return result
  }

  private func read(_ path: String) -> Loaded {
    switch files.read(path) {
    case .bytes(let bytes):
      do {
        guard let root = try Self.parse(bytes, limits) else {
          return .refused(.invalidValue, "is empty")
        }
        return .root(root)
      } catch {
        return .refused(.unreadable, "cannot be read: \(error.problem)")
      }
    case .missing: return .refused(.missingFile, "is not there")
    case .directory: return .refused(.missingFile, "is a folder")
    case .outsideRoot: return .refused(.outsideRoot, "lies outside of the scanned folder")
    case .unreadable(let reason): return .refused(.unreadable, "cannot be read: \(reason)")
    }
  }

  /// The root of a JSON text if it begins like one, else of the first YAML document.
  ///
  /// libyaml reads most of JSON, but refuses tabs and surrogate pairs.
  private static func parse(
    _ bytes: [UInt8],
    _ limits: DocumentLimits
  ) throws(DocumentError) -> Node? {
    let first = bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      do { return try JSONReader.document(in: bytes, limits: limits).root } catch {
        // YAML in flow style looks like it, and has comments and tags.
        if let root = try? YAMLReader.document(in: bytes, limits: limits)?.root { return root }
        throw error
      }
    }
    return try YAMLReader.document(in: bytes, limits: limits)?.root
  }

  // MARK: Exports

  /// The value that exactly one template exports under a name.
  func exported(_ name: String) -> Datum? {
    guard let export = exports[name], export.count == 1, openExports.insert(name).inserted
    else { return nil }
    defer { openExports.remove(name) }
    return export[0].evaluator.output(export[0].output)
  }

  private func collectExports() -> [String: [(evaluator: TemplateEvaluator, output: String)]] {
    var exports: [String: [(evaluator: TemplateEvaluator, output: String)]] = [:]
    for instance in instances {
      for (output, name) in instance.exportNames() {
        exports[name, default: []].append((instance, output))
      }
    }
    return exports
  }
}

/// What a template may still cost, together with the stacks nested in it.
final class Budget {
  private var steps: Int
  private var textBytes: Int
  private(set) var isSpent = false

  init(_ bounds: CloudFormationReader.Bounds) {
    steps = bounds.steps
    textBytes = bounds.textBytes
  }

  func step(_ count: Int = 1) -> Bool {
    steps -= count
    if steps < 0 { isSpent = true }
    return !isSpent
  }

  func write(bytes: Int) -> Bool {
    textBytes -= bytes
    if textBytes < 0 { isSpent = true }
    return !isSpent
  }
}
