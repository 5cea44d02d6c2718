/// Collects the nodes of one file in the order in which a reader meets them.
///
/// Keeps an explicit stack, so nesting costs no stack space, and enforces the limits on depth and
/// on aliases before a node is added.
struct TreeBuilder {
  var records: ContiguousArray<NodeRecord> = []
  var children: ContiguousArray<NodeReference> = []
  var text: ContiguousArray<UInt8> = []
  var extras: ContiguousArray<NodeExtra> = [NodeExtra()]
  var aliases: ContiguousArray<AliasRecord> = []
  var tables: ContiguousArray<UInt32> = []
  var issues: [DocumentIssue] = []

  private var frames: ContiguousArray<Frame> = []
  /// Children of the open collections, innermost last; they move to `children` when theirs closes.
  private var pending: ContiguousArray<NodeReference> = []
  private var anchors: [String: Anchor] = [:]
  private var expandedNodes = 0
  private let limits: DocumentLimits

  /// A collection that is still open.
  private struct Frame {
    var node: Int
    var firstPending: Int
    /// What `expandedNodes` was when the collection began.
    var expandedBefore: Int
    /// Levels below this collection, aliases followed.
    var height = 0
    var isAnchored: Bool
  }

  private struct Anchor {
    var node: Int
    var expandedNodes = 1
    var height = 0
    var isComplete: Bool
  }

  /// Tag and anchor of a node, borrowed from the reader.
  struct Properties {
    var tag: UnsafeBufferPointer<UInt8>?
    var anchor: UnsafeBufferPointer<UInt8>?
  }

  /// Issues kept of one file, so that a hostile one cannot flood a report.
  private static let maximumIssues = 1000

  init(limits: DocumentLimits, byteCount: Int) {
    self.limits = limits
    text.reserveCapacity(byteCount)
    records.reserveCapacity(byteCount / 12)
    children.reserveCapacity(byteCount / 12)
  }

  /// The kind of the innermost open collection.
  var openKind: Node.Kind? { frames.last.map { records[$0.node].kind } }

  /// The style of the innermost open collection.
  var openStyle: NodeStyle? { frames.last.map { records[$0.node].style } }

  func finish() -> NodeArena {
    NodeArena(
      records: records,
      children: children,
      text: text,
      extras: extras,
      aliases: aliases,
      tables: tables
    )
  }

  // MARK: Documents

  mutating func beginDocument() {
    pending.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
    if !anchors.isEmpty { anchors.removeAll() }
    issues = []
  }

  /// The root of the document, if it has one.
  mutating func endDocument() -> NodeReference? {
    // Those of a mapping come up when it ends, after those of the mappings inside.
    if issues.count > 1 { issues.sort { $0.place < $1.place } }
    return pending.popLast()
  }

  mutating func report(_ issue: DocumentIssue) {
    if issues.count < Self.maximumIssues {
      issues.append(issue)
    } else if issues.count == Self.maximumIssues {
      issues.append(
        DocumentIssue(
          .limit,
          "Only the first \(Self.maximumIssues) problems of this document are listed",
          at: issue.place
        )
      )
    }
  }

  // MARK: Nodes

  mutating func addScalar(
    _ bytes: UnsafeBufferPointer<UInt8>,
    style: NodeStyle,
    range: PlaceRange,
    properties: Properties = Properties()
  ) throws(DocumentError) {
    let first = text.count
    text.append(contentsOf: bytes)
    try addScalar(textFrom: first, style: style, range: range, properties: properties)
  }

  /// Adds a scalar whose text is what was appended to `text` from an offset on.
  mutating func addScalar(
    textFrom first: Int,
    style: NodeStyle,
    range: PlaceRange,
    properties: Properties = Properties()
  ) throws(DocumentError) {
    let node = records.count
    let count = UInt32(truncatingIfNeeded: text.count - first)
    records.append(
      NodeRecord(
        range: range,
        first: UInt32(truncatingIfNeeded: first),
        count: count,
        extra: 0,
        kind: .scalar,
        style: style
      )
    )
    if properties.tag != nil || properties.anchor != nil {
      addProperties(properties, to: node, isComplete: true)
    }
    pending.append(NodeReference(node: node))
    try countNodes(1, at: range.start)
  }

  mutating func beginCollection(
    _ kind: Node.Kind,
    style: NodeStyle,
    start: Place,
    properties: Properties = Properties()
  ) throws(DocumentError) {
    guard frames.count < limits.maximumDepth else { throw tooDeep(at: start) }
    let node = records.count
    records.append(
      NodeRecord(
        range: PlaceRange(start: start, end: start),
        first: 0,
        count: 0,
        extra: 0,
        kind: kind,
        style: style
      )
    )
    if properties.tag != nil || properties.anchor != nil {
      addProperties(properties, to: node, isComplete: false)
    }
    pending.append(NodeReference(node: node))
    frames.append(
      Frame(
        node: node,
        firstPending: pending.count,
        expandedBefore: expandedNodes,
        isAnchored: properties.anchor != nil
      )
    )
    try countNodes(1, at: start)
  }

  /// Closes the innermost collection; without an end it ends where its last child does.
  mutating func endCollection(end: Place?) {
    guard let frame = frames.popLast() else { return }
    let first = children.count
    children.append(contentsOf: pending[frame.firstPending...])
    let count = pending.count - frame.firstPending
    pending.removeSubrange(frame.firstPending...)

    let lastEnd = children[first...].last.map { reference in
      reference.isAlias
        ? aliases[reference.index].range.end : records[reference.index].range.end
    }
    records[frame.node].range.end = end ?? lastEnd ?? records[frame.node].range.start
    records[frame.node].first = UInt32(truncatingIfNeeded: first)
    records[frame.node].count = UInt32(truncatingIfNeeded: count)
    if records[frame.node].kind == .mapping { resolveKeys(of: frame.node) }

    let height = frame.height + 1
    if !frames.isEmpty {
      frames[frames.count - 1].height = max(frames[frames.count - 1].height, height)
    }
    if frame.isAnchored { completeAnchor(of: frame, height: height) }
  }

  mutating func addAlias(
    _ name: UnsafeBufferPointer<UInt8>,
    range: PlaceRange
  ) throws(DocumentError) {
    guard let anchor = anchors[String(decoding: name, as: UTF8.self)] else {
      throw DocumentError("Alias names an anchor that no earlier node has", at: range.start)
    }
    guard anchor.isComplete else {
      throw DocumentError("Alias stands inside the node that it names", at: range.start)
    }
    guard frames.count + anchor.height <= limits.maximumDepth else {
      throw tooDeep(at: range.start)
    }
    if !frames.isEmpty {
      frames[frames.count - 1].height = max(frames[frames.count - 1].height, anchor.height)
    }
    pending.append(NodeReference(alias: aliases.count))
    aliases.append(
      AliasRecord(target: UInt32(truncatingIfNeeded: anchor.node), range: range)
    )
    try countNodes(anchor.expandedNodes, at: range.start)
  }

  // MARK: Limits and anchors

  private mutating func countNodes(_ count: Int, at place: Place) throws(DocumentError) {
    let (sum, overflow) = expandedNodes.addingReportingOverflow(count)
    guard !overflow, sum <= limits.maximumExpandedNodes else {
      throw DocumentError(
        "Text stands for more than \(limits.maximumExpandedNodes) nodes once its aliases are "
          + "followed",
        at: place
      )
    }
    expandedNodes = sum
  }

  private func tooDeep(at place: Place) -> DocumentError {
    DocumentError("Nested more than \(limits.maximumDepth) levels deep", at: place)
  }

  private mutating func addProperties(
    _ properties: Properties,
    to node: Int,
    isComplete: Bool
  ) {
    var extra = NodeExtra()
    if let tag = properties.tag { extra.tag = store(tag) }
    if let anchor = properties.anchor {
      extra.anchor = store(anchor)
      anchors[String(decoding: anchor, as: UTF8.self)] = Anchor(node: node, isComplete: isComplete)
    }
    records[node].extra = UInt32(truncatingIfNeeded: extras.count)
    extras.append(extra)
  }

  private mutating func store(_ bytes: UnsafeBufferPointer<UInt8>) -> NodeExtra.Slice {
    let first = text.count
    text.append(contentsOf: bytes)
    return .init(
      first: UInt32(truncatingIfNeeded: first),
      count: UInt32(truncatingIfNeeded: bytes.count)
    )
  }

  /// Lets aliases name the collection from now on, unless its anchor was given to a node inside.
  private mutating func completeAnchor(of frame: Frame, height: Int) {
    let slice = extras[Int(records[frame.node].extra)].anchor.range
    let name = String(decoding: text[slice], as: UTF8.self)
    guard anchors[name]?.node == frame.node else { return }
    anchors[name] = Anchor(
      node: frame.node,
      expandedNodes: expandedNodes - frame.expandedBefore,
      height: height,
      isComplete: true
    )
  }
}
