internal import Workloads

// Functions that take a function.
extension AzureFunctions {
  static let lambdaFunctions: [String: LambdaFunction] = [
    "map": { arguments, call in
      over(arguments, call, 1...2) { elements, more, lambda in
        var mapped: [Datum] = []
        for (index, element) in elements.enumerated() {
          guard call.scope.spend(1) else { return call.exhausted }
          mapped.append(lambda.apply(element, index, call))
        }
        return call.list(mapped, more: more)
      }
    },
    "filter": { arguments, call in
      over(arguments, call, 1...2) { elements, more, lambda in
        var kept: [Datum] = []
        var more = more
        for (index, element) in elements.enumerated() {
          guard call.scope.spend(1) else { return call.exhausted }
          let answer = lambda.apply(element, index, call)
          switch truth(answer) {
          case true: kept.append(element)
          case nil: more = more ?? Gap(answer.shape.reason ?? "a condition is not known")
          default: break
          }
        }
        return call.list(kept, more: more)
      }
    },
    "reduce": { arguments, call in
      guard arguments.count == 3, case .value(let list) = arguments[0],
        case .value(var result) = arguments[1], case .lambda(let lambda) = arguments[2],
        (2...3).contains(lambda.parameterCount)
      else { return call.wrongArguments }
      guard case .list(let elements, let more) = list.shape else { return call.unknown(of: [list]) }
      for (index, element) in elements.enumerated() {
        guard call.scope.spend(1) else { return call.exhausted }
        let values = [result, element, call.integer(index)]
        result = lambda.body(Array(values.prefix(lambda.parameterCount)))
      }
      return more.map { call.unknown($0.reason) } ?? result
    },
    "sort": { arguments, call in
      over(arguments, call, 2...2) { elements, more, lambda in
        if let more { return call.list([], more: more) }
        var failure: Datum?
        // A merge sort, since a predicate of a file need not be an order.
        let sorted = mergeSorted(elements) { first, second in
          guard failure == nil, call.scope.spend(1) else { return true }
          let answer = lambda.body([first, second])
          guard let truth = truth(answer) else {
            failure = answer
            return true
          }
          return truth
        }
        if let failure {
          let gap = Gap(failure.shape.reason ?? "the order of the list is not known")
          return call.list([], more: gap)
        }
        return call.list(sorted)
      }
    },
    "toobject": { arguments, call in
      guard (2...3).contains(arguments.count), case .value(let list) = arguments[0],
        case .lambda(let key) = arguments[1], key.parameterCount == 1
      else { return call.wrongArguments }
      var value: AzureLambda?
      if arguments.count == 3 {
        guard case .lambda(let lambda) = arguments[2], lambda.parameterCount == 1 else {
          return call.wrongArguments
        }
        value = lambda
      }
      guard case .list(let elements, let more) = list.shape else { return call.unknown(of: [list]) }
      var object = DatumObject()
      object.more = more
      for element in elements {
        guard call.scope.spend(1) else { return call.exhausted }
        let name = key.body([element])
        guard let text = name.plainText else {
          object.more = object.more ?? Gap(name.shape.reason ?? "a key is not a text")
          continue
        }
        object.set(.init(text, value?.body([element]) ?? element, keyOrigin: name.origin))
      }
      return call.value(.object(object))
    },
    "groupby": { arguments, call in
      var value: AzureLambda?
      if arguments.count == 3 {
        guard case .lambda(let lambda) = arguments[2], lambda.parameterCount == 1 else {
          return call.wrongArguments
        }
        value = lambda
      }
      return over(Array(arguments.prefix(2)), call, 1...1) { elements, more, lambda in
        grouped(elements, more, by: lambda, value, call)
      }
    },
    "mapvalues": { arguments, call in
      guard arguments.count == 2, case .value(let object) = arguments[0],
        case .lambda(let lambda) = arguments[1], lambda.parameterCount == 1
      else { return call.wrongArguments }
      guard case .object(let entries, let more) = object.shape else {
        return call.unknown(of: [object])
      }
      guard call.scope.spend(entries.count) else { return call.exhausted }
      let mapped = entries.map { entry in
        DatumObject.Entry(entry.key, lambda.body([entry.value]), keyOrigin: entry.keyOrigin)
      }
      return call.object(mapped, more: more)
    },
  ]

  /// Takes a list and a lambda expression apart.
  private static func over(
    _ arguments: [AzureArgument],
    _ call: AzureCall,
    _ parameters: ClosedRange<Int>,
    _ body: ([Datum], Gap?, AzureLambda) -> Datum
  ) -> Datum {
    guard arguments.count == 2, case .value(let list) = arguments[0],
      case .lambda(let lambda) = arguments[1], parameters.contains(lambda.parameterCount)
    else { return call.wrongArguments }
    guard case .list(let elements, let more) = list.shape else { return call.unknown(of: [list]) }
    return body(elements, more, lambda)
  }

  private static func grouped(
    _ elements: [Datum],
    _ more: Gap?,
    by key: AzureLambda,
    _ value: AzureLambda?,
    _ call: AzureCall
  ) -> Datum {
    var groups: [(key: Datum, name: String, values: [Datum])] = []
    var positions: [String: Int] = [:]
    var more = more
    for element in elements {
      guard call.scope.spend(1) else { return call.exhausted }
      let key = key.body([element])
      guard let name = key.plainText else {
        more = more ?? Gap(key.shape.reason ?? "a key is not a text")
        continue
      }
      let own = value?.body([element]) ?? element
      if let position = positions[name] {
        groups[position].values.append(own)
      } else {
        positions[name] = groups.count
        groups.append((key, name, [own]))
      }
    }
    return call.object(
      groups.map { .init($0.name, call.list($0.values), keyOrigin: $0.key.origin) },
      more: more
    )
  }

  private static func mergeSorted(
    _ elements: [Datum],
    _ precedes: (Datum, Datum) -> Bool
  ) -> [Datum] {
    var runs = elements.map { [$0] }
    while runs.count > 1 {
      var merged: [[Datum]] = []
      for start in stride(from: 0, to: runs.count, by: 2) {
        guard start + 1 < runs.count else {
          merged.append(runs[start])
          break
        }
        merged.append(merge(runs[start], runs[start + 1], precedes))
      }
      runs = merged
    }
    return runs.first ?? []
  }

  private static func merge(
    _ left: [Datum],
    _ right: [Datum],
    _ precedes: (Datum, Datum) -> Bool
  ) -> [Datum] {
    var result: [Datum] = []
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
      if !precedes(right[second], left[first]) {
        result.append(left[first])
        first += 1
      } else {
        result.append(right[second])
        second += 1
      }
    }
    return result + left[first...] + right[second...]
  }
}

extension AzureLambda {
  /// Its value for an element and, if it asks for it, the element's position.
  func apply(_ element: Datum, _ index: Int, _ call: AzureCall) -> Datum {
    body(parameterCount == 1 ? [element] : [element, call.integer(index)])
  }
}
