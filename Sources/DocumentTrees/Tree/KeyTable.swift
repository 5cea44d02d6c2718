#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open-addressing hash table from key texts to entry numbers.
///
/// The hash is the standard library's, seeded per process, so a hostile file cannot choose keys
/// that collide. The table holds numbers only; the caller compares texts.
struct KeyTable {
  /// Entry number + 1, or 0 for a free slot; as many as a power of two.
  private(set) var slots: ContiguousArray<UInt32>

  /// Mappings of up to this many entries are searched one by one instead.
  static let smallMapping = 24

  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = ContiguousArray(repeating: 0, count: size)
  }

  /// Enters a number unless one is there for an equal key, which is given back.
  mutating func insert(_ entry: Int, hash: Int, isEqual: (Int) -> Bool) -> Int? {
    let (slot, earlier) = slot(for: hash, isEqual: isEqual)
    if earlier == nil { slots[slot] = UInt32(truncatingIfNeeded: entry + 1) }
    return earlier
  }

  /// Enters a number in place of the one that was there for an equal key, which is given back.
  mutating func replace(by entry: Int, hash: Int, isEqual: (Int) -> Bool) -> Int? {
    let (slot, earlier) = slot(for: hash, isEqual: isEqual)
    slots[slot] = UInt32(truncatingIfNeeded: entry + 1)
    return earlier
  }

  private func slot(for hash: Int, isEqual: (Int) -> Bool) -> (slot: Int, entry: Int?) {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if isEqual(entry) { return (slot, entry) }
      slot = (slot + 1) & mask
    }
    return (slot, nil)
  }

  static func find(
    hash: Int,
    in slots: Slice<UnsafeBufferPointer<UInt32>>,
    isEqual: (Int) -> Bool
  ) -> Int? {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slots.startIndex + slot] != 0 {
      let entry = Int(slots[slots.startIndex + slot]) - 1
      if isEqual(entry) { return entry }
      slot = (slot + 1) & mask
    }
    return nil
  }

  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize()
  }
}

func sameBytes(
  _ left: Slice<UnsafeBufferPointer<UInt8>>,
  _ right: Slice<UnsafeBufferPointer<UInt8>>
) -> Bool {
  guard left.count == right.count else { return false }
  let left = UnsafeBufferPointer(rebasing: left)
  let right = UnsafeBufferPointer(rebasing: right)
  guard let first = left.baseAddress, let second = right.baseAddress else { return true }
  return memcmp(first, second, left.count) == 0
}
