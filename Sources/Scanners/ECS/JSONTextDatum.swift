internal import DocumentTrees
internal import Templates
internal import Workloads

/// Reads JSON that stands as a text inside another language: `container_definitions`.
///
/// What the text holds has the place of the text, since nobody knows how it was made. Gaps of a
/// partly known text become unknown values: `"image": "${repository}:1"`, `"memory": ${memory}`.
enum JSONTextDatum {
  /// The value that the text stands for, or what is wrong with it.
  static func read(_ datum: Datum, limits: DocumentLimits) -> Result<Datum, DocumentError> {
    if datum.isObject || datum.isList { return .success(datum) }
    guard let parts = datum.parts, datum.gap == nil else { return .success(datum) }
    var text = ""
    var gaps: [Gap] = []
    let marks = marks(notIn: parts)
    var isInString = false
    for part in parts {
      switch part {
      case .text(let stretch):
        text += stretch
        isInString = endsInString(stretch, startingIn: isInString)
      case .gap(let gap):
        let mark = "\(marks.open)\(gaps.count)\(marks.close)"
        text += isInString ? mark : "\"\(mark)\""
        gaps.append(gap)
      }
    }
    do {
      let tree = try JSONReader.document(in: text, limits: limits)
      guard let root = tree.root else { return .success(.absent(datum.origin)) }
      var converter = Converter(origin: datum.origin, gaps: gaps, marks: marks)
      return .success(converter.datum(root))
    } catch {
      return .failure(error)
    }
  }

  private struct Marks {
    var open: Unicode.Scalar
    var close: Unicode.Scalar
  }

  /// Two characters that the text does not have, from the private use area.
  private static func marks(notIn parts: [TextPart]) -> Marks {
    var used: Set<Unicode.Scalar> = []
    for case .text(let text) in parts {
      for scalar in text.unicodeScalars where (0xE000...0xF8FF).contains(scalar.value) {
        used.insert(scalar)
      }
    }
    let free = (0xE000...0xF8FF).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
      .filter { !used.contains($0) }.prefix(2)
    // A text that uses the whole area has no gaps worth telling apart.
    return Marks(open: free.first ?? "\u{E000}", close: free.last ?? "\u{E001}")
  }

  private static func endsInString(_ text: String, startingIn isInString: Bool) -> Bool {
    var isInString = isInString
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = isInString
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      }
    }
    return isInString
  }

  private struct Converter {
    let origin: Origin
    let gaps: [Gap]
    let marks: Marks

    /// The reader bounds the depth.
    mutating func datum(_ node: Node) -> Datum {
      switch node.kind {
      case .mapping:
        var object = DatumObject()
        for entry in node.entries {
          object.set(DatumObject.Entry(entry.key.text, datum(entry.value), keyOrigin: origin))
        }
        return Datum(.object(object), origin)
      case .sequence:
        return Datum(.list(DatumList(node.elements.map { datum($0) })), origin)
      case .scalar: return scalar(node)
      }
    }

    private func scalar(_ node: Node) -> Datum {
      switch node.resolvedType {
      case .null: return Datum(.null, origin)
      case .bool: return Datum(.flag(node.bool ?? false), origin)
      case .integer:
        return Datum(node.integer.map(Datum.Content.integer) ?? .text(node.text), origin)
      case .float: return Datum(node.number.map(Datum.Content.number) ?? .text(node.text), origin)
      case .string:
        let text = node.text
        if gaps.isEmpty { return Datum(.text(text), origin) }
        return Datum(parts: parts(text), origin)
      }
    }

    private func parts(_ text: String) -> [TextPart] {
      var parts: [TextPart] = []
      var rest = text.unicodeScalars[...]
      while let open = rest.firstIndex(of: marks.open),
        let close = rest[open...].firstIndex(of: marks.close),
        let number = Int(String(rest[rest.index(after: open)..<close])),
        gaps.indices.contains(number)
      {
        if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
        parts.append(.gap(gaps[number]))
        rest = rest[rest.index(after: close)...]
      }
      if !rest.isEmpty { parts.append(.text(String(rest))) }
      return parts
    }
  }
}
