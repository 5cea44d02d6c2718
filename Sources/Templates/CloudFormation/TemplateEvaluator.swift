import DocumentTrees
import Workloads

/// Evaluates one template, or one use of it as a nested stack.
///
/// Parameters, conditions and outputs are evaluated when something names them, once.
final class TemplateEvaluator {
  let path: String
  /// The path, or one that tells apart several uses of the same template.
  let address: String
  let root: Node
  /// Owned by the session, which outlives its evaluators.
  unowned let session: TemplateSession
  let budget: Budget
  /// For a nested stack: where it is nested, and with which parameters and tags.
  let nesting: Nesting?

  private(set) var notices: [Notice] = []
  private var noticed: Set<String> = []
  var readFiles: Set<String> = []

  lazy var sections = TemplateSections(self)
  lazy var resources = ResourceTable(self)
  lazy var declaredParameters = readParameters()
  var parameterValues: [String: Datum] = [:]
  var fileParameters: [String: Datum]?
  lazy var conditions = sections.entries("Conditions")
  var conditionValues: [String: Value<Bool>] = [:]
  lazy var mappings = sections.entries("Mappings")
  lazy var outputs = sections.entries("Outputs")
  var outputValues: [String: Datum] = [:]
  var openOutputs: Set<String> = []
  var nested: [String: TemplateEvaluator?] = [:]

  struct Nesting {
    let parent: TemplateEvaluator
    let logicalID: String
    let parameters: Datum
    let tags: [DatumObject.Entry]
    let origin: Origin
  }

  init(
    path: String,
    address: String,
    root: Node,
    session: TemplateSession,
    budget: Budget,
    nesting: Nesting? = nil
  ) {
    self.path = path
    self.address = address
    self.root = root
    self.session = session
    self.budget = budget
    self.nesting = nesting
    readFiles = [path]
  }

  // MARK: Notices and places

  /// Says something of a place; the same words are said once a template.
  func note(_ kind: Notice.Kind, _ origin: Origin, _ message: String) {
    guard noticed.insert(message).inserted else { return }
    let place = origin.location ?? SourceLocation(file: path, line: 1)
    notices.append(Notice(kind, place, message))
  }

  func origin(_ node: Node, _ frame: Frame) -> Origin {
    Origin(
      SourceLocation(file: frame.file, range: node.aliasRange ?? node.range),
      via: frame.via
    )
  }

  /// A value that cannot be evaluated because the template is wrong.
  func wrong(_ origin: Origin, _ message: String) -> Datum {
    note(.invalidValue, origin, message + ".")
    return .unknown("the template is wrong: " + lowercasedFirst(message), origin)
  }

  private func lowercasedFirst(_ text: String) -> String {
    // Names of functions and resources keep their case.
    text.hasPrefix("The ") || text.hasPrefix("A ")
      ? text.prefix(1).lowercased() + text.dropFirst() : text
  }

  func spent(_ origin: Origin) -> Datum {
    note(
      .limit,
      origin,
      "Evaluating the template takes more than its bounds allow; the rest of it is unknown."
    )
    return .unknown("the template is too large to evaluate", origin)
  }

  // MARK: Nodes

  /// The value of a node; nodes without functions below them stay nodes.
  func evaluate(_ node: Node, _ frame: Frame) -> Datum {
    if let tag = node.tag, tag.hasPrefix("!"), tag != "!" {
      guard let function = Intrinsic(tag: tag) else {
        let place = origin(node, frame)
        note(
          .unsupportedField,
          place,
          "\(tag) is no function of CloudFormation; what it gives is unknown."
        )
        return .unknown("\(tag) is no function of CloudFormation", place)
      }
      return call(function, Argument(node: node, isTagged: true), node, frame)
    }
    return evaluateUntagged(node, frame)
  }

  func evaluate(_ argument: Argument, _ frame: Frame) -> Datum {
    argument.isTagged
      ? evaluateUntagged(argument.node, frame) : evaluate(argument.node, frame)
  }

  private func evaluateUntagged(_ node: Node, _ frame: Frame) -> Datum {
    guard budget.step() else { return spent(origin(node, frame)) }
    guard frame.depth < session.bounds.depth else {
      let place = origin(node, frame)
      note(
        .limit,
        place,
        "Functions and values are nested more than \(session.bounds.depth) levels deep."
      )
      return .unknown("it is nested too deeply", place)
    }
    switch node.kind {
    case .scalar: return scalar(node, frame)
    case .sequence: return sequence(node, frame)
    case .mapping: return mapping(node, frame)
    }
  }

  private func plain(_ node: Node, _ frame: Frame) -> Datum {
    Datum(node, in: frame.file, via: frame.via)
  }

  private func scalar(_ node: Node, _ frame: Frame) -> Datum {
    let hasBrace = node.withTextBytes { bytes in
      bytes.count > 3 && bytes.contains(UInt8(ascii: "{"))
    }
    guard hasBrace else { return plain(node, frame) }
    let text = node.text
    let replaced = frame.replacingVariables(in: text)
    let datum =
      replaced == text ? plain(node, frame) : Datum(.text(replaced), origin(node, frame))
    return DynamicReference.mayHold(replaced) ? DynamicReference.resolve(datum) : datum
  }

  private func sequence(_ node: Node, _ frame: Frame) -> Datum {
    let below = frame.deeper
    var list: DatumList?
    for (index, element) in node.elements.enumerated() {
      let (value, gap) = evaluateElement(element, below)
      if list == nil {
        if gap == nil, let value, isItself(value, element) { continue }
        list = DatumList(node.elements.prefix(index).map { plain($0, frame) })
      }
      if let value { list?.elements.append(value) }
      if let gap { list?.more = gap }
    }
    guard let list else { return plain(node, frame) }
    return Datum(.list(list), origin(node, frame))
  }

  /// Whether a node's value is the node; a function may give another node of the file.
  private func isItself(_ value: Datum, _ node: Node) -> Bool {
    if case .node(let result) = value.content { result == node } else { false }
  }

  /// An element of a list: none for `AWS::NoValue`, and a gap where there may be one.
  func evaluateElement(_ node: Node, _ frame: Frame) -> (value: Datum?, gap: Gap?) {
    if let (condition, first, second) = conditional(node, frame),
      case .unknown(let reason) = condition.state
    {
      let sides = [first, second].map { evaluateElement($0, frame.deeper) }
      switch (sides[0].value, sides[1].value) {
      case (nil, nil): return (nil, sides[0].gap ?? sides[1].gap)
      case (let first?, let second?):
        return (first.orElse(second, because: reason), sides[0].gap ?? sides[1].gap)
      default: return (nil, Gap(reason))
      }
    }
    let value = evaluate(node, frame)
    return (value.isAbsent ? nil : value, nil)
  }

  private func mapping(_ node: Node, _ frame: Frame) -> Datum {
    let entries = node.entries
    var isOpen = false
    if entries.count == 1 {
      let (key, value) = entries[0]
      if let function = Intrinsic(key: key), function != .transform {
        return call(function, Argument(node: value, isTagged: false), node, frame)
      }
    }
    for (key, _) in entries where Intrinsic.isFunction(key: key) { isOpen = true }
    if isOpen || !frame.variables.isEmpty { return open(node, frame) }
    let below = frame.deeper
    var object: DatumObject?
    for (index, entry) in entries.enumerated() {
      let value = evaluate(entry.value, below)
      if object == nil {
        if isItself(value, entry.value) { continue }
        object = DatumObject(
          entries.prefix(index).map { entry in
            DatumObject.Entry(
              entry.key.text,
              plain(entry.value, frame),
              keyOrigin: origin(entry.key, frame)
            )
          }
        )
      }
      // A property without a value is not stated.
      if value.isAbsent { continue }
      object?.set(
        DatumObject.Entry(entry.key.text, value, keyOrigin: origin(entry.key, frame))
      )
    }
    guard let object else { return plain(node, frame) }
    return Datum(.object(object), origin(node, frame))
  }

  /// A mapping with loops or includes among its keys.
  private func open(_ node: Node, _ frame: Frame) -> Datum {
    let place = origin(node, frame)
    let expansion = expand(node, frame)
    if expansion.entries.count == 1, let entry = expansion.entries.first, expansion.more == nil,
      entry.keyNode != node.entries.first?.key, let function = Intrinsic(key: entry.keyNode)
    {
      // An included text that is a function itself.
      return call(function, Argument(node: entry.node, isTagged: false), node, entry.frame.deeper)
    }
    if expansion.entries.isEmpty, let more = expansion.more {
      return Datum(.unknown(more), place)
    }
    if let whole = expansion.whole { return whole }
    var object = DatumObject(more: expansion.more)
    for entry in expansion.entries {
      let value = evaluate(entry.node, entry.frame.deeper)
      if value.isAbsent { continue }
      let keyOrigin = origin(entry.keyNode, entry.frame)
      object.set(DatumObject.Entry(entry.key, value, keyOrigin: keyOrigin))
    }
    return Datum(.object(object), place)
  }

  // MARK: Functions

  private func call(
    _ function: Intrinsic,
    _ argument: Argument,
    _ use: Node,
    _ frame: Frame
  ) -> Datum {
    guard budget.step() else { return spent(origin(use, frame)) }
    let place = origin(use, frame)
    let below = frame.deeper
    switch function {
    case .ref:
      guard argument.node.isScalar else { return wrong(place, "Ref needs a name") }
      return refer(to: argument.node.text, place, below)
    case .getAtt: return getAttribute(argument, place, below)
    case .sub: return substitute(argument, place, below)
    case .importValue: return importValue(argument, place, below)
    case .join: return join(argument, place, below)
    case .select: return select(argument, place, below)
    case .split: return split(argument, place, below)
    case .cidr: return cidr(argument, place, below)
    case .length: return length(argument, place, below)
    case .findInMap: return findInMap(argument, place, below)
    case .getAZs:
      return .unknown("the availability zones are known only once deployed", place)
    case .base64:
      let value = evaluate(argument, below)
      guard let parts = value.parts else {
        return value.isNothing || value.isList || value.isObject
          ? wrong(place, "Fn::Base64 needs a text") : .unknown("its text is not known", place)
      }
      guard budget.write(bytes: value.writtenSize * 2) else { return spent(place) }
      let gap = parts.lazy.compactMap { if case .gap(let gap) = $0 { gap } else { nil } }.first
      let part: TextPart =
        gap.map { .gap($0) } ?? .text(Base64.encode(Array((value.string.known ?? "").utf8)))
      return Datum(.encoded(EncodedText(value, as: .base64, parts: [part])), place)
    case .toJSONString:
      let value = evaluate(argument, below)
      if value.gap != nil { return relocated(value, place) }
      let parts = JSONText().parts(of: value)
      let size = Datum(.partial(parts), place).writtenSize
      guard budget.write(bytes: size) else { return spent(place) }
      return Datum(.encoded(EncodedText(value, as: .json, parts: parts)), place)
    case .if:
      guard let (condition, first, second) = conditional(use, frame) else {
        return wrong(place, "Fn::If needs a condition and two values")
      }
      return .choose(condition, evaluate(first, below), evaluate(second, below))
    case .and, .or, .not, .equals, .condition:
      return Datum(flag: condition(function, argument, place, below), place)
    case .transform: return include(argument, place, below)
    }
  }

  /// A value as seen where it is used; where it stands is what it passed through.
  func relocated(_ value: Datum, _ use: Origin) -> Datum {
    var via = use.via
    for place in (value.location.map { [$0] } ?? []) + value.origin.via
    where place != use.location && !via.contains(place) {
      via.append(place)
    }
    if value.isList, value.parts == nil {
      let elements = value.elements.map { relocated($0, use) }
      return Datum(
        .list(DatumList(elements, more: value.more)),
        Origin(use.location, via: via)
      )
    }
    return Datum(value.content, Origin(use.location, via: via))
  }

  /// The elements of a function's list of arguments.
  func list(_ argument: Argument, _ counts: ClosedRange<Int>) -> [Node]? {
    guard argument.node.isSequence, counts.contains(argument.node.count) else { return nil }
    return Array(argument.node.elements)
  }
}

extension Frame {
  /// A text with the identifiers of the loops around it replaced.
  ///
  /// `&{Name}` stands for the same without what a logical id may not have.
  func replacingVariables(in text: String) -> String {
    if variables.isEmpty { return text }
    var result = ""
    var rest = text[...]
    while let mark = rest.firstIndex(where: { $0 == "$" || $0 == "&" }) {
      result += rest[..<mark]
      rest = rest[mark...]
      if rest.dropFirst().first == "{", let end = rest.firstIndex(of: "}"),
        let value = variables[String(rest[..<end].dropFirst(2))]
      {
        result += rest.first == "&" ? value.filter { $0.isLetter || $0.isNumber } : value
        rest = rest[end...].dropFirst()
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }
}
