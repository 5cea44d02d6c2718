/// A mapping, a sequence or a scalar of a document, with its place in the text.
///
/// A small value: a reference to the file's tree and an index into it. Nothing is copied out of
/// the tree before it is asked for.
package struct Node: Sendable {
  /// The three kinds of nodes that YAML knows.
  package enum Kind: UInt8, Sendable {
    case mapping
    case sequence
    case scalar
  }

  let arena: NodeArena
  private let position: UInt32
  /// One more than the index of the alias through which this node was reached; 0 for none.
  private let aliasNumber: UInt32

  init(arena: NodeArena, index: Int, alias: Int? = nil) {
    self.arena = arena
    position = UInt32(truncatingIfNeeded: index)
    aliasNumber = alias.map { UInt32(truncatingIfNeeded: $0 + 1) } ?? 0
  }

  var record: NodeRecord { arena.records[Int(position)] }

  /// Identity of the node inside its file; aliases share that of the node they name.
  package var id: Int { Int(position) }

  /// Whether this is a mapping, a sequence or a scalar.
  package var kind: Kind { record.kind }
  /// Whether this has entries.
  package var isMapping: Bool { record.kind == .mapping }
  /// Whether this has elements.
  package var isSequence: Bool { record.kind == .sequence }
  /// Whether this has a text.
  package var isScalar: Bool { record.kind == .scalar }
  /// How the node was written.
  package var style: NodeStyle { record.style }

  /// From the node's first character, its tag and anchor included, to behind its last.
  ///
  /// For a node reached through an alias this is where the node was written; see `aliasRange`.
  package var range: PlaceRange { record.range }

  /// Where the alias stands through which this node was reached.
  package var aliasRange: PlaceRange? {
    aliasNumber == 0 ? nil : arena.aliases[Int(aliasNumber) - 1].range
  }

  /// The explicit tag with its handle resolved: `!Ref`, `tag:yaml.org,2002:str`.
  package var tag: String? {
    guard let slice = arena.extra(of: record)?.tag, slice.count > 0 else { return nil }
    return arena.string(slice.range)
  }

  /// The name by which aliases call the node, without its `&`.
  package var anchor: String? {
    guard let slice = arena.extra(of: record)?.anchor, slice.count > 0 else { return nil }
    return arena.string(slice.range)
  }
}

extension Node: Hashable {
  package static func == (left: Node, right: Node) -> Bool {
    left.arena === right.arena && left.position == right.position
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(arena))
    hasher.combine(position)
  }
}

/// How a node was written.
package enum NodeStyle: UInt8, Sendable {
  /// Without quotes; in JSON numbers, truth values and null.
  case plain
  case singleQuoted
  case doubleQuoted
  case literal
  case folded
  /// A mapping or sequence by indentation.
  case block
  /// A mapping or sequence in brackets; everything in JSON.
  case flow
}

/// The style of a scalar; collections have styles of the same type.
package typealias ScalarStyle = NodeStyle
