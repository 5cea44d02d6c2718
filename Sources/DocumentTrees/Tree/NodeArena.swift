/// All nodes and texts of one file, in a few flat arrays.
///
/// Nodes lie in the order in which they begin in the text. Immutable once built, so it can be
/// shared between tasks.
package final class NodeArena: Sendable {
  let records: ContiguousArray<NodeRecord>
  let children: ContiguousArray<NodeReference>
  let text: ContiguousArray<UInt8>
  let extras: ContiguousArray<NodeExtra>
  let aliases: ContiguousArray<AliasRecord>
  let tables: ContiguousArray<UInt32>

  init(
    records: ContiguousArray<NodeRecord>,
    children: ContiguousArray<NodeReference>,
    text: ContiguousArray<UInt8>,
    extras: ContiguousArray<NodeExtra>,
    aliases: ContiguousArray<AliasRecord>,
    tables: ContiguousArray<UInt32>
  ) {
    self.records = records
    self.children = children
    self.text = text
    self.extras = extras
    self.aliases = aliases
    self.tables = tables
  }

  func node(_ reference: NodeReference) -> Node {
    guard reference.isAlias else { return Node(arena: self, index: reference.index) }
    let target = Int(aliases[reference.index].target)
    return Node(arena: self, index: target, alias: reference.index)
  }

  func nodeIndex(_ reference: NodeReference) -> Int {
    reference.isAlias ? Int(aliases[reference.index].target) : reference.index
  }

  func extra(of record: NodeRecord) -> NodeExtra? {
    record.extra == 0 ? nil : extras[Int(record.extra)]
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }

  /// The child references of a mapping, merge keys and duplicate keys resolved.
  func effectiveChildren(of record: NodeRecord) -> Range<Int> {
    record.extra == 0 ? record.slice : extras[Int(record.extra)].effective?.range ?? record.slice
  }
}
