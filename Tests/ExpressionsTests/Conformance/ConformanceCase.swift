@testable import Expressions

/// One `cel.expr.conformance.test.SimpleTest`.
struct ConformanceCase {
  enum Verdict {
    case passed
    case refused(String)
    case failed(String)
  }

  let name: String
  let proto: TextProto

  private var text: String { proto.string("expr") ?? "" }

  func run() -> Verdict {
    do {
      return try judge()
    } catch let outside as OutsideScope {
      return .refused(outside.reason)
    } catch {
      return .failed("\(error)")
    }
  }

  /// Whether the test is about the messages and enums of cel-spec's own `.proto` files.
  private var mentionsMessages: Bool {
    let names = [
      "TestAllTypes", "NestedEnum", "GlobalEnum", "TestRequired", "TestMap", "ExtensionScoped",
      "NestedMessage", "google.protobuf.", "_ext",
    ]
    return names.contains(where: text.contains)
  }

  private func judge() throws -> Verdict {
    var variables: [(String, ExpressionType)] = []
    var functions: [FunctionDeclaration] = []
    for declaration in proto.messages("type_env") {
      let name = declaration.string("name") ?? ""
      if let type = declaration.message("ident")?.message("type") {
        variables.append((name, try ExpressionType(conformance: type)))
      }
      for overload in declaration.message("function")?.messages("overloads") ?? [] {
        functions.append(
          FunctionDeclaration(
            name: name,
            isMember: overload.word("is_instance_function") == "true",
            parameters: try overload.messages("params").map(ExpressionType.init(conformance:)),
            result: try ExpressionType(
              conformance: overload.message("result_type") ?? TextProto()
            )
          ) { _ in .failure(EvaluationError(.unsupported, "declared only")) }
        )
      }
    }
    var values: [String: ExpressionValue] = [:]
    for binding in proto.messages("bindings") {
      guard let key = binding.string("key"),
        let value = binding.message("value")?.message("value")
      else { continue }
      values[key] = try ExpressionValue(conformance: value)
      if !variables.contains(where: { $0.0 == key }) { variables.append((key, .dyn)) }
    }
    let environment = Environment(
      variables: variables,
      functions: functions,
      container: proto.string("container") ?? ""
    )
    let options = Environment.Options(
      isChecked: proto.word("disable_check") != "true",
      allowsMacros: proto.word("disable_macros") != "true"
    )
    let program: Program
    do throws(ExpressionError) {
      program = try environment.compile(text, options: options)
    } catch {
      if error.kind == .unsupported { return .refused(Self.category(of: error.message)) }
      // The block extension's variables are calls, which no macro of the language takes.
      if text.contains("cel.iterVar(") { return .refused("the block extension") }
      if mentionsMessages { throw OutsideScope.message }
      return proto.has("eval_error") ? .passed : .failed("does not compile: \(error.message)")
    }
    return try judge(program, variables.map { values[$0.0] ?? .unknown(because: $0.0) })
  }

  private func judge(_ program: Program, _ variables: [ExpressionValue]) throws -> Verdict {
    if let typed = proto.message("typed_result"), let deduced = typed.message("deduced_type") {
      let expected = try ExpressionType(conformance: deduced)
      guard expected == program.resultType else {
        return .failed("is of type \(program.resultType), not \(expected)")
      }
    }
    if proto.word("check_only") == "true" { return .passed }
    let outcome = program.evaluate(variables)
    if case .error(let error) = outcome, error.kind == .unsupported {
      return .refused(Self.category(of: error.message))
    }
    if case .error(let error) = outcome, error.kind == .undeclared, mentionsMessages {
      throw OutsideScope.message
    }
    if proto.has("eval_error") || proto.has("any_eval_errors") {
      if case .error = outcome { return .passed }
      return .failed("gives \(outcome), not an error")
    }
    if proto.has("unknown") || proto.has("any_unknowns") {
      if case .unknown = outcome { return .passed }
      return .failed("gives \(outcome), not unknown")
    }
    let wanted = proto.message("value") ?? proto.message("typed_result")?.message("result")
    let expected = try wanted.map(ExpressionValue.init(conformance:)) ?? .bool(true)
    if case .value(let value) = outcome, value.isIdentical(to: expected) { return .passed }
    return .failed("gives \(outcome), not \(expected)")
  }

  /// What is outside, without the names a test happens to use.
  private static func category(of message: String) -> String {
    let what = message.replacing("not supported: ", with: "")
    if what.hasPrefix("making a message") || what.hasPrefix("protocol buffer type") {
      return OutsideScope.message.reason
    }
    return String(what.prefix { $0 != "(" }).trimmingSuffix(while: { $0 == " " })
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var copy = self
    while let last = copy.last, predicate(last) { copy.removeLast() }
    return copy
  }
}
