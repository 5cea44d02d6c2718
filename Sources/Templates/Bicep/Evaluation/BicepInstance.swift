import DocumentTrees
import Workloads

/// The names that an expression sees besides those of its file.
struct BicepContext {
  /// Items of loops, parameters of functions and lambdas.
  var locals: [String: Datum] = [:]
  /// The resource whose body this is; nested resources see each other through it.
  var enclosing: BicepInstance?

  static var top: BicepContext { BicepContext() }

  func adding(_ values: [(String, Datum)]) -> BicepContext {
    var copy = self
    for (name, value) in values { copy.locals[name] = value }
    return copy
  }
}

/// What a resource or module declaration stands for: one instance, or those of a loop.
struct BicepCollection {
  var items: [BicepInstance] = []
  /// Why there may be more of them than are known.
  var more: Gap?
  var isLoop: Bool

  /// The one instance that an index names.
  func item(at index: Datum) -> BicepInstance? {
    if more == nil, let position = index.integer.known {
      return items.indices.contains(position) ? items[position] : nil
    }
    // Of a loop over an unknown list the one instance that is known stands for all.
    return items.count == 1 && more != nil ? items[0] : nil
  }
}

/// A resource or module as declared, for one round of its loop.
final class BicepInstance {
  enum Kind {
    case resource
    /// A module with the evaluation of its file.
    case module(BicepScope)
    /// A module that is an ARM template.
    case template(ARMFrame)
    /// A module that is not read, and why.
    case unread(String)
  }

  let kind: Kind
  let scope: BicepScope
  let address: String
  /// The symbolic name, with the index of a loop.
  let symbol: String
  /// The full type, those of its parents included.
  var type = ""
  var apiVersion = ""
  let isExisting: Bool
  let body: BicepExpression
  let context: BicepContext
  let range: PlaceRange
  var isDeclared: Value<Bool> = .known(true)
  var parent: BicepInstance?
  /// What was written in its body, by name.
  var children: [String: BicepCollection] = [:]
  var childNames: [String] = []
  private var isNaming = false
  private var ownName: Datum?

  init(
    _ kind: Kind,
    _ symbol: String,
    in scope: BicepScope,
    address: String,
    body: BicepExpression,
    context: BicepContext,
    range: PlaceRange,
    isExisting: Bool
  ) {
    self.kind = kind
    self.symbol = symbol
    self.scope = scope
    self.address = address
    self.body = body
    self.context = context
    self.range = range
    self.isExisting = isExisting
  }

  /// What the expressions of its body see.
  var inner: BicepContext {
    var inner = context
    inner.enclosing = self
    return inner
  }

  var isModule: Bool {
    if case .resource = kind { false } else { true }
  }

  var origin: Origin { scope.origin(range) }

  var outermost: BicepInstance {
    var outermost = self
    while let parent = outermost.parent { outermost = parent }
    return outermost
  }

  /// The value written for a key of the body, where that can be seen without evaluating it.
  func item(_ key: String) -> BicepExpression? {
    guard case .object(let items) = body.kind else { return nil }
    for case .property(let name, let value) in items where name.plainText == key { return value }
    return nil
  }

  /// The name as written; the parent's is not part of it.
  var name: Datum {
    if let ownName { return ownName }
    guard !isNaming else { return .unknown("its name leads back to itself", origin) }
    isNaming = true
    defer { isNaming = false }
    let name: Datum
    if let written = item("name") {
      name = scope.evaluate(written, inner)
    } else if isModule {
      name = Datum(.text(symbol), origin)
    } else {
      name = .unknown("it has no name", origin)
    }
    ownName = name
    return name
  }

  /// The names from the outermost parent to itself.
  var names: [Datum] {
    let segments = type.split(separator: "/").count - 1
    let own = segments > 1 && parent == nil ? name.pathSegments : [name]
    return (parent?.names ?? []) + own
  }

  /// The name with those of its parents: `vnet/subnet`.
  var fullName: Datum {
    let names = names
    guard names.count > 1 else { return name }
    var pieces: [Datum] = []
    for (index, name) in names.enumerated() {
      if index > 0 { pieces.append(Datum(.text("/"), name.origin)) }
      pieces.append(name)
    }
    return Datum.concatenate(pieces, name.origin)
  }
}
