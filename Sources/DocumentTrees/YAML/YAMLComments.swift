/// A comment of a YAML text.
package struct Comment: Hashable, Sendable {
  /// From its `#` to the end of the line.
  package var range: PlaceRange
  /// What follows the `#`, without the white space around it.
  package var text: String
}

extension YAMLStream {
  /// The comments of the documents that were read, in the order of the text.
  ///
  /// libyaml drops comments, so each call scans the text. With `containing` only comments with this
  /// text are given back, and a file without it costs one quick search.
  package func comments(containing wanted: String = "#") -> [Comment] {
    var wanted = wanted
    let isPresent = wanted.withUTF8 { wanted in
      source.withUnsafeBufferPointer { contains($0, wanted) }
    }
    guard isPresent, let end = documents.last?.range.end else { return [] }
    var scan = CommentScan(records: arena.records, end: failure == nil ? nil : end)
    return source.withUnsafeBufferPointer { bytes in
      scan.run(over: bytes)
      return scan.found.compactMap { comment in
        let text = UnsafeBufferPointer(rebasing: bytes[comment.slice])
        let isWanted = wanted == "#" || wanted.withUTF8 { contains(text, $0) }
        guard isWanted else { return nil }
        return Comment(range: comment.range, text: trimmed(text))
      }
    }
  }

  private func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> String {
    var text = text.drop { $0 == UInt8(ascii: "#") }.drop { $0 <= 0x20 }
    while let last = text.last, last <= 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  private func contains(
    _ text: UnsafeBufferPointer<UInt8>,
    _ part: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for offset in 0...text.count - part.count where text[offset] == first {
      if sameBytes(text[offset..<offset + part.count], part[...]) { return true }
    }
    return false
  }
}

/// Walks over a text that libyaml accepted and passes over its scalars.
///
/// What then begins with `#` is a comment, except in anchors and tags, where libyaml allows none,
/// and in directives.
private struct CommentScan {
  let records: ContiguousArray<NodeRecord>
  /// Where to stop; nil for the end of the text.
  let end: Place?
  var found: [(range: PlaceRange, slice: Range<Int>)] = []

  private var cursor = PlaceCursor()
  private var nextRecord = 0

  init(records: ContiguousArray<NodeRecord>, end: Place?) {
    self.records = records
    self.end = end
  }

  mutating func run(over bytes: UnsafeBufferPointer<UInt8>) {
    var isDirective = false
    var previous: UInt8 = UInt8(ascii: "\n")
    while cursor.offset < bytes.count {
      if let end, cursor.place >= end { return }
      if let scalar = scalarHere() {
        pass(over: scalar, in: bytes)
        previous = bytes[max(0, cursor.offset - 1)]
        continue
      }
      let byte = bytes[cursor.offset]
      if cursor.column == 1 { isDirective = byte == UInt8(ascii: "%") }
      if byte == UInt8(ascii: "#"), !isDirective || previous <= 0x20 {
        takeComment(in: bytes)
      } else {
        cursor.advance(in: bytes)
      }
      previous = byte
    }
  }

  /// The scalar that begins at the cursor.
  private mutating func scalarHere() -> NodeRecord? {
    let place = cursor.place
    while nextRecord < records.count {
      let record = records[nextRecord]
      let isEmpty = record.range.start == record.range.end
      if record.kind == .scalar && !isEmpty && record.range.start >= place {
        return record.range.start == place ? record : nil
      }
      nextRecord += 1
    }
    return nil
  }

  private mutating func pass(
    over scalar: NodeRecord,
    in bytes: UnsafeBufferPointer<UInt8>
  ) {
    nextRecord += 1
    if scalar.extra != 0 { passProperties(before: scalar.range.end, in: bytes) }
    if scalar.style == .literal || scalar.style == .folded { passHeader(in: bytes) }
    while cursor.offset < bytes.count, cursor.place < scalar.range.end {
      cursor.advance(in: bytes)
    }
  }

  /// Steps over tag and anchor, between which and the scalar comments may stand.
  private mutating func passProperties(before end: Place, in bytes: UnsafeBufferPointer<UInt8>) {
    while cursor.offset < bytes.count, cursor.place < end {
      switch bytes[cursor.offset] {
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        while cursor.offset < bytes.count, bytes[cursor.offset] > 0x20 {
          cursor.advance(in: bytes)
        }
      case UInt8(ascii: "#"):
        takeComment(in: bytes)
      case ...0x20:
        cursor.advance(in: bytes)
      default:
        return
      }
    }
  }

  /// Steps over the `|` or `>` of a block scalar and the rest of its line.
  private mutating func passHeader(in bytes: UnsafeBufferPointer<UInt8>) {
    let line = cursor.line
    while cursor.offset < bytes.count, cursor.line == line {
      if bytes[cursor.offset] == UInt8(ascii: "#") { return takeComment(in: bytes) }
      cursor.advance(in: bytes)
    }
  }

  private mutating func takeComment(in bytes: UnsafeBufferPointer<UInt8>) {
    let first = cursor
    var last = cursor
    while cursor.offset < bytes.count, cursor.line == first.line {
      last = cursor
      cursor.advance(in: bytes)
    }
    if cursor.line == first.line { last = cursor }
    found.append(
      (PlaceRange(start: first.place, end: last.place), first.offset..<last.offset)
    )
  }
}
