package import Workloads

/// What functions of ARM templates and Bicep files ask their surroundings.
package protocol AzureScope {
  /// The address of a resource of the deployment by its full type and the segments of its name.
  ///
  /// Nil if there is none, or more than one that it may be.
  func address(type: String, names: [Datum]) -> String?
  /// The address of what `reference('x')` names: a symbolic name, or a plain one.
  func address(named name: Datum) -> String?
  /// Pays for work; false once nothing is left, and then results are unknown.
  func spend(_ steps: Int) -> Bool
}

/// What one deployment's evaluation may cost.
package final class AzureBudget {
  private var steps: Int

  package init(steps: Int = 1_000_000) { self.steps = steps }

  package var isSpent: Bool { steps <= 0 }

  package func spend(_ count: Int) -> Bool {
    if steps > 0 { steps -= max(1, min(count, 1 << 40)) }
    return steps > 0
  }
}

/// A function without a name, written as an argument of another.
package struct AzureLambda {
  package let parameterCount: Int
  package let body: ([Datum]) -> Datum

  package init(_ parameterCount: Int, _ body: @escaping ([Datum]) -> Datum) {
    self.parameterCount = parameterCount
    self.body = body
  }
}

package enum AzureArgument {
  case value(Datum)
  case lambda(AzureLambda)
}

/// The functions that ARM templates and Bicep files share.
///
/// An unknown argument makes only unknown what depends on it: the length of a list with an unknown
/// element is known, a text joined with an unknown one keeps what is known around a gap.
package enum AzureFunctions {
  /// The value of a call; nil if there is no such function.
  package static func call(
    _ name: String,
    _ arguments: [AzureArgument],
    _ origin: Origin,
    _ scope: some AzureScope
  ) -> Datum? {
    let key = name.lowercased()
    let call = AzureCall(name: name, origin: origin, scope: scope)
    if let function = lambdaFunctions[key] {
      guard scope.spend(1) else { return call.exhausted }
      return function(arguments, call)
    }
    guard let function = functions[key] else { return nil }
    guard scope.spend(1) else { return call.exhausted }
    var values: [Datum] = []
    for argument in arguments {
      guard case .value(let value) = argument else {
        return call.wrong("does not take a lambda expression")
      }
      values.append(value)
    }
    return function(values, call)
  }

  /// The value of a call without lambda expressions.
  package static func call(
    _ name: String,
    _ arguments: [Datum],
    _ origin: Origin,
    _ scope: some AzureScope
  ) -> Datum? {
    call(name, arguments.map(AzureArgument.value), origin, scope)
  }

  package static func exists(_ name: String) -> Bool {
    let key = name.lowercased()
    return functions[key] != nil || lambdaFunctions[key] != nil
  }

  typealias Function = @Sendable ([Datum], AzureCall) -> Datum
  typealias LambdaFunction = @Sendable ([AzureArgument], AzureCall) -> Datum

  private static let functions: [String: Function] = {
    let tables = [
      arrayFunctions, objectFunctions, textFunctions, encodingFunctions, logicFunctions,
      numberFunctions, dateFunctions, addressFunctions, resourceFunctions, scopeFunctions,
    ]
    return tables.reduce(into: [:]) { all, table in all.merge(table) { first, _ in first } }
  }()
}

/// One call of a function: its name, its place and its surroundings.
struct AzureCall {
  var name: String
  var origin: Origin
  var scope: any AzureScope

  func value(_ content: Datum.Content) -> Datum { Datum(content, origin) }
  func text(_ text: String) -> Datum { Datum(.text(text), origin) }
  func flag(_ flag: Bool) -> Datum { Datum(.flag(flag), origin) }
  func integer(_ number: Int) -> Datum { Datum(.integer(number), origin) }
  func list(_ elements: [Datum], more: Gap? = nil) -> Datum {
    Datum(.list(DatumList(elements, more: more)), origin)
  }
  func object(_ entries: [DatumObject.Entry], more: Gap? = nil) -> Datum {
    Datum(.object(DatumObject(entries, more: more)), origin)
  }
  func unknown(_ reason: String) -> Datum { .unknown(reason, origin) }
  func wrong(_ problem: String) -> Datum { unknown("\(name)() \(problem)") }
  var wrongArguments: Datum { wrong("does not take these arguments") }
  var exhausted: Datum { unknown("the template takes too much work to evaluate") }

  /// Unknown for the reason of the first value that is not known; else for the wrong arguments.
  func unknown(of values: [Datum]) -> Datum {
    for value in values {
      if let reason = value.shape.reason { return unknown(reason) }
    }
    return wrongArguments
  }
}
