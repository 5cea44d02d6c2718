import ArgumentParser
import RuleEngine
import Unmoor

/// `unmoor rules`: the rule book and the authoring kit.
struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, show and test rules, and the fields they can ask about.",
    discussion: """
      Examples:
        unmoor rules list --step security
        unmoor rules list --format json
        unmoor rules show host/docker-socket
        unmoor rules fields mount
        unmoor rules test --rules my-rules
      """,
    subcommands: [RulesList.self, RulesShow.self, RulesFields.self, RulesTest.self]
  )
}

/// The option that every one of them has.
struct RuleFolders: ParsableArguments {
  @Option(name: .customLong("rules"), help: "A folder with further rules.", completion: .directory)
  var folders: [String] = []

  func load(checksEverything: Bool = false) throws -> Unmoor {
    do {
      return try Unmoor(ruleFolders: folders, checksEverything: checksEverything)
    } catch {
      throw ToolError.usage("a rule cannot be used: \(error)")
    }
  }
}

/// Lists rules: `unmoor rules list`.
struct RulesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the rules in force."
  )

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var rules: RuleFolders

  @Option(help: "Only rules of this step: application, image, observability, security, cost.")
  var step: String?

  @Option(help: "Only rules of this topic: state, host, secrets …")
  var topic: String?

  @Option(help: "text or json.")
  var format = Format.text

  func run() async throws {
    let book = try rules.load().book
    if let step, !book.checklist.steps.contains(where: { $0.id == step }) {
      let known = book.checklist.steps.map(\.id).joined(separator: ", ")
      throw ValidationError("'\(step)' is no step; the steps are \(known).")
    }
    let topics = book.checklist.steps.flatMap(\.topics)
    if let topic, !topics.contains(topic) {
      throw ValidationError(
        "'\(topic)' is no topic; the topics are \(topics.joined(separator: ", "))."
      )
    }
    let chosen = book.rules.filter {
      (step == nil || $0.step == step) && (topic == nil || $0.topic == topic)
    }
    let pages = RulePages(book: book)
    try Output.write(
      Array((format == .json ? pages.json(chosen) : pages.list(chosen)).utf8),
      to: "-"
    )
  }
}

/// Shows one rule: `unmoor rules show`.
struct RulesShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all that a rule says."
  )

  @OptionGroup var rules: RuleFolders

  @Argument(help: "The rule's id, for example host/docker-socket.")
  var id: String

  func run() async throws {
    let book = try rules.load().book
    guard let rule = book.rules.first(where: { $0.id == id }) else {
      let hint = suggestion(for: id, among: book.rules.map(\.id))
      throw ValidationError("There is no rule '\(id)'\(hint).")
    }
    try Output.write(Array(RulePages(book: book).page(of: rule).utf8), to: "-")
  }
}

/// Shows the vocabulary: `unmoor rules fields`.
struct RulesFields: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields",
    abstract: "Tell what a rule can ask about: subjects, variables, fields and functions."
  )

  @Argument(help: "A subject or type, for example mount; without it, all.")
  var name: String?

  func run() async throws {
    let pages = FieldPages()
    guard let name else {
      try Output.write(Array(pages.all().utf8), to: "-")
      return
    }
    guard let page = pages.page(of: name) else {
      throw ValidationError(
        "'\(name)' is neither a subject nor a type\(suggestion(for: name, among: pages.names))."
      )
    }
    try Output.write(Array(page.utf8), to: "-")
  }
}

/// Runs examples: `unmoor rules test`.
struct RulesTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the examples of rules: bad ones must fail at their marks, good ones not."
  )

  @OptionGroup var rules: RuleFolders

  @Argument(help: "Ids of the rules to test; without them, all.")
  var ids: [String] = []

  func run() async throws {
    let unmoor = try rules.load(checksEverything: true)
    for id in ids where !unmoor.book.rules.contains(where: { $0.id == id }) {
      throw ValidationError(
        "There is no rule '\(id)'\(suggestion(for: id, among: unmoor.book.rules.map(\.id)))."
      )
    }
    let tester = RuleTester(unmoor: unmoor)
    var passed = 0
    var text = ""
    for rule in unmoor.book.rules where ids.isEmpty || ids.contains(rule.id) {
      let outcome = await tester.test(rule)
      passed += outcome.passed
      for problem in outcome.problems { text += "\(problem)\n" }
    }
    let failed = text.split(separator: "\n").count
    text += "\(passed) examples passed, \(failed) problems\n"
    try Output.write(Array(text.utf8), to: "-")
    if failed > 0 { throw ExitCode(1) }
  }
}
