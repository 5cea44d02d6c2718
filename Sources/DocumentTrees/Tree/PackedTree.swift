/// A document written out node by node, so that reading it again needs no parser.
///
/// Made when the program is built, for data that every run reads. Printable ASCII apart from the
/// scalars' own texts, so that it can stand in a source file.
///
/// Each node, in the order in which the nodes begin: a letter for its kind and style; the lines
/// since the node before; its column; the lines it has, less one; the column behind it; then the
/// bytes of a scalar after their number, or the number of a collection's children.
package enum PackedTree {
  /// What cannot be packed, and where.
  package struct Unsupported: Error {
    package let problem: String
    package let place: Place
  }

  /// Packs a node with all below it; tags, anchors and aliases are refused.
  package static func pack(_ root: Node) throws(Unsupported) -> String {
    var writer = PackedTreeWriter()
    try writer.write(root)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The packed node; nil if the text is not what `pack` gives.
  package static func unpack(_ packed: String) -> Node? {
    var packed = packed
    return packed.withUTF8 { bytes in
      var reader = PackedTreeReader(bytes: bytes)
      return reader.read()
    }
  }

  /// The letter of each kind and style.
  fileprivate static let letters: [(letter: UInt8, kind: Node.Kind, style: NodeStyle)] = [
    (UInt8(ascii: "m"), .mapping, .block), (UInt8(ascii: "M"), .mapping, .flow),
    (UInt8(ascii: "s"), .sequence, .block), (UInt8(ascii: "S"), .sequence, .flow),
    (UInt8(ascii: "p"), .scalar, .plain), (UInt8(ascii: "q"), .scalar, .singleQuoted),
    (UInt8(ascii: "Q"), .scalar, .doubleQuoted), (UInt8(ascii: "l"), .scalar, .literal),
    (UInt8(ascii: "f"), .scalar, .folded),
  ]

  /// Numbers have five bits a digit, the lowest first; all but the last digit are continued ones.
  fileprivate static let lastDigit = UInt8(ascii: "0")
  fileprivate static let continuedDigit = UInt8(ascii: "P")
}

private struct PackedTreeWriter {
  var bytes: [UInt8] = []
  private var line = 1

  mutating func write(_ node: Node) throws(PackedTree.Unsupported) {
    let range = node.range
    guard node.tag == nil, node.anchor == nil, node.aliasRange == nil else {
      throw PackedTree.Unsupported(
        problem: "tags, anchors and aliases cannot be packed",
        place: range.start
      )
    }
    let known = PackedTree.letters.first { $0.kind == node.kind && $0.style == node.style }
    guard let letter = known?.letter else {
      throw PackedTree.Unsupported(problem: "the style cannot be packed", place: range.start)
    }
    bytes.append(letter)
    write(Int(range.start.line) - line)
    line = Int(range.start.line)
    write(Int(range.start.column))
    write(Int(range.end.line - range.start.line))
    write(Int(range.end.column))
    switch node.kind {
    case .scalar:
      let text = Array(node.text.utf8)
      write(text.count)
      bytes += text
    case .sequence:
      write(node.elements.count)
      for element in node.elements { try write(element) }
    case .mapping:
      write(2 * node.rawEntries.count)
      for (key, value) in node.rawEntries {
        try write(key)
        try write(value)
      }
    }
  }

  private mutating func write(_ number: Int) {
    var rest = number
    while rest >= 32 {
      bytes.append(PackedTree.continuedDigit + UInt8(truncatingIfNeeded: rest & 31))
      rest >>= 5
    }
    bytes.append(PackedTree.lastDigit + UInt8(truncatingIfNeeded: rest))
  }
}

private struct PackedTreeReader {
  let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var line = 1
  private var builder: TreeBuilder

  private static let shapes: [(kind: Node.Kind, style: NodeStyle)?] = {
    var shapes: [(kind: Node.Kind, style: NodeStyle)?] = Array(repeating: nil, count: 128)
    for entry in PackedTree.letters { shapes[Int(entry.letter)] = (entry.kind, entry.style) }
    return shapes
  }()

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    builder = TreeBuilder(limits: DocumentLimits(), byteCount: bytes.count)
  }

  mutating func read() -> Node? {
    do throws(DocumentError) {
      try builder.beginDocument(at: Place(line: 1, column: 1))
      guard try readNodes(), offset == bytes.count, let root = builder.endDocument() else {
        return nil
      }
      return builder.finish().node(root)
    } catch {
      return nil
    }
  }

  /// Reads one node with all below it; false if the text is not well-formed.
  private mutating func readNodes() throws(DocumentError) -> Bool {
    let shapes = Self.shapes
    var open: [(missing: Int, end: Place)] = []
    repeat {
      guard offset < bytes.count, bytes[offset] < 128, let shape = shapes[Int(bytes[offset])]
      else { return false }
      offset += 1
      guard let lines = number(), let column = number(), let height = number(),
        let endColumn = number(), let count = number()
      else { return false }
      line += lines
      let range = PlaceRange(
        start: Place(line: line, column: column),
        end: Place(line: line + height, column: endColumn)
      )
      if !open.isEmpty { open[open.count - 1].missing -= 1 }
      if shape.kind == .scalar {
        guard count <= bytes.count - offset else { return false }
        let text = UnsafeBufferPointer(rebasing: bytes[offset..<offset + count])
        offset += count
        try builder.addScalar(text, style: shape.style, range: range)
      } else {
        try builder.beginCollection(
          shape.kind,
          style: shape.style,
          start: range.start,
          properties: .init()
        )
        open.append((count, range.end))
      }
      while let innermost = open.last, innermost.missing == 0 {
        builder.endCollection(end: innermost.end)
        open.removeLast()
      }
    } while !open.isEmpty
    return true
  }

  private mutating func number() -> Int? {
    var number = 0
    var shift = 0
    while offset < bytes.count, shift < 30 {
      let byte = bytes[offset]
      offset += 1
      if byte < PackedTree.continuedDigit {
        return byte < PackedTree.lastDigit
          ? nil : number | Int(byte - PackedTree.lastDigit) << shift
      }
      number |= Int(byte - PackedTree.continuedDigit) << shift
      shift += 5
    }
    return nil
  }
}
