@testable import Expressions

/// How a test writes an outcome down: values in CEL notation, `unknown: reasons`, or the error's text.
func evaluate(
  _ text: String,
  _ variables: [(String, ExpressionType, ExpressionValue)] = [],
  checked: Bool = true,
  costLimit: Int = Program.defaultCostLimit
) -> String {
  let environment = Environment(variables: variables.map { ($0.0, $0.1) })
  do throws(ExpressionError) {
    let program = try environment.compile(text, options: .init(isChecked: checked))
    return describe(program.evaluate(variables.map(\.2), costLimit: costLimit))
  } catch {
    return "\(error.line):\(error.column): \(error.message)"
  }
}

func describe(_ outcome: Outcome) -> String {
  switch outcome {
  case .value(let value): describe(value)
  case .unknown(let unknown): "unknown: \(unknown.reasons.joined(separator: ", "))"
  case .error(let error): "error: \(error.message)"
  }
}

func describe(_ value: ExpressionValue) -> String {
  switch value {
  case .null: "null"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .uint(let value): "\(value)u"
  case .double(let value): "\(value)"
  case .string(let value): "'\(value)'"
  case .bytes(let value): "b\(value)"
  case .list(let list): "[\(list.elements.map(describe).joined(separator: ", "))]"
  case .map(let map):
    "{\(map.entries.map { "\(describe($0.key)): \(describe($0.value))" }.joined(separator: ", "))}"
  case .timestamp(let value): "\(value)"
  case .duration(let value): "\(value)"
  case .optional(let value): value.map { "some(\(describe($0)))" } ?? "none"
  case .object(let object): object.typeName
  case .type(let type): type.runtimeName
  case .ip(let address): "\(address)"
  case .cidr(let block): "\(block)"
  case .unknown(let unknown): "unknown: \(unknown.reasons.joined(separator: ", "))"
  }
}
