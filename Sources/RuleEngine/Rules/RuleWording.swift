package import Expressions
import Synchronization

/// Something of a rule that is compiled when it is first asked for.
///
/// Most rules of a run are never asked, and fewer fail: the expressions of built-in rules wait until
/// then, since tests have compiled them before. Rules of users are compiled at once, so that their
/// mistakes are told before anything is assessed.
package final class Deferred<Content: Sendable>: Sendable {
  private let compiled: Mutex<Result<Content, RuleError>?>
  private let compile: @Sendable () throws(RuleError) -> Content

  init(_ compile: @escaping @Sendable () throws(RuleError) -> Content) {
    self.compile = compile
    compiled = Mutex(nil)
  }

  /// What was compiled before, if anything was.
  var compiledContent: Content? { compiled.withLock { try? $0?.get() } }

  /// Compiles if nobody did before.
  package func content() throws(RuleError) -> Content {
    try compiled.withLock { compiled in
      if let compiled { return compiled }
      let result = Result { () throws(RuleError) in try compile() }
      compiled = result
      return result
    }.get()
  }
}

/// When a rule applies, and what it demands.
package struct RuleLogic: Sendable {
  package var condition: Program?
  package var assertion: Program
}

/// How a rule's findings are placed and worded.
package struct RuleWording: Sendable {
  /// Where the finding points; `nil`: the subject.
  package var at: ExpressionPath?
  package var message: MessageTemplate
  package var variants: [Variant]

  /// A case in which a failing rule weighs otherwise; the score keeps the rule's own severity.
  package struct Variant: Sendable {
    package var condition: Program
    package var severity: Severity?
    package var effects: [String: TargetEffect]?
    package var message: MessageTemplate?
  }
}
