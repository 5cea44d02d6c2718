import Expressions
import Workloads

/// Functions about roles and policies.
enum IAMFunctions {
  static let all = [allows, allowsOn, some]

  private static let allows = FunctionDeclaration(
    name: "iamAllows",
    parameters: [.object(Role.kind.name), .string],
    result: .bool,
    documentation: """
      Whether the policies of a role together allow an action on anything: \
      `iamAllows(role, "iam:PassRole")`; unknown if a policy cannot be seen.
      """
  ) { arguments in
    guard arguments.count == 2, let analysis = analysis(arguments[0]),
      case .string(let action) = arguments[1]
    else { return refuse("iamAllows", "a role and an action") }
    return .success(value(analysis) { $0.isAllowed(action) })
  }

  private static let allowsOn = FunctionDeclaration(
    name: "iamAllowsOn",
    parameters: [.object(Role.kind.name), .string, .string],
    result: .bool,
    documentation: """
      Whether the policies of a role together allow an action on a resource: \
      `iamAllowsOn(role, "secretsmanager:GetSecretValue", "arn:aws:…")`.
      """
  ) { arguments in
    guard arguments.count == 3, let analysis = analysis(arguments[0]),
      case .string(let action) = arguments[1], case .string(let resource) = arguments[2]
    else { return refuse("iamAllowsOn", "a role, an action and a resource") }
    return .success(value(analysis) { $0.isAllowed(action, on: resource) })
  }

  private static let some = FunctionDeclaration(
    name: "someOf",
    parameters: [.list(.string)],
    result: .string,
    documentation: "The first three texts of a list for a message: `someOf(statement.unscoped)`."
  ) { arguments in
    guard case .list(let list)? = arguments.first else {
      return refuse("someOf", "a list of texts")
    }
    let texts = (0..<min(list.count, 3)).map { index in
      if case .string(let text) = list[index] { text } else { "…" }
    }
    switch list.count {
    case 0...1: return .success(.string(texts.first ?? ""))
    case 2...3:
      return .success(
        .string(texts.dropLast().joined(separator: ", ") + " and " + (texts.last ?? ""))
      )
    default:
      return .success(.string("\(texts.joined(separator: ", ")) and \(list.count - 3) more"))
    }
  }

  private static func analysis(_ value: ExpressionValue) -> Value<RoleAnalysis>? {
    guard case .object(let object) = value else { return nil }
    return (object as? ModelObject<ResourceFacts>)?.root.roleAnalysis
  }

  private static func value(
    _ analysis: Value<RoleAnalysis>,
    _ ask: (RoleAnalysis) -> Value<Bool>
  ) -> ExpressionValue {
    switch analysis.state {
    case .known(let analysis):
      FieldContent(ask(analysis), empty: .bool(false)) { .bool($0) }.value
    case .unknown(let reason): .unknown(because: reason)
    case .absent: .bool(false)
    }
  }

  private static func refuse(
    _ name: String,
    _ wanted: String
  ) -> Result<ExpressionValue, EvaluationError> {
    .failure(EvaluationError(.invalidArgument, "\(name)() wants \(wanted)"))
  }
}
