package import DocumentTrees
package import Workloads

/// A datum as HCL sees it: what is a node, absent or encoded elsewhere is resolved.
package enum HCLShape {
  case null
  case flag(Bool)
  case number(BigNumber)
  case text(String)
  /// A text of which parts are not known.
  case partial([TextPart])
  case list(DatumList)
  case object(DatumObject)
  case unknown(Gap)
}

extension Datum {
  package var hcl: HCLShape {
    switch content {
    case .node(let node): return Datum.hcl(node, in: origin).hcl
    case .text(let text): return .text(text)
    case .integer(let number): return .number(BigNumber(number))
    case .number(let number):
      return BigNumber(number).map { .number($0) } ?? .unknown(Gap("it is not a finite number"))
    case .precise(let number): return .number(number)
    case .flag(let flag): return .flag(flag)
    case .null, .absent: return .null
    case .list(let list): return .list(list)
    case .object(let object): return .object(object)
    case .partial(let parts): return .partial(parts)
    case .encoded(let text):
      let plain = Datum(parts: text.parts, origin)
      if case .encoded = plain.content { return .text("") }
      return plain.hcl
    case .unknown(let gap): return .unknown(gap)
    }
  }

  /// A node of YAML or JSON with everything in it.
  package static func hcl(_ node: Node, in origin: Origin, depth: Int = 0) -> Datum {
    let file = origin.location?.file ?? ""
    let place = Origin(SourceLocation(file: file, range: node.range), via: origin.via)
    if depth > 100 { return .unknown("it is nested too deeply", place) }
    switch node.kind {
    case .mapping:
      var object = DatumObject()
      for entry in node.entries {
        let key = Origin(SourceLocation(file: file, range: entry.key.range), via: origin.via)
        object.set(
          .init(entry.key.text, hcl(entry.value, in: place, depth: depth + 1), keyOrigin: key)
        )
      }
      return Datum(.object(object), place)
    case .sequence:
      let elements = node.elements.map { hcl($0, in: place, depth: depth + 1) }
      return Datum(.list(DatumList(elements)), place)
    case .scalar:
      if node.isNull { return Datum(.null, place) }
      if let flag = node.bool { return Datum(.flag(flag), place) }
      if node.resolvedType == .integer || node.resolvedType == .float {
        if let number = BigNumber(node.text) { return .hcl(number, place) }
        if let number = node.integer { return Datum(.integer(number), place) }
      }
      return Datum(.text(node.text), place)
    }
  }

  package static func hcl(_ number: BigNumber, _ origin: Origin) -> Datum {
    Datum(number.integer.map { .integer($0) } ?? .precise(number), origin)
  }

  /// The first thing in a value that is not known, however deep.
  var firstGap: Gap? {
    switch hcl {
    case .unknown(let gap): return gap
    case .partial(let parts):
      for case .gap(let gap) in parts { return gap }
      return nil
    case .list(let list):
      if let more = list.more { return more }
      for element in list.elements { if let gap = element.firstGap { return gap } }
      return nil
    case .object(let object):
      if let more = object.more { return more }
      for entry in object.entries { if let gap = entry.value.firstGap { return gap } }
      return nil
    default: return nil
    }
  }

  /// Whether something secret is in a value, however deep.
  var holdsSecret: Bool {
    if isSensitive { return true }
    switch content {
    case .list(let list): return list.elements.contains { $0.holdsSecret }
    case .object(let object): return object.entries.contains { $0.value.holdsSecret }
    case .encoded(let text): return text.value.holdsSecret
    default: return false
    }
  }

  /// The same value as secret.
  func marked(_ isSensitive: Bool = true) -> Datum {
    var copy = self
    copy.isSensitive = copy.isSensitive || isSensitive
    return copy
  }
}

extension DatumObject {
  /// The entries by their keys, the order in which Terraform goes through them.
  package var sortedEntries: [Entry] { entries.sorted { HCLText.precedes($0.key, $1.key) } }
}

enum HCLText {
  /// The order of texts by their bytes.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}
