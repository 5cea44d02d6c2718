import DocumentTrees
import Workloads

/// One evaluation of one file: the names it declares, and what they stand for.
///
/// Values are evaluated when they are first asked for, so the order of declarations is free.
final class BicepScope {
  enum Symbol {
    case parameter(BicepStatement)
    case variable(BicepStatement)
    case resource(BicepStatement)
    case module(BicepStatement)
    case type(BicepStatement, BicepTypeSyntax)
    case function(BicepFunction)
    /// What another file exports by this name.
    case imported(BicepScope?, String)
    case wildcard(BicepScope?)
    case extensionUse(String)
  }

  let file: BicepFile
  let path: String
  /// What addresses of its resources begin with.
  let prefix: String
  unowned let session: BicepSession
  /// The modules that lead here, by path.
  var chain: [String]
  /// Values that the caller gives; nil where it gives none.
  var argument: (String) -> Datum? = { _ in nil }
  /// The parameter file that this one extends.
  var extended: BicepScope?
  /// Whether the surroundings are deployed at all.
  var isDeclared: Value<Bool> = .known(true)
  /// Where all of it stands for the user: a module of the registry has no file here.
  var standsAt: SourceLocation?
  /// Where its resources go: `resourceGroup`, `subscription`, `managementGroup` or `tenant`.
  private(set) var scopeLevel = "resourceGroup"
  var symbols: [String: Symbol] = [:]
  var outputs: [String: BicepStatement] = [:]
  /// In the order of the text.
  var outputNames: [String] = []
  private var values: [String: Datum] = [:]
  private var evaluating: Set<String> = []
  private var collections: [String: BicepCollection] = [:]

  init(_ file: BicepFile, path: String, prefix: String, session: BicepSession) {
    self.file = file
    self.path = path
    self.prefix = prefix
    self.session = session
    chain = [path]
  }

  var directory: String { RelativePath.directory(of: path) }

  func location(_ range: PlaceRange) -> SourceLocation {
    standsAt ?? SourceLocation(file: path, range: range)
  }

  func origin(_ range: PlaceRange) -> Origin { Origin(location(range)) }

  // MARK: Declarations

  /// Fills the table of names; of a name declared twice the first stands.
  func declare() {
    for statement in file.statements {
      switch statement.kind {
      case .parameter(let name, _, _): add(name.text, .parameter(statement))
      case .variable(let name, _, _): add(name.text, .variable(statement))
      case .resource(let resource): add(resource.name.text, .resource(statement))
      case .module(let module): add(module.name.text, .module(statement))
      case .type(let name, let type): add(name.text, .type(statement, type))
      case .function(let name, let function): add(name.text, .function(function))
      case .output(let name, _, _):
        if outputs[name.text] == nil {
          outputs[name.text] = statement
          outputNames.append(name.text)
        }
      case .importSymbols(let symbols): declare(symbols)
      case .extensionUse(let use):
        let name = use.specification.prefix { $0 != "@" }
        add(use.alias?.text ?? String(name), .extensionUse(use.specification))
      case .targetScope(let level): scopeLevel = level.plainText ?? scopeLevel
      case .metadata, .assertion, .test, .using, .extends: break
      }
    }
  }

  private func add(_ name: String, _ symbol: Symbol) {
    if symbols[name] == nil { symbols[name] = symbol }
  }

  private func declare(_ symbols: BicepImport) {
    let library = imported(symbols.path)
    if let wildcard = symbols.wildcard { add(wildcard.text, .wildcard(library)) }
    for item in symbols.items { add(item.alias.text, .imported(library, item.name)) }
  }

  private func imported(_ path: BicepExpression) -> BicepScope? {
    guard let written = path.plainText else { return nil }
    guard let target = localPath(written, at: location(path.range), what: "import") else {
      return nil
    }
    guard !target.hasSuffix(".json") else {
      session.note(
        .unsupportedFormat,
        location(path.range),
        "\(written) is compiled JSON, of which no exports are read; what is imported is unknown."
      )
      return nil
    }
    if let library = session.library(target) { return library }
    sayMissing(written, target, at: location(path.range))
    return nil
  }

  /// The path below the root that a module or import names; nil, and said, if it is none.
  func localPath(_ written: String, at location: SourceLocation, what: String) -> String? {
    if written.contains(":") {
      session.note(
        .missingFile,
        location,
        "\(written) lies in a registry, which is not read; what this \(what) gives is unknown."
      )
      return nil
    }
    guard let target = RelativePath.resolve(written, in: directory) else {
      session.note(
        .outsideRoot,
        location,
        "\(written) leads out of the scanned folder; it is not read."
      )
      return nil
    }
    return target
  }

  func sayMissing(_ written: String, _ target: String, at location: SourceLocation) {
    switch session.files.read(target) {
    case .outsideRoot:
      session.note(
        .outsideRoot,
        location,
        "\(written) leads out of the scanned folder; it is not read."
      )
    case .unreadable(let reason):
      session.note(.unreadable, location, "\(written) cannot be read: \(reason).")
    case .bytes: break
    case .missing, .directory:
      session.note(.missingFile, location, "\(written) does not exist.")
    }
  }

  // MARK: Values of names

  /// Evaluates once; a value that leads back to itself is unknown.
  func once(_ key: String, _ origin: Origin, _ evaluate: () -> Datum) -> Datum {
    if let known = values[key] { return known }
    guard evaluating.insert(key).inserted else {
      return .unknown("its value leads back to itself", origin)
    }
    let value = evaluate()
    evaluating.remove(key)
    values[key] = value
    return value
  }

  /// The value of a parameter or variable.
  func value(of symbol: Symbol, _ name: String) -> Datum? {
    switch symbol {
    case .parameter(let statement): return parameter(statement)
    case .variable(let statement):
      guard case .variable(_, _, let value) = statement.kind else { return nil }
      return once(name, origin(value.range)) { evaluate(value, .top) }
    case .imported(let library, let original):
      guard let library else { return .unknown("the file it is imported from is not read") }
      guard let symbol = library.symbols[original] else {
        return .unknown("the file it is imported from has no \(original)")
      }
      return session.deeper(location(PlaceRange.fileStart)) { library.value(of: symbol, original) }
        ?? nil
    case .resource, .module, .type, .function, .wildcard, .extensionUse: return nil
    }
  }

  private func parameter(_ statement: BicepStatement) -> Datum? {
    guard case .parameter(let name, let type, let value) = statement.kind else { return nil }
    return once(name.text, origin(name.range)) {
      if let given = argument(name.text), !(given.isNothing && value != nil) { return given }
      if let value { return evaluate(value, .top) }
      if let type, isNullable(type, 0) { return Datum(.null, origin(name.range)) }
      return .unknown("the parameter \(name.text) has no default", origin(name.range))
    }
  }

  /// The value of an output.
  func output(_ name: String) -> Datum? {
    guard let statement = outputs[name], case .output(_, _, let value) = statement.kind else {
      return nil
    }
    return once("output \(name)", origin(value.range)) { evaluate(value, .top) }
  }

  /// The instances of a resource or module declaration.
  func collection(_ name: String, _ make: () -> BicepCollection) -> BicepCollection {
    if let known = collections[name] { return known }
    guard evaluating.insert("instances \(name)").inserted else {
      return BicepCollection(more: Gap("its loop leads back to itself"), isLoop: true)
    }
    let made = make()
    evaluating.remove("instances \(name)")
    collections[name] = made
    return made
  }

  // MARK: Types

  /// Whether a type lets a parameter go without a value.
  func isNullable(_ type: BicepTypeSyntax, _ depth: Int) -> Bool {
    guard depth < 32 else { return false }
    switch type.kind {
    case .nullable, .null: return true
    case .union(let members): return members.contains { isNullable($0, depth + 1) }
    case .name(let name):
      guard let (scope, _, type) = alias(name, 0) else { return false }
      return scope.isNullable(type, depth + 1)
    default: return false
    }
  }

  /// Whether a parameter of the type is secret because the type's own declaration says so.
  func isSecret(_ type: BicepTypeSyntax, _ depth: Int) -> Bool {
    guard depth < 32 else { return false }
    switch type.kind {
    case .nullable(let inner), .nonNull(let inner): return isSecret(inner, depth + 1)
    case .name(let name):
      guard let (scope, statement, type) = alias(name, 0) else { return false }
      return statement.decorators.contains { $0.calledName == "secure" }
        || scope.isSecret(type, depth + 1)
    default: return false
    }
  }

  private func alias(
    _ name: String,
    _ depth: Int
  ) -> (BicepScope, BicepStatement, BicepTypeSyntax)? {
    guard depth < 16 else { return nil }
    switch symbols[name] {
    case .type(let statement, let type): return (self, statement, type)
    case .imported(let library?, let original): return library.alias(original, depth + 1)
    default: return nil
    }
  }
}

extension PlaceRange {
  /// The beginning of a file.
  static let fileStart = PlaceRange(
    start: Place(line: 1, column: 1),
    end: Place(line: 1, column: 1)
  )
}

extension BicepExpression {
  /// `secure` of `secure()` and `sys.secure()`.
  var calledName: String? {
    switch kind {
    case .call(let name, _), .method(_, let name, _): name.text
    default: nil
    }
  }
}
