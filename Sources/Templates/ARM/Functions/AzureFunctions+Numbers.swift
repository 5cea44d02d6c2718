// Whole numbers; ARM has no others except through `json`.
extension AzureFunctions {
  static let numberFunctions: [String: Function] = [
    "add": { arithmetic($0, $1) { $0.addingReportingOverflow($1) } },
    "sub": { arithmetic($0, $1) { $0.subtractingReportingOverflow($1) } },
    "mul": { arithmetic($0, $1) { $0.multipliedReportingOverflow(by: $1) } },
    "div": { arithmetic($0, $1) { $0.dividedReportingOverflow(by: $1) } },
    "mod": { arithmetic($0, $1) { $0.remainderReportingOverflow(dividingBy: $1) } },
    "int": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      switch values[0].shape {
      case .integer(let number): return call.integer(number)
      case .number(let number):
        return Int(exactly: number.rounded(.towardZero)).map(call.integer) ?? call.wrongArguments
      case .text(let text):
        return Int(trimmed(text)).map(call.integer) ?? call.wrong("is given no whole number")
      default: return call.unknown(of: values)
      }
    },
    "float": { values, call in
      guard values.count == 1 else { return call.wrongArguments }
      if let number = values[0].plainNumber { return call.value(.number(number)) }
      if let text = values[0].plainText, let number = Double(trimmed(text)), number.isFinite {
        return call.value(.number(number))
      }
      return call.unknown(of: values)
    },
    "min": { extreme($0, $1) { $0 < $1 } },
    "max": { extreme($0, $1) { $0 > $1 } },
  ]

  private static func arithmetic(
    _ values: [Datum],
    _ call: AzureCall,
    _ operation: (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) -> Datum {
    guard values.count == 2, let first = values[0].plainInteger, let second = values[1].plainInteger
    else { return call.unknown(of: values) }
    let result = operation(first, second)
    return result.overflow
      ? call.wrong("gives no number that can be held") : call.integer(result.partialValue)
  }

  private static func extreme(
    _ values: [Datum],
    _ call: AzureCall,
    _ wins: (Int, Int) -> Bool
  ) -> Datum {
    var candidates = values
    if values.count == 1, case .list(let elements, let more) = values[0].shape {
      if let more { return call.unknown(more.reason) }
      candidates = elements
    }
    let numbers = candidates.compactMap(\.plainInteger)
    guard numbers.count == candidates.count, var best = numbers.first else {
      return call.unknown(of: candidates)
    }
    for number in numbers.dropFirst() where wins(number, best) { best = number }
    return call.integer(best)
  }
}
