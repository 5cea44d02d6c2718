import DocumentTrees
import Workloads

/// A block of a module with what override files say of it.
struct TerraformBlock {
  /// The texts that make it up, later ones going before earlier ones.
  var layers: [(file: String, body: HCLBody)]
  var labels: [String]
  /// Where it is declared.
  var file: String
  var range: PlaceRange

  var origin: Origin { Origin(SourceLocation(file: file, range: range)) }

  /// An attribute and the file that has the last word on it.
  func attribute(_ name: String) -> (file: String, attribute: HCLAttribute)? {
    for layer in layers.reversed() {
      if let attribute = layer.body.attribute(name) { return (layer.file, attribute) }
    }
    return nil
  }

  /// Whether it has blocks of a type, or makes some.
  func hasBlocks(_ type: String) -> Bool {
    layers.contains { layer in
      layer.body.blocks.contains { block in
        block.type == type || block.type == "dynamic" && block.labels.first?.text == type
      }
    }
  }
}

/// The configuration of one folder: its files, read and merged.
struct TerraformModule {
  var folder: String
  var files: [String] = []
  var variables: [String: TerraformBlock] = [:]
  var locals: [String: (file: String, attribute: HCLAttribute)] = [:]
  /// By `type.name`.
  var resources: [String: TerraformBlock] = [:]
  var dataSources: [String: TerraformBlock] = [:]
  var calls: [String: TerraformBlock] = [:]
  var outputs: [String: TerraformBlock] = [:]
  /// By name or `name.alias`.
  var providers: [String: TerraformBlock] = [:]
  var notices: [Notice] = []
  /// Files that could not be read wholly.
  var brokenFiles: Set<String> = []

  /// Reads the files of a folder in Terraform's order: override files last.
  init(folder: String, files: any FileTree, limits: DocumentLimits) {
    self.folder = folder
    let names = (files.names(in: folder) ?? []).filter(Self.isConfiguration)
    for name in names.filter({ !Self.isOverride($0) }) + names.filter(Self.isOverride) {
      read(RelativePath.join(folder, name), isOverride: Self.isOverride(name), files, limits)
    }
  }

  static func isConfiguration(_ name: String) -> Bool {
    (name.hasSuffix(".tf") || name.hasSuffix(".tf.json")) && !name.hasPrefix(".")
      && !name.hasSuffix("~") && !name.hasPrefix("#")
  }

  private static func isOverride(_ name: String) -> Bool {
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    return stem == "override" || stem.hasSuffix("_override")
  }

  private mutating func read(
    _ path: String,
    isOverride: Bool,
    _ tree: any FileTree,
    _ limits: DocumentLimits
  ) {
    guard case .bytes(let bytes) = tree.read(path) else { return }
    files.append(path)
    let file: HCLFile
    if path.hasSuffix(".json") {
      file = TerraformJSON.file(bytes, limits)
    } else {
      file = HCLParser.file(bytes)
    }
    for failure in file.failures.prefix(5) {
      brokenFiles.insert(path)
      let range = failure.range ?? file.body.range
      notices.append(
        Notice(
          failure.kind == .limit ? .limit : .unreadable,
          SourceLocation(file: path, range: range),
          "A part of the file cannot be read: \(failure.message)."
        )
      )
    }
    for block in file.body.blocks { add(block, path, isOverride: isOverride) }
  }

  private mutating func add(_ block: HCLBlock, _ file: String, isOverride: Bool) {
    let new = TerraformBlock(
      layers: [(file, block.body)],
      labels: block.labels.map(\.text),
      file: file,
      range: block.range
    )
    switch (block.type, block.labels.count) {
    case ("variable", 1): merge(new, into: \.variables, new.labels[0], isOverride)
    case ("output", 1): merge(new, into: \.outputs, new.labels[0], isOverride)
    case ("module", 1): merge(new, into: \.calls, new.labels[0], isOverride)
    case ("resource", 2):
      merge(new, into: \.resources, new.labels.joined(separator: "."), isOverride)
    case ("data", 2):
      merge(new, into: \.dataSources, new.labels.joined(separator: "."), isOverride)
    case ("provider", 1):
      var key = new.labels[0]
      if let alias = block.body.attribute("alias"), case .text(let name) = alias.value.kind {
        key += "." + name
      }
      merge(new, into: \.providers, key, isOverride)
    case ("locals", 0):
      for attribute in block.body.attributes { locals[attribute.name] = (file, attribute) }
    case ("terraform", 0), ("moved", 0), ("import", 0), ("removed", 0), ("check", 1),
      ("ephemeral", 2):
      break
    default:
      brokenFiles.insert(file)
      notices.append(
        Notice(
          .unsupportedField,
          SourceLocation(file: file, range: block.range),
          "A block \(block.type) with \(block.labels.count) labels has no meaning in Terraform."
        )
      )
    }
  }

  private mutating func merge(
    _ new: TerraformBlock,
    into blocks: WritableKeyPath<TerraformModule, [String: TerraformBlock]>,
    _ key: String,
    _ isOverride: Bool
  ) {
    guard let known = self[keyPath: blocks][key] else {
      self[keyPath: blocks][key] = new
      return
    }
    if isOverride {
      self[keyPath: blocks][key]?.layers += new.layers
    } else {
      notices.append(
        Notice(
          .duplicateKey,
          SourceLocation(file: new.file, range: new.range),
          "\(key) is declared a second time; the first one is in \(known.file)."
        )
      )
    }
  }
}
