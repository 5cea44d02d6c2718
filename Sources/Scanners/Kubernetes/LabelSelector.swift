import Templates
import Workloads

/// A selector of labels: `matchLabels` and `matchExpressions`, or plain pairs.
struct LabelSelector: Sendable {
  private(set) var pairs: [(name: String, value: String)] = []
  private var expressions: [Expression] = []
  /// Whether a part of it is not known, so that it selects nothing for sure.
  private var isUnknown = false

  private struct Expression: Sendable {
    var key: String
    var operation: String
    var values: Set<String>
  }

  /// Nil if no selector is stated; an empty one selects everything.
  init?(_ body: Datum) {
    guard body.isObject else { return nil }
    for pair in body["matchLabels"].pairs { add(pair) }
    for element in body["matchExpressions"].elements.prefix(1000) {
      guard let key = element["key"].settled.known,
        let operation = element["operator"].settled.known
      else {
        isUnknown = true
        continue
      }
      let values = element["values"].elements.compactMap { $0.settled.known }
      expressions.append(Expression(key: key, operation: operation, values: Set(values)))
    }
  }

  /// The selector of a Service: plain pairs.
  init?(plain body: Datum) {
    guard body.isObject, body.entries.count > 0 else { return nil }
    for pair in body.pairs { add(pair) }
  }

  private mutating func add(_ pair: NamedValue) {
    guard let value = pair.value.known else {
      isUnknown = true
      return
    }
    pairs.append((pair.name, value))
  }

  var isEmpty: Bool { pairs.isEmpty && expressions.isEmpty && !isUnknown }

  func matches(_ labels: Datum) -> Bool {
    var table: [String: String] = [:]
    for pair in labels.pairs { table[pair.name] = pair.value.known }
    return matches(table)
  }

  func matches(_ labels: [String: String]) -> Bool {
    if isUnknown { return false }
    for pair in pairs where labels[pair.name] != pair.value { return false }
    for expression in expressions {
      let value = labels[expression.key]
      let holds =
        switch expression.operation {
        case "In": value.map(expression.values.contains) ?? false
        case "NotIn": value.map { !expression.values.contains($0) } ?? true
        case "Exists": value != nil
        case "DoesNotExist": value == nil
        default: false
        }
      if !holds { return false }
    }
    return true
  }
}
