package import DocumentTrees
package import Workloads

/// A value of a configuration or infrastructure language, once evaluated.
///
/// The one notion of a value that plain YAML and JSON, CloudFormation, ARM, Bicep and HCL share:
/// known, partly known, unknown with a reason, or absent. What is read from it spreads unknowns
/// only as far as it must. Scanners read resources from it and need not know the language.
package struct Datum: Sendable {
  package indirect enum Content: Sendable {
    /// A node of a YAML or JSON file as it stands, read on demand.
    case node(Node)
    case text(String)
    case integer(Int)
    case number(Double)
    /// A number that neither of the two above holds exactly.
    case precise(BigNumber)
    case flag(Bool)
    case null
    case list(DatumList)
    case object(DatumObject)
    /// A text some parts of which are not known, such as `arn:aws:s3:::${Bucket}/*`.
    case partial([TextPart])
    /// A text made from a value, such as what `jsonencode` gives; the value keeps its places.
    case encoded(EncodedText)
    /// A value of any type that is not known, or only as a reference to something else.
    case unknown(Gap)
    /// Nothing is stated.
    case absent
  }

  package var content: Content
  package var origin: Origin
  /// Whether the language says that it is secret.
  package var isSensitive = false

  package init(_ content: Content, _ origin: Origin) {
    self.content = content
    self.origin = origin
  }

  /// The value of a node of a file.
  package init(_ node: Node, in file: String, via: [SourceLocation] = []) {
    content = .node(node)
    origin = Origin(SourceLocation(file: file, range: node.aliasRange ?? node.range), via: via)
  }

  package static func absent(_ origin: Origin = .none) -> Datum { Datum(.absent, origin) }

  package static func unknown(_ reason: String, _ origin: Origin = .none) -> Datum {
    Datum(.unknown(Gap(reason)), origin)
  }

  package static func reference(
    _ reference: DatumReference,
    because reason: String,
    _ origin: Origin
  ) -> Datum {
    Datum(.unknown(Gap(reason, reference: reference)), origin)
  }

  /// The same value, reached through further places.
  package func passing(_ places: [SourceLocation]) -> Datum {
    var copy = self
    copy.origin.via += places
    return copy
  }
}

/// What is missing in a value, and why.
package struct Gap: Hashable, Sendable {
  /// As the end of "not assessed: …": `the parameter Image has no default`.
  package var reason: String
  /// What it will be once deployed, if that is a part of another resource.
  package var reference: DatumReference?
  /// What names the missing value, so that equal names mean equal values: `AWS::Region`,
  /// `{{resolve:secretsmanager:db:SecretString:password}}`; nil if nothing does.
  package var identity: String?

  package init(_ reason: String, reference: DatumReference? = nil, identity: String? = nil) {
    self.reason = reason
    self.reference = reference
    self.identity = identity
  }

  /// Whether it is known to stand for the same value as another gap.
  package func isSame(as other: Gap) -> Bool {
    (reference != nil && reference == other.reference && identity == other.identity)
      || (identity != nil && identity == other.identity && reference == other.reference)
  }
}

/// Points at a resource of the same deployment, or at one of its attributes.
package struct DatumReference: Hashable, Sendable {
  /// The resource's address, as `Resource.address` has it.
  package var address: String
  /// `Arn`, `id`; empty for what the language gives for the resource itself.
  package var attribute: String

  package init(_ address: String, attribute: String = "") {
    self.address = address
    self.attribute = attribute
  }
}

/// A text that was made from a value.
///
/// Readers of JSON and YAML texts see through it: such a datum has the keys and elements of what
/// was encoded, with their places, and is a text when it is asked for one.
package struct EncodedText: Sendable {
  package enum Encoding: Sendable { case json, yaml, base64 }

  package var encoding: Encoding
  /// What was encoded.
  package var value: Datum
  /// The text, with gaps where the value is not known.
  package var parts: [TextPart]

  /// Whether who reads the text reads the value: not what is behind Base64.
  package var isReadable: Bool { encoding != .base64 }

  package init(_ value: Datum, as encoding: Encoding, parts: [TextPart]) {
    self.value = value
    self.encoding = encoding
    self.parts = parts
  }
}

/// A stretch of a text.
package enum TextPart: Hashable, Sendable {
  case text(String)
  case gap(Gap)
}

/// A list; some elements may be unknown, and there may be more than are known.
package struct DatumList: Sendable {
  /// What languages with several sorts of lists tell apart.
  package enum Sort: Sendable {
    /// Elements of any types.
    case tuple
    /// Elements of one type.
    case list
    /// Elements of one type, sorted and unique.
    case set
  }

  package var elements: [Datum]
  package var sort = Sort.tuple
  /// Why there may be further elements.
  package var more: Gap?

  package init(_ elements: [Datum], more: Gap? = nil) {
    self.elements = elements
    self.more = more
  }
}

/// A mapping in the order of its keys; there may be more keys than are known.
package struct DatumObject: Sendable {
  package struct Entry: Sendable {
    package var key: String
    package var keyOrigin: Origin
    package var value: Datum

    package init(_ key: String, _ value: Datum, keyOrigin: Origin? = nil) {
      self.key = key
      self.value = value
      self.keyOrigin = keyOrigin ?? value.origin
    }
  }

  package private(set) var entries: [Entry]
  /// Whether all values are of one type, where the language tells such mappings from objects.
  package var isMap = false
  private var positions: [String: Int]
  /// Why there may be further keys, or other values for those that are known.
  package var more: Gap?

  /// Of entries with the same key the last one counts, at the place of the first.
  package init(_ entries: [Entry] = [], more: Gap? = nil) {
    self.entries = []
    positions = [:]
    self.more = more
    for entry in entries { set(entry) }
  }

  package subscript(_ key: String) -> Datum? {
    positions[key].map { entries[$0].value }
  }

  package func entry(_ key: String) -> Entry? { positions[key].map { entries[$0] } }

  package mutating func set(_ entry: Entry) {
    if let position = positions[entry.key] {
      entries[position] = entry
    } else {
      positions[entry.key] = entries.count
      entries.append(entry)
    }
  }

  package mutating func set(_ key: String, _ value: Datum) { set(Entry(key, value)) }
}
