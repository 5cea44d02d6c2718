import DocumentTrees
import Workloads

/// A key of a mapping once loops and includes are written out.
struct TemplateEntry {
  var key: String
  var keyNode: Node
  var node: Node
  var frame: Frame

  /// The resource type, for entries of `Resources`.
  var type: String {
    guard let type = node["Type"], type.isScalar else { return "" }
    return frame.replacingVariables(in: type.text)
  }
}

/// Entries by key, in the order of the text.
struct EntryTable {
  private(set) var order: [String] = []
  private var byKey: [String: TemplateEntry] = [:]
  /// Why there may be more.
  var more: Gap?

  subscript(_ key: String) -> TemplateEntry? { byKey[key] }

  mutating func set(_ entry: TemplateEntry) {
    if byKey.updateValue(entry, forKey: entry.key) == nil { order.append(entry.key) }
  }
}

/// The sections of a template, with what it includes at its top.
struct TemplateSections {
  private let evaluator: TemplateEvaluator
  /// The template itself, then what it includes.
  private var roots: [(node: Node, frame: Frame)]
  /// Macros that rewrite the template in ways nobody can tell from here.
  private(set) var macros: [String] = []
  private(set) var isServerless = false

  init(_ evaluator: TemplateEvaluator) {
    self.evaluator = evaluator
    let frame = Frame(file: evaluator.path)
    roots = [(evaluator.root, frame)]
    var transforms: [Node] = []
    for key in ["Transform", "Fn::Transform"] {
      guard let node = evaluator.root[key] else { continue }
      transforms += node.isSequence ? Array(node.elements) : [node]
    }
    for node in transforms {
      let name = node.isScalar ? node.text : node["Name"]?.text ?? ""
      switch name {
      case "AWS::LanguageExtensions", "": continue
      case "AWS::Include":
        if let included = evaluator.included(node, frame) { roots.append(included) }
      case let name where name.hasPrefix("AWS::Serverless-"): isServerless = true
      case let name where name.hasPrefix("AWS::"): continue
      default: macros.append(name)
      }
    }
    if !macros.isEmpty {
      evaluator.note(
        .information,
        evaluator.origin(evaluator.root["Transform"] ?? evaluator.root, frame),
        "\(macros.joined(separator: ", ")) rewrites the template when it is deployed; it was read as"
          + " written."
      )
    }
  }

  /// The entries of a section.
  func entries(_ section: String) -> EntryTable {
    var table = EntryTable()
    for (root, frame) in roots {
      guard let node = root[section] else { continue }
      guard node.isMapping else {
        if !node.isNull {
          evaluator.note(
            .invalidValue,
            evaluator.origin(node, frame),
            "\(section) is no mapping."
          )
        }
        continue
      }
      let expansion = evaluator.expand(node, frame)
      for entry in expansion.entries { table.set(entry) }
      if let more = expansion.more { table.more = more }
    }
    if !macros.isEmpty, table.more == nil {
      table.more = Gap("the macro \(macros[0]) may add to it")
    }
    return table
  }
}

/// The resources of a template by logical id.
struct ResourceTable {
  let entries: EntryTable
  private let isServerless: Bool

  init(_ evaluator: TemplateEvaluator) {
    var entries = evaluator.sections.entries("Resources")
    let isOpen = entries.order.contains { id in
      entries[id]?.node["Type"].map { !$0.isNull && !Self.isLiteral($0) } ?? false
    }
    if isOpen, entries.more == nil {
      entries.more = Gap("another tool puts resources in before the template is deployed")
    }
    self.entries = entries
    isServerless = evaluator.sections.isServerless
  }

  subscript(_ logicalID: String) -> TemplateEntry? { entries[logicalID] }

  /// Whether a type stands there as such: not as a module of Rain, `!Rain::Module ../vpc.yml`.
  static func isLiteral(_ type: Node) -> Bool {
    type.isScalar && !(type.tag?.hasPrefix("!") ?? false)
  }

  /// Whether SAM makes a resource of this name: a role (`OrdersRole`), an API
  /// (`ServerlessRestApi`), a version or an alias (`Orders.Version`).
  func isMadeByServerless(_ name: String) -> Bool {
    guard isServerless else { return false }
    if ["ServerlessRestApi", "ServerlessHttpApi", "ServerlessWebSocketApi"]
      .contains(where: name.hasPrefix)
    {
      return true
    }
    return entries.order.contains { id in
      name.hasPrefix(id) && entries[id]?.type.hasPrefix("AWS::Serverless::") == true
    }
  }
}
