extension Node {
  /// Elements of a sequence or entries of a mapping; 0 for a scalar.
  package var count: Int {
    switch kind {
    case .mapping: entries.count
    case .sequence: elements.count
    case .scalar: 0
    }
  }

  /// The elements of a sequence; empty for other nodes.
  package var elements: NodeElements {
    let record = record
    return NodeElements(arena: arena, slice: record.kind == .sequence ? record.slice : 0..<0)
  }

  /// The entries of a mapping with unique keys; empty for other nodes.
  ///
  /// Merge keys (`<<`) are replaced by what they stand for: keys of the mapping itself win over
  /// merged ones, earlier merged mappings over later ones. Of duplicate keys the last remains.
  package var entries: NodeEntries {
    let record = record
    let isMapping = record.kind == .mapping
    return NodeEntries(
      arena: arena,
      slice: isMapping ? arena.effectiveChildren(of: record) : 0..<0
    )
  }

  /// The entries of a mapping as written; empty for other nodes.
  package var rawEntries: NodeEntries {
    let record = record
    return NodeEntries(arena: arena, slice: record.kind == .mapping ? record.slice : 0..<0)
  }

  /// The value of a key of a mapping, merged ones included.
  package subscript(_ key: String) -> Node? {
    entry(key)?.value
  }

  /// The node reached by following one key after the other.
  package subscript(path keys: String...) -> Node? {
    var node = self
    for key in keys {
      guard let next = node[key] else { return nil }
      node = next
    }
    return node
  }

  /// The key node and the value node of a key of a mapping.
  package func entry(_ key: String) -> (key: Node, value: Node)? {
    let record = record
    guard record.kind == .mapping else { return nil }
    let slice = arena.effectiveChildren(of: record)
    var key = key
    let position = key.withUTF8 { arena.position(of: $0, in: slice, of: record) }
    guard let position else { return nil }
    return (arena.node(arena.children[position]), arena.node(arena.children[position + 1]))
  }
}

extension NodeArena {
  /// The index in `children` of the key with this text.
  fileprivate func position(
    of key: UnsafeBufferPointer<UInt8>,
    in slice: Range<Int>,
    of record: NodeRecord
  ) -> Int? {
    if let table = extra(of: record)?.table {
      return tables.withUnsafeBufferPointer { slots in
        KeyTable.find(hash: KeyTable.hash(key), in: slots[table.range]) { entry in
          hasText(key, children[slice.lowerBound + 2 * entry])
        }
      }
      .map { slice.lowerBound + 2 * $0 }
    }
    var position = slice.lowerBound
    while position < slice.upperBound {
      if hasText(key, children[position]) { return position }
      position += 2
    }
    return nil
  }

  private func hasText(_ key: UnsafeBufferPointer<UInt8>, _ reference: NodeReference) -> Bool {
    let record = records[nodeIndex(reference)]
    guard record.count == key.count, record.kind == .scalar else { return false }
    return text.withUnsafeBufferPointer { sameBytes($0[record.slice], key[...]) }
  }
}

/// The elements of a sequence.
package struct NodeElements: RandomAccessCollection, Sendable {
  fileprivate let arena: NodeArena
  fileprivate let slice: Range<Int>

  package var startIndex: Int { 0 }
  package var endIndex: Int { slice.count }

  package subscript(position: Int) -> Node {
    precondition(position >= 0 && position < slice.count, "element index out of range")
    return arena.node(arena.children[slice.lowerBound + position])
  }
}

/// The entries of a mapping.
package struct NodeEntries: RandomAccessCollection, Sendable {
  fileprivate let arena: NodeArena
  fileprivate let slice: Range<Int>

  package var startIndex: Int { 0 }
  package var endIndex: Int { slice.count / 2 }

  package subscript(position: Int) -> (key: Node, value: Node) {
    precondition(position >= 0 && position < endIndex, "entry index out of range")
    let first = slice.lowerBound + 2 * position
    return (arena.node(arena.children[first]), arena.node(arena.children[first + 1]))
  }
}
