import Patterns

extension LinearRegex {
  /// Whether a part of the text matches, for its price.
  func matches(_ text: String, meter: inout CostMeter) throws(EvaluationError) -> Bool {
    try meter.charge(cost(ofBytes: text.utf8.count))
    return matches(text)
  }
}
