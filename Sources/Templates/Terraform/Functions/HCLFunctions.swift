import DocumentTrees
import Workloads

/// A call with its arguments evaluated.
struct HCLCall {
  let name: String
  let arguments: [Datum]
  let range: PlaceRange
  let evaluator: HCLEvaluator

  var origin: Origin { evaluator.origin(range) }
  var session: HCLSession { evaluator.session }
  var count: Int { arguments.count }

  func failure(_ message: String) -> HCLFailure {
    HCLFailure(.value, "\(name): \(message)", range)
  }

  // MARK: Arguments

  func text(_ index: Int) throws(HCLFailure) -> String {
    guard index < count, let text = try HCLConvert.text(arguments[index]).string.known else {
      throw failure("argument \(index + 1) must be a text")
    }
    return text
  }

  func number(_ index: Int) throws(HCLFailure) -> BigNumber {
    guard index < count, let number = try HCLConvert.number(arguments[index]) else {
      throw failure("argument \(index + 1) must be a number")
    }
    return number
  }

  func integer(_ index: Int) throws(HCLFailure) -> Int {
    guard let number = try number(index).integer else {
      throw failure("argument \(index + 1) must be a whole number")
    }
    return number
  }

  func flag(_ index: Int) throws(HCLFailure) -> Bool {
    guard index < count, let flag = try HCLConvert.flag(arguments[index]).known else {
      throw failure("argument \(index + 1) must be true or false")
    }
    return flag
  }

  /// A list, tuple or set.
  func list(_ index: Int) throws(HCLFailure) -> DatumList {
    guard index < count, case .list(let list) = arguments[index].hcl else {
      throw failure("argument \(index + 1) must be a list")
    }
    return list
  }

  func object(_ index: Int) throws(HCLFailure) -> DatumObject {
    guard index < count, case .object(let object) = arguments[index].hcl else {
      throw failure("argument \(index + 1) must be a mapping")
    }
    return object
  }

  func texts(_ index: Int) throws(HCLFailure) -> [String] {
    var texts: [String] = []
    for element in try list(index).elements {
      guard let text = try HCLConvert.text(element).string.known else {
        throw failure("argument \(index + 1) must be a list of texts")
      }
      texts.append(text)
    }
    return texts
  }

  // MARK: Results

  func result(_ text: String) throws(HCLFailure) -> Datum {
    try session.pay(text.utf8.count)
    return Datum(.text(text), origin)
  }

  func result(_ number: BigNumber?) throws(HCLFailure) -> Datum {
    guard let number else { throw HCLFailure(.limit, "a number becomes too large", range) }
    return .hcl(number, origin)
  }

  func result(_ flag: Bool) -> Datum { Datum(.flag(flag), origin) }

  func result(
    _ elements: [Datum],
    _ sort: DatumList.Sort,
    more: Gap? = nil
  ) throws(HCLFailure) -> Datum {
    try session.pay(elements: elements.count)
    var list = DatumList(elements, more: more)
    list.sort = sort
    return Datum(.list(list), origin)
  }

  func result(texts: [String], _ sort: DatumList.Sort = .list) throws(HCLFailure) -> Datum {
    try session.pay(texts.reduce(0) { $0 + $1.utf8.count })
    return try result(texts.map { Datum(.text($0), origin) }, sort)
  }

  func result(_ object: DatumObject, isMap: Bool) throws(HCLFailure) -> Datum {
    try session.pay(elements: object.entries.count)
    var copy = object
    copy.isMap = isMap
    return Datum(.object(copy), origin)
  }

  func unknown(_ reason: String) -> Datum { .unknown(reason, origin) }
}

/// A function of the language: one line in a table.
struct HCLFunction: Sendable {
  /// How it meets arguments that are not known, or not wholly.
  enum Unknowns: Sendable {
    /// Its result is unknown then.
    case spread
    /// It copes by itself.
    case accepted
    /// It copes with gaps inside of arguments, but an argument that is unknown as a whole spreads.
    case inside
  }

  typealias Body = @Sendable (HCLCall) throws(HCLFailure) -> Datum

  var arity: ClosedRange<Int>
  var unknowns: Unknowns
  var takesNull: Bool
  var body: Body

  init(
    _ arity: ClosedRange<Int>,
    _ unknowns: Unknowns = .spread,
    takesNull: Bool = false,
    _ body: @escaping Body
  ) {
    self.arity = arity
    self.unknowns = unknowns
    self.takesNull = takesNull
    self.body = body
  }
}

enum HCLFunctions {
  static let any = Int.max
  static let table: [String: HCLFunction] = [
    numbers, texts, patterns, collections, sets, encodings, files, times, digests, networks,
    conversions, more,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}

extension HCLEvaluator {
  func call(
    _ name: String,
    _ arguments: [HCLExpression],
    isExpanded: Bool,
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    let origin = self.origin(range)
    let name = name.hasPrefix("core::") ? String(name.dropFirst(6)) : name
    switch name {
    case "try": return try firstWithoutFailure(arguments, range)
    case "can":
      guard let argument = arguments.first, arguments.count == 1 else { break }
      guard let value = try tolerant(argument) else { return Datum(.flag(false), origin) }
      if case .unknown(let gap) = value.hcl { return .unknown(gap.reason, origin) }
      return Datum(.flag(true), origin)
    default: break
    }
    if name.hasPrefix("provider::") {
      return .unknown("\(name) is a function of a provider", origin)
    }
    guard let function = HCLFunctions.table[name] else {
      throw HCLFailure(.value, "there is no function \(name)", range)
    }
    var values: [Datum] = []
    for (index, argument) in arguments.enumerated() {
      let value = try self.value(argument)
      guard isExpanded, index == arguments.count - 1 else {
        values.append(value)
        continue
      }
      guard case .list(let list) = value.hcl else {
        if let gap = value.firstGap { return .unknown(gap.reason, origin) }
        throw HCLFailure(.value, "\(name): “...” needs a list", argument.range)
      }
      if let more = list.more { return .unknown(more.reason, origin) }
      values += list.elements
    }
    return try apply(function, name, values, range)
  }

  private func apply(
    _ function: HCLFunction,
    _ name: String,
    _ values: [Datum],
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    guard function.arity.contains(values.count) else {
      throw HCLFailure(.value, "\(name) has too many or too few arguments", range)
    }
    for value in values {
      if case .null = value.hcl, !function.takesNull {
        throw HCLFailure(.value, "\(name): an argument must not be null", range)
      }
      switch function.unknowns {
      case .accepted: break
      case .inside:
        if case .unknown(let gap) = value.hcl { return .unknown(gap.reason, origin(range)) }
      case .spread:
        if let gap = value.firstGap { return .unknown(gap.reason, origin(range)) }
      }
    }
    let call = HCLCall(name: name, arguments: values, range: range, evaluator: self)
    let result = try function.body(call)
    if name == "nonsensitive" || name == "issensitive" { return result }
    // A list with a secret in it is no secret by itself, but a text made from it is.
    if result.isList || result.isObject {
      return result.marked(values.contains { $0.isSensitive })
    }
    return result.marked(values.contains { $0.holdsSecret })
  }

  private func firstWithoutFailure(
    _ arguments: [HCLExpression],
    _ range: PlaceRange
  ) throws(HCLFailure) -> Datum {
    for argument in arguments {
      if let value = try tolerant(argument) { return passed(value, range) }
    }
    throw HCLFailure(.value, "try: no argument has a value", range)
  }
}
