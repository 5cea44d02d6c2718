extension TreeBuilder {
  /// Reports duplicate keys of a mapping, applies its merge keys and indexes it if it is large.
  mutating func resolveKeys(of node: Int) {
    let slice = records[node].slice
    let entryCount = slice.count / 2
    let hasMerge = hasMergeKey(in: slice)
    if !hasMerge && entryCount <= KeyTable.smallMapping && !mayHaveDuplicates(in: slice) { return }

    var table = KeyTable(capacity: entryCount)
    var isDropped = ContiguousArray(repeating: false, count: entryCount)
    var duplicates = 0
    for entry in 0..<entryCount {
      let key = children[slice.lowerBound + 2 * entry]
      let earlier = table.replace(by: entry, hash: hash(key)) {
        sameKey(children[slice.lowerBound + 2 * $0], key)
      }
      guard let earlier else { continue }
      report(duplicate: key)
      // Several merge keys are odd, but each of them says what it wants.
      if isMergeKey(key) { continue }
      isDropped[earlier] = true
      duplicates += 1
    }
    if hasMerge || duplicates > 0 {
      storeEffective(of: node, isDropped: isDropped)
    } else if entryCount > KeyTable.smallMapping {
      storeTable(table, of: node)
    }
  }

  // MARK: Keys

  private func record(_ reference: NodeReference) -> NodeRecord {
    records[reference.isAlias ? Int(aliases[reference.index].target) : reference.index]
  }

  private func isMergeKey(_ reference: NodeReference) -> Bool {
    let record = record(reference)
    guard record.count == 2, record.kind == .scalar, record.style == .plain else { return false }
    let first = Int(record.first)
    return text[first] == UInt8(ascii: "<") && text[first + 1] == UInt8(ascii: "<")
  }

  private func hasMergeKey(in slice: Range<Int>) -> Bool {
    var position = slice.lowerBound
    while position < slice.upperBound {
      if isMergeKey(children[position]) { return true }
      position += 2
    }
    return false
  }

  /// Whether two keys could be equal: compares only those that agree in a 6-bit fingerprint.
  private func mayHaveDuplicates(in slice: Range<Int>) -> Bool {
    var seen: UInt64 = 0
    var position = slice.lowerBound
    while position < slice.upperBound {
      let key = record(children[position])
      if key.kind == .scalar {
        let bit = fingerprint(key)
        if seen & bit != 0 {
          var earlier = slice.lowerBound
          while earlier < position {
            if sameKey(children[earlier], children[position]) { return true }
            earlier += 2
          }
        }
        seen |= bit
      }
      position += 2
    }
    return false
  }

  private func fingerprint(_ key: NodeRecord) -> UInt64 {
    var sum = key.count &* 31
    if key.count > 0 {
      let first = text[Int(key.first)]
      let last = text[Int(key.first + key.count - 1)]
      let middle = text[Int(key.first + key.count / 2)]
      sum &+= UInt32(first) &* 7 &+ UInt32(last) &* 13 &+ UInt32(middle) &* 3
    }
    return 1 << UInt64(sum & 63)
  }

  /// Keys are the same if their texts are; a key that is a collection equals only itself.
  private func sameKey(_ left: NodeReference, _ right: NodeReference) -> Bool {
    let first = record(left)
    let second = record(right)
    guard first.kind == .scalar, second.kind == .scalar else {
      return first.kind == second.kind && first.first == second.first
        && first.range == second.range
    }
    guard first.count == second.count else { return false }
    return text.withUnsafeBufferPointer { sameBytes($0[first.slice], $0[second.slice]) }
  }

  private func hash(_ reference: NodeReference) -> Int {
    let record = record(reference)
    guard record.kind == .scalar else { return Int(record.first) &* 0x9E37_79B1 }
    return text.withUnsafeBufferPointer {
      KeyTable.hash(UnsafeBufferPointer(rebasing: $0[record.slice]))
    }
  }

  private mutating func report(duplicate key: NodeReference) {
    report(
      DocumentIssue(
        .duplicateKey,
        "Key was given before in the same mapping; this later one counts",
        at: start(of: key)
      )
    )
  }

  private func start(of reference: NodeReference) -> Place {
    reference.isAlias
      ? aliases[reference.index].range.start : records[reference.index].range.start
  }

  // MARK: Merging

  /// Appends the entries that count to `children` and lets the mapping point to them.
  private mutating func storeEffective(of node: Int, isDropped: ContiguousArray<Bool>) {
    let written = records[node].slice
    var sources: [(entry: Int, slices: [Range<Int>])] = []
    var capacity = isDropped.count
    for entry in isDropped.indices where isMergeKey(children[written.lowerBound + 2 * entry]) {
      let slices = mergedSlices(ofEntryAt: written.lowerBound + 2 * entry)
      sources.append((entry, slices))
      capacity += slices.reduce(0) { $0 + $1.count / 2 }
    }

    // Entry numbers of the table are positions in `children`, so that written and merged keys mix.
    var table = KeyTable(capacity: capacity)
    for entry in isDropped.indices where !isDropped[entry] {
      let position = written.lowerBound + 2 * entry
      let key = children[position]
      if !isMergeKey(key) {
        _ = table.insert(position, hash: hash(key)) { sameKey(children[$0], key) }
      }
    }
    var effective: ContiguousArray<NodeReference> = []
    var nextSource = 0
    for entry in isDropped.indices where !isDropped[entry] {
      guard nextSource < sources.count, sources[nextSource].entry == entry else {
        effective.append(children[written.lowerBound + 2 * entry])
        effective.append(children[written.lowerBound + 2 * entry + 1])
        continue
      }
      for slice in sources[nextSource].slices {
        for position in stride(from: slice.lowerBound, to: slice.upperBound, by: 2) {
          let key = children[position]
          let earlier = table.insert(position, hash: hash(key)) { sameKey(children[$0], key) }
          if earlier != nil { continue }
          effective.append(key)
          effective.append(children[position + 1])
        }
      }
      nextSource += 1
    }
    store(effective, of: node)
  }

  /// The entries of the mapping or mappings that a merge key names, as slices of `children`.
  private mutating func mergedSlices(ofEntryAt position: Int) -> [Range<Int>] {
    let value = record(children[position + 1])
    var slices: [Range<Int>] = []
    switch value.kind {
    case .mapping:
      slices.append(effectiveSlice(of: value))
    case .sequence:
      for element in children[value.slice] {
        let source = record(element)
        if source.kind == .mapping {
          slices.append(effectiveSlice(of: source))
        } else {
          reportUnmergeable(element)
        }
      }
    case .scalar:
      reportUnmergeable(children[position + 1])
    }
    return slices
  }

  private func effectiveSlice(of mapping: NodeRecord) -> Range<Int> {
    mapping.extra == 0
      ? mapping.slice : extras[Int(mapping.extra)].effective?.range ?? mapping.slice
  }

  private mutating func reportUnmergeable(_ reference: NodeReference) {
    report(
      DocumentIssue(
        .syntax,
        "Merge key needs a mapping or a sequence of mappings",
        at: start(of: reference)
      )
    )
  }

  private mutating func store(_ effective: ContiguousArray<NodeReference>, of node: Int) {
    let first = children.count
    children.append(contentsOf: effective)
    changeExtra(of: node) {
      $0.effective = .init(
        first: UInt32(truncatingIfNeeded: first),
        count: UInt32(truncatingIfNeeded: effective.count)
      )
    }
    let entryCount = effective.count / 2
    guard entryCount > KeyTable.smallMapping else { return }
    var table = KeyTable(capacity: entryCount)
    for entry in 0..<entryCount {
      _ = table.insert(entry, hash: hash(effective[2 * entry])) { _ in false }
    }
    storeTable(table, of: node)
  }

  private mutating func storeTable(_ table: KeyTable, of node: Int) {
    let first = tables.count
    tables.append(contentsOf: table.slots)
    changeExtra(of: node) {
      $0.table = .init(
        first: UInt32(truncatingIfNeeded: first),
        count: UInt32(truncatingIfNeeded: table.slots.count)
      )
    }
  }

  private mutating func changeExtra(of node: Int, _ change: (inout NodeExtra) -> Void) {
    if records[node].extra == 0 {
      records[node].extra = UInt32(truncatingIfNeeded: extras.count)
      extras.append(NodeExtra())
    }
    change(&extras[Int(records[node].extra)])
  }
}
