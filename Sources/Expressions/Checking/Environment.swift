/// What an expression may mention: objects, variables and functions.
///
/// Variables get their values by position when a program runs, in the order they are declared here.
package struct Environment: Sendable {
  /// How a program is made from a text.
  package struct Options: Sendable {
    /// Without the check, types and names are found wrong only when evaluation gets there.
    package var isChecked: Bool
    package var allowsMacros: Bool
    /// Whether constant patterns of `matches` wait until they are needed.
    ///
    /// A wrong one is then an error of the evaluation: for expressions that were compiled before.
    package var defersPatterns: Bool

    package init(
      isChecked: Bool = true,
      allowsMacros: Bool = true,
      defersPatterns: Bool = false
    ) {
      self.defersPatterns = defersPatterns
      self.isChecked = isChecked
      self.allowsMacros = allowsMacros
    }
  }

  package private(set) var variables: [(name: String, type: ExpressionType)]
  let container: String
  let access: Access
  private(set) var positions: [String: Int]
  /// Of every name the host declares functions of: all its functions, the language's first.
  private let hosted: [String: [Builtin]]

  /// An environment; of declarations with the same name the first one counts.
  package init(
    objects: [ObjectSchema] = [],
    variables: [(String, ExpressionType)] = [],
    functions: [FunctionDeclaration] = [],
    container: String = ""
  ) {
    self.variables = variables.map { (name: $0.0, type: $0.1) }
    positions = Self.positions(variables)
    self.container = container
    access = Access(
      schemas: Dictionary(objects.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    )
    var hosted: [String: [Builtin]] = [:]
    for (name, declarations) in Dictionary(grouping: functions, by: \.name) {
      hosted[name] = Builtin.all[name, default: []] + [Builtin(name, hosting: declarations)]
    }
    self.hosted = hosted
  }

  /// The same environment with other variables.
  package func with(variables: [(String, ExpressionType)]) -> Environment {
    var environment = self
    environment.variables = variables.map { (name: $0.0, type: $0.1) }
    environment.positions = Self.positions(variables)
    return environment
  }

  private static func positions(_ variables: [(String, ExpressionType)]) -> [String: Int] {
    Dictionary(
      variables.enumerated().map { ($1.0, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func functions(named name: String) -> [Builtin]? { hosted[name] ?? Builtin.all[name] }

  /// The names of all functions that can be called so.
  func functionNames(areMembers: Bool) -> [String] {
    hosted.merging(Builtin.all) { hosted, _ in hosted }
      .filter { $0.value.contains { $0.overloads.contains { $0.isMember == areMembers } } }
      .map(\.key)
  }

  /// Parses and checks a text.
  package func compile(
    _ text: String,
    options: Options = Options()
  ) throws(ExpressionError) -> Program {
    try compilePath(text, options: options).program
  }

  /// Parses and checks a text, and tells what its last selection selects from.
  package func compilePath(
    _ text: String,
    options: Options = Options()
  ) throws(ExpressionError) -> ExpressionPath {
    let bytes = Array(text.utf8)
    do throws(CompileFailure) {
      let syntax = try Parser.parse(bytes, allowingMacros: options.allowsMacros)
      let compiler = Compiler(
        environment: self,
        isChecked: options.isChecked,
        defersPatterns: options.defersPatterns
      )
      return try compiler.path(syntax)
    } catch {
      throw ExpressionError(error, in: bytes)
    }
  }
}

extension Builtin {
  /// The host's functions of one name as one.
  fileprivate init(_ name: String, hosting declarations: [FunctionDeclaration]) {
    let overloads = declarations.map {
      Overload(isMember: $0.isMember, parameters: $0.parameters, result: $0.result)
    }
    self.init(name, overloads) { arguments, _ throws(EvaluationError) in
      for declaration in declarations
      where declaration.parameters.count == arguments.count
        && zip(declaration.parameters, arguments).allSatisfy({ $0.accepts($1) })
      {
        return try declaration.implementation(arguments).get()
      }
      throw .noSuchOverload(name, arguments)
    }
  }
}

extension ExpressionType {
  /// Whether a value is of this type, as far as its outside shows.
  fileprivate func accepts(_ value: ExpressionValue) -> Bool {
    switch (self, value) {
    case (.dyn, _), (.typeParameter, _), (.variable, _), (.nullable, .null): true
    case (.nullable(let type), _): type.accepts(value)
    case (.list, .list), (.map, .map), (.optional, .optional), (.type, .type): true
    default: self == value.type
    }
  }
}
