package import DocumentTrees
import Expressions

/// Reads rules from YAML and type-checks their expressions.
package struct RuleLoader: Sendable {
  private let checklist: Checklist
  private let environments: EnvironmentBook

  package init(checklist: Checklist, functions: HostFunctions) {
    self.checklist = checklist
    environments = EnvironmentBook(functions: functions.all)
  }

  static let keys = [
    "id", "title", "step", "topic", "severity", "confidence", "appliesTo", "targets",
    "dispositions", "formats", "when", "assert", "at", "message", "remediation", "references",
    "constraints",
    "absorbs", "needs", "variants", "twelveFactor", "sameAs", "examples",
  ]

  /// Reads one rule from a file at `path` below its folder; its id must be the same without `.yaml`.
  ///
  /// With `defersCompiling`, expressions are compiled when they are needed, because somebody has
  /// checked them before.
  package func rule(
    path: String,
    root: Node,
    examples: RuleExamples,
    defersCompiling: Bool = false
  ) throws(RuleError) -> Rule {
    let reader = FieldReader(file: path, node: root, what: "rule")
    try reader.allowOnly(Self.keys)
    let id = try reader.text("id")
    if path != id + ".yaml" {
      throw reader.error("the id '\(id)' is not the file's path '\(path)'", at: root["id"])
    }
    let (step, topic) = try stepAndTopic(reader)
    let kind = try subject(reader)
    _ = try reader.required("assert")
    let environments = self.environments
    let logic = Deferred { () throws(RuleError) in
      let compiler = FieldCompiler(
        reader: reader,
        environment: environments[kind],
        defersPatterns: defersCompiling
      )
      let condition = try compiler.condition("when")
      guard let assertion = try compiler.condition("assert") else {
        throw reader.error("the rule has no 'assert'")
      }
      return RuleLogic(condition: condition, assertion: assertion)
    }
    let wording = Deferred { () throws(RuleError) in
      let compiler = FieldCompiler(
        reader: reader,
        environment: environments[kind],
        defersPatterns: defersCompiling
      )
      return RuleWording(
        at: try compiler.path("at"),
        message: try compiler.template(try reader.required("message")),
        variants: try variants(reader, environments[kind])
      )
    }
    if !defersCompiling {
      _ = try logic.content()
      _ = try wording.content()
    }
    let remediation = FieldReader(
      file: path,
      node: try reader.required("remediation"),
      what: "remediation"
    )
    try remediation.allowOnly(["text", "effort", "unit"])

    return Rule(
      id: id,
      title: try reader.text("title"),
      step: step,
      topic: topic,
      severity: try reader.word("severity", of: Severity.self),
      confidence: reader.optional("confidence") == nil
        ? .high : try reader.word("confidence", of: Confidence.self),
      appliesTo: kind,
      effects: try effects(reader),
      dispositions: try words(
        reader,
        "dispositions",
        of: Disposition.self,
        default: kind.isResource ? [.move, .infrastructure] : [.move]
      ),
      formats: Set(try reader.texts("formats")),
      logic: logic,
      conditionText: reader.optional("when")?.text,
      assertionText: reader.optional("assert")?.text ?? "",
      wording: wording,
      remediation: Remediation(
        text: try remediation.text("text"),
        effort: try remediation.integer("effort")
      ),
      remediationUnit: try remediation.optionalText("unit"),
      references: try reader.texts("references"),
      constraints: try reader.texts("constraints"),
      absorbs: try reader.texts("absorbs"),
      needs: try words(reader, "needs", of: Rule.Evidence.self, default: []),
      twelveFactor: try reader.optionalText("twelveFactor"),
      sameAs: try sameAs(reader),
      examples: examples,
      location: SourceLocation(file: path, range: root.range),
      asksAboutTarget: try Self.logicAsksAboutTarget(reader, logic)
        || Self.wordingAsksAboutTarget(reader)
    )
  }

  private func subject(_ reader: FieldReader) throws(RuleError) -> Vocabulary.SubjectKind {
    let name = try reader.text("appliesTo")
    if let kind = Vocabulary.SubjectKind(name: name) { return kind }
    let names = Vocabulary.SubjectKind.allCases.map(\.name)
    throw reader.error(
      "'\(name)' is no subject of rules ('unmoor rules fields' lists them)"
        + suggestion(for: name, among: names),
      at: reader.optional("appliesTo")
    )
  }

  /// Whether what the rule demands depends on the target; compiles only if the text has the word.
  private static func logicAsksAboutTarget(
    _ reader: FieldReader,
    _ logic: Deferred<RuleLogic>
  ) throws(RuleError) -> Bool {
    let texts = ["when", "assert"].compactMap { reader.optional($0)?.text }
    guard texts.contains(where: mentionsVariable) else { return false }
    let content = try logic.content()
    return [content.condition, content.assertion].contains {
      $0?.mentions.variables.contains("target") == true
    }
  }

  /// Whether a text has the word `target`, other than as a field such as `mount.target`.
  ///
  /// It may say yes for nothing.
  private static func mentionsVariable(_ expression: String) -> Bool {
    let bytes = Array(expression.utf8)
    return bytes.split { !isWordByte($0) }.contains { word in
      guard word.elementsEqual("target".utf8) else { return false }
      let start = word.startIndex
      let isField =
        start > 1 && bytes[start - 1] == UInt8(ascii: ".") && isWordByte(bytes[start - 2])
      return !isField
    }
  }

  private static func mentionsTarget(_ expression: String) -> Bool {
    expression.utf8.split { !isWordByte($0) }.contains { $0.elementsEqual("target".utf8) }
  }

  /// Whether an expression of the wording has the word `target`; compiling it could wait.
  private static func wordingAsksAboutTarget(_ reader: FieldReader) -> Bool {
    var conditions: [String] = []
    var templates = [reader.optional("message")?.text ?? ""]
    for variant in reader.optional("variants")?.elements.map({ $0 }) ?? [] {
      conditions.append(variant["when"]?.text ?? "")
      templates.append(variant["message"]?.text ?? "")
    }
    let expressions = conditions + templates.flatMap(MessageTemplate.expressionTexts)
    return expressions.contains(where: mentionsTarget)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func stepAndTopic(_ reader: FieldReader) throws(RuleError) -> (String, String) {
    let stepNode = try reader.required("step")
    guard let step = checklist.steps.first(where: { $0.id == stepNode.text }) else {
      let names = checklist.steps.map(\.id)
      throw reader.error(
        "'\(stepNode.text)' is no step of the checklist"
          + suggestion(for: stepNode.text, among: names),
        at: stepNode
      )
    }
    let topicNode = try reader.required("topic")
    guard step.topics.contains(topicNode.text) else {
      throw reader.error(
        "'\(topicNode.text)' is no topic of step '\(step.id)'"
          + suggestion(for: topicNode.text, among: step.topics),
        at: topicNode
      )
    }
    return (step.id, topicNode.text)
  }

  private func effects(_ reader: FieldReader) throws(RuleError) -> [String: TargetEffect] {
    var effects: [String: TargetEffect] = [:]
    for (key, value) in try reader.mapping("targets") {
      effects[key.text] = try reader.word(value, of: TargetEffect.self)
    }
    return effects
  }

  private func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ reader: FieldReader,
    _ name: String,
    of type: Word.Type,
    default words: Set<Word>
  ) throws(RuleError) -> Set<Word> where Word.RawValue == String {
    let nodes = try reader.list(name)
    if nodes.isEmpty { return words }
    var words: Set<Word> = []
    for node in nodes { words.insert(try reader.word(node, of: type)) }
    return words
  }

  private func variants(
    _ reader: FieldReader,
    _ environment: Environment
  ) throws(RuleError) -> [RuleWording.Variant] {
    var variants: [RuleWording.Variant] = []
    for node in try reader.list("variants") {
      let variant = FieldReader(file: reader.file, node: node, what: "variant")
      try variant.allowOnly(["when", "severity", "targets", "message"])
      let compiler = FieldCompiler(reader: variant, environment: environment)
      guard let condition = try compiler.condition("when") else {
        throw variant.error("the variant has no 'when'")
      }
      variants.append(
        RuleWording.Variant(
          condition: condition,
          severity: variant.optional("severity") == nil
            ? nil : try variant.word("severity", of: Severity.self),
          effects: variant.optional("targets") == nil ? nil : try effects(variant),
          message: try variant.optional("message").map { node throws(RuleError) in
            try compiler.template(node)
          }
        )
      )
    }
    return variants
  }

  private func sameAs(_ reader: FieldReader) throws(RuleError) -> [(tool: String, ids: [String])] {
    var tools: [(tool: String, ids: [String])] = []
    for (key, value) in try reader.mapping("sameAs") {
      guard value.isSequence else {
        throw reader.error("'sameAs' lists ids by tool", at: value)
      }
      tools.append((key.text, value.elements.map(\.text)))
    }
    return tools.sorted { $0.tool < $1.tool }
  }
}

/// Compiles the expressions of one mapping; errors carry the line of the field.
private struct FieldCompiler {
  let reader: FieldReader
  let environment: Environment
  var defersPatterns = false

  func condition(_ name: String) throws(RuleError) -> Program? {
    guard let node = reader.optional(name) else { return nil }
    // `assert: false` is a boolean to YAML and an expression to us.
    do {
      let program = try environment.compile(
        node.text,
        options: Environment.Options(defersPatterns: defersPatterns)
      )
      guard program.resultType == .bool || program.resultType == .dyn else {
        throw reader.error("'\(name)' must be true or false, not \(program.resultType)", at: node)
      }
      return program
    } catch let error as ExpressionError {
      throw at(node, error)
    } catch let error as RuleError {
      throw error
    } catch {
      throw reader.error("'\(name)' cannot be read", at: node)
    }
  }

  func path(_ name: String) throws(RuleError) -> ExpressionPath? {
    guard let node = reader.optional(name) else { return nil }
    do {
      return try environment.compilePath(node.text)
    } catch {
      throw at(node, error)
    }
  }

  func template(_ node: Node) throws(RuleError) -> MessageTemplate {
    do {
      return try MessageTemplate(node.text, in: environment)
    } catch {
      throw reader.error(error.problem, at: node)
    }
  }

  /// The place inside the expression, where the scalar's style lets us count.
  private func at(_ node: Node, _ error: ExpressionError) -> RuleError {
    var place = node.range.start
    switch node.style {
    case .plain where error.line == 1:
      place = Place(line: Int(place.line), column: Int(place.column) + error.column - 1)
    case .singleQuoted where error.line == 1, .doubleQuoted where error.line == 1:
      place = Place(line: Int(place.line), column: Int(place.column) + error.column)
    case .literal:
      // How far the block is indented is not kept; two columns are the custom.
      let indentation = Int(reader.node.range.start.column) + 1
      place = Place(line: Int(place.line) + error.line, column: indentation + error.column)
    default:
      break
    }
    return RuleError(file: reader.file, place: place, problem: error.message)
  }
}
