/// One node as it lies in a `NodeArena`: 32 bytes, no references.
struct NodeRecord: Sendable {
  var range: PlaceRange
  /// Of a scalar the offset of its text in `NodeArena.text`, else of its first child reference in
  /// `NodeArena.children`.
  var first: UInt32
  /// Bytes of a scalar's text, or child references (two for each entry of a mapping).
  var count: UInt32
  /// Index into `NodeArena.extras`; 0 for the many nodes that have none.
  var extra: UInt32
  var kind: Node.Kind
  var style: NodeStyle

  var slice: Range<Int> { Int(first)..<Int(first) + Int(count) }
}

/// What few nodes have, kept apart so that `NodeRecord` stays small.
struct NodeExtra: Sendable {
  var tag = Slice()
  var anchor = Slice()
  /// Child references of a mapping after merge keys and duplicate keys are resolved, if these
  /// differ from those written.
  var effective: Slice?
  /// Slots of the hash table over the keys of a large mapping.
  var table: Slice?

  struct Slice: Sendable {
    var first: UInt32 = 0
    var count: UInt32 = 0

    var range: Range<Int> { Int(first)..<Int(first) + Int(count) }
  }
}

/// Where an alias stood and which node it names.
struct AliasRecord: Sendable {
  var target: UInt32
  var range: PlaceRange
}

/// A child as stored: a node, or an alias that leads to a node.
struct NodeReference: Sendable, Hashable {
  private var bits: UInt32

  private static let aliasBit: UInt32 = 1 << 31

  init(node index: Int) { bits = UInt32(truncatingIfNeeded: index) }
  init(alias index: Int) { bits = UInt32(truncatingIfNeeded: index) | Self.aliasBit }

  var isAlias: Bool { bits & Self.aliasBit != 0 }
  var index: Int { Int(bits & ~Self.aliasBit) }
}
