/// The entries of a map value, in the order they were written.
package struct ExpressionMap: Sendable {
  package struct Entry: Sendable {
    package let key: ExpressionValue
    package let value: ExpressionValue
  }

  private final class Storage: Sendable {
    let entries: [Entry]
    let positions: [MapKey: Int]

    init(entries: [Entry], positions: [MapKey: Int]) {
      self.entries = entries
      self.positions = positions
    }
  }

  private let storage: Storage

  /// A map of distinct keys; nil when a key repeats or cannot be a key.
  package init?(_ entries: [(key: ExpressionValue, value: ExpressionValue)]) {
    var positions: [MapKey: Int] = [:]
    positions.reserveCapacity(entries.count)
    for (position, entry) in entries.enumerated() {
      guard let key = MapKey(entry.key),
        positions.updateValue(position, forKey: key) == nil
      else { return nil }
    }
    storage = Storage(
      entries: entries.map { Entry(key: $0.key, value: $0.value) },
      positions: positions
    )
  }

  /// A map with string keys; of entries with the same key the last one counts.
  package init(_ entries: [(key: String, value: ExpressionValue)]) {
    var positions: [MapKey: Int] = [:]
    positions.reserveCapacity(entries.count)
    var kept: [Entry] = []
    kept.reserveCapacity(entries.count)
    for entry in entries {
      let ready = Entry(key: .string(entry.key), value: entry.value)
      if let position = positions[.string(entry.key)] {
        kept[position] = ready
      } else {
        positions[.string(entry.key)] = kept.count
        kept.append(ready)
      }
    }
    storage = Storage(entries: kept, positions: positions)
  }

  package static let empty = ExpressionMap([(key: String, value: ExpressionValue)]())

  package var count: Int { storage.entries.count }
  package var isEmpty: Bool { storage.entries.isEmpty }
  package var entries: [Entry] { storage.entries }

  /// The value for a key; a double finds the integer it equals.
  package func value(for key: ExpressionValue) -> ExpressionValue? {
    guard let key = MapKey(key, allowingDouble: true) else { return nil }
    return storage.positions[key].map { storage.entries[$0].value }
  }

  /// The value for a string key.
  package func value(for key: String) -> ExpressionValue? {
    storage.positions[.string(key)].map { storage.entries[$0].value }
  }
}
