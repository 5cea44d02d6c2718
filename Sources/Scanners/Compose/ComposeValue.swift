internal import DocumentTrees
internal import Workloads

/// The surroundings that a value of a Compose file is read in.
final class ComposeContext: Sendable {
  let file: String
  /// The folder that relative paths start from; `nil` if it lies outside the root.
  let directory: String?
  let variables: VariableScope
  /// The `extends` through which the value came.
  let via: [SourceLocation]

  init(
    file: String,
    directory: String?,
    variables: VariableScope,
    via: [SourceLocation] = []
  ) {
    self.file = file
    self.directory = directory
    self.variables = variables
    self.via = via
  }

  func passing(_ place: SourceLocation) -> ComposeContext {
    ComposeContext(
      file: file,
      directory: directory,
      variables: variables,
      via: via + [place]
    )
  }
}

/// A value of a Compose project: a node of a file as it stands, or what merging made of several.
///
/// Only what is really merged is ever taken apart; the rest stays a node of its file.
struct ComposeValue: Sendable {
  enum Form: Sendable {
    case node(Node)
    case mapping([ComposeEntry])
    case sequence([ComposeValue])
    case null
  }

  enum Kind { case null, scalar, sequence, mapping }

  var form: Form
  var context: ComposeContext
  var range: PlaceRange

  init(_ node: Node, in context: ComposeContext) {
    form = .node(node)
    self.context = context
    range = node.range
  }

  init(_ form: Form, in context: ComposeContext, at range: PlaceRange) {
    self.form = form
    self.context = context
    self.range = range
  }

  var location: SourceLocation { SourceLocation(file: context.file, range: range) }
  var origin: Origin { Origin(location, via: context.via) }

  var kind: Kind {
    switch form {
    case .null: .null
    case .mapping: .mapping
    case .sequence: .sequence
    case .node(let node):
      switch node.kind {
      case .mapping: .mapping
      case .sequence: .sequence
      case .scalar: isNull(node) ? .null : .scalar
      }
    }
  }

  /// An untagged `null` or nothing at all; a tag of Compose's own does not make it a string.
  private func isNull(_ node: Node) -> Bool {
    if node.isNull { return true }
    guard node.style == .plain, let tag = node.tag, tag.hasPrefix("!") else { return false }
    return node.textEquals("") || node.textEquals("null") || node.textEquals("~")
  }

  var node: Node? {
    if case .node(let node) = form { node } else { nil }
  }

  // MARK: What Compose's own tags say

  enum Directive { case reset, override }

  var directive: Directive? {
    guard let tag = node?.tag else { return nil }
    switch tag {
    case "!reset": return .reset
    case "!override": return .override
    default: return nil
    }
  }

  // MARK: Parts

  /// The entries of a mapping, those that `!reset` takes away left out.
  var entries: [ComposeEntry] { rawEntries.filter { $0.value.directive != .reset } }

  /// The entries of a mapping with those that `!reset` takes away.
  var rawEntries: [ComposeEntry] {
    switch form {
    case .mapping(let entries): return entries
    case .node(let node):
      return node.entries.map { entry in
        ComposeEntry(
          key: entry.key.text,
          place: place(of: entry.key),
          value: ComposeValue(entry.value, in: context)
        )
      }
    case .sequence, .null: return []
    }
  }

  var elements: [ComposeValue] {
    switch form {
    case .sequence(let elements): elements.filter { $0.directive != .reset }
    case .node(let node):
      node.elements.map { ComposeValue($0, in: context) }.filter { $0.directive != .reset }
    case .mapping, .null: []
    }
  }

  subscript(_ key: String) -> ComposeValue? {
    switch form {
    case .mapping(let entries):
      return entries.first { $0.key == key && $0.value.directive != .reset }?.value
    case .node(let node):
      guard let found = node[key] else { return nil }
      let value = ComposeValue(found, in: context)
      return value.directive == .reset ? nil : value
    case .sequence, .null: return nil
    }
  }

  private func place(of node: Node) -> Origin {
    Origin(SourceLocation(file: context.file, range: node.range), via: context.via)
  }

  /// The same value, having come through the `extends` at a place; counts what it looked at.
  func passing(_ place: SourceLocation, counting count: inout Int) -> ComposeValue {
    var contexts: [ObjectIdentifier: ComposeContext] = [:]
    return passing(place, &contexts, &count)
  }

  private func passing(
    _ place: SourceLocation,
    _ contexts: inout [ObjectIdentifier: ComposeContext],
    _ count: inout Int
  ) -> ComposeValue {
    count += 1
    var copy = self
    let identity = ObjectIdentifier(context)
    copy.context = contexts[identity] ?? context.passing(place)
    contexts[identity] = copy.context
    switch form {
    case .node, .null: break
    case .mapping(let entries):
      copy.form = .mapping(
        entries.map { entry in
          ComposeEntry(
            key: entry.key,
            place: Origin(entry.place.location, via: entry.place.via + [place]),
            value: entry.value.passing(place, &contexts, &count)
          )
        }
      )
    case .sequence(let elements):
      copy.form = .sequence(elements.map { $0.passing(place, &contexts, &count) })
    }
    return copy
  }
}

/// A key and its value.
struct ComposeEntry: Sendable {
  var key: String
  /// Where the key stands.
  var place: Origin
  var value: ComposeValue
}
