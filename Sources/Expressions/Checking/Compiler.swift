/// Checks an expression and turns it into code, in one walk.
final class Compiler {
  /// Code and the type of its values.
  struct Typed {
    let code: any Code
    let type: ExpressionType
  }

  struct Local {
    let name: String
    let slot: Int
    let type: ExpressionType
  }

  let environment: Environment
  let isChecked: Bool
  var solver = TypeSolver()
  var locals: [Local] = []
  var mentions = Mentions()
  /// How many parts were compiled so far; the price of a macro's round follows from it.
  var size = 0
  private var slotCount = 0

  let defersPatterns: Bool

  init(environment: Environment, isChecked: Bool, defersPatterns: Bool = false) {
    self.environment = environment
    self.isChecked = isChecked
    self.defersPatterns = defersPatterns
  }

  func path(_ syntax: Syntax) throws(CompileFailure) -> ExpressionPath {
    let whole = try compile(syntax)
    let program = self.program(whole)
    guard case .select(let operand, let field, optional: false) = syntax.kind,
      let compiled = try? compile(operand)
    else { return ExpressionPath(program: program, selection: nil) }
    var index: Int?
    if case .object(let name) = solver.resolve(compiled.type) {
      index = environment.access.schemas[name]?.index(of: field)
    }
    return ExpressionPath(
      program: program,
      selection: ExpressionPath.Selection(
        operand: self.program(compiled),
        field: field,
        fieldIndex: index
      )
    )
  }

  private func program(_ typed: Typed) -> Program {
    Program(
      resultType: solver.resolve(typed.type, openAsDyn: true),
      mentions: mentions,
      code: typed.code,
      localCount: slotCount
    )
  }

  // MARK: Walking

  func compile(_ syntax: Syntax) throws(CompileFailure) -> Typed {
    size += 1
    let result = try compileKind(syntax)
    return isChecked ? result : Typed(code: result.code, type: .dyn)
  }

  private func compileKind(_ syntax: Syntax) throws(CompileFailure) -> Typed {
    let offset = syntax.offset
    switch syntax.kind {
    case .literal(let value): return Typed(code: ConstantCode(value), type: value.type)
    case .name(let name, let rooted): return try self.name(name, rooted: rooted, at: offset)
    case .select(let operand, let field, let optional):
      return try select(syntax, operand, field, mode: optional ? .optional : .plain)
    case .group(let inner): return try compile(inner)
    case .has(let operand, let field, _):
      return try select(syntax, operand, field, mode: .test)
    case .index(let operand, let key, let optional):
      return try index(operand, key, optional: optional, at: offset)
    case .call(let name, let rooted, let arguments):
      return try call(name, rooted: rooted, arguments, at: offset)
    case .memberCall(let target, let name, let arguments):
      return try memberCall(target, name, arguments, at: offset)
    case .unary(let operation, let operand): return try unary(operation, operand, at: offset)
    case .binary(let operation, let left, let right):
      return try binary(operation, left, right, at: offset)
    case .and(let operands): return try logic(operands, deciding: false)
    case .or(let operands): return try logic(operands, deciding: true)
    case .conditional(let condition, let first, let second):
      return try conditional(condition, first, second, at: offset)
    case .list(let elements): return try list(elements)
    case .map(let entries): return try map(entries)
    case .message(let name, let rooted, let fields):
      return try message(name, rooted: rooted, fields, at: offset)
    case .comprehension(let comprehension): return try self.comprehension(comprehension, at: offset)
    case .bind(let name, let value, let body):
      let bound = try compile(value)
      return try with([(name, bound.type)]) { slots throws(CompileFailure) in
        let result = try compile(body)
        return Typed(
          code: BindCode(slot: slots[0], value: bound.code, body: result.code),
          type: result.type
        )
      }
    case .optionalMap(let target, let name, let body, let flat):
      return try optionalMap(target, name, body, flat: flat, at: offset)
    }
  }

  // MARK: Scopes

  /// Compiles with further local variables, each in a slot of its own.
  func with(
    _ variables: [(name: String, type: ExpressionType)],
    _ body: (_ slots: [Int]) throws(CompileFailure) -> Typed
  ) throws(CompileFailure) -> Typed {
    let before = locals.count
    for variable in variables {
      locals.append(Local(name: variable.name, slot: locals.count, type: variable.type))
    }
    slotCount = max(slotCount, locals.count)
    defer { locals.removeLast(locals.count - before) }
    return try body(Array(before..<locals.count))
  }

  func local(_ name: String) -> Local? { locals.last { $0.name == name } }

  // MARK: Failures

  /// An error of the check; without the check it is one of the evaluation.
  func failure(
    _ kind: EvaluationError.Kind,
    _ checkKind: ExpressionError.Kind,
    _ message: String,
    at offset: Int
  ) throws(CompileFailure) -> Typed {
    guard !isChecked else { throw CompileFailure(checkKind, message, at: offset) }
    return Typed(
      code: FailureCode(EvaluationError(kind, message, offset: offset)),
      type: .dyn
    )
  }

  func typeText(_ type: ExpressionType) -> String {
    "\(solver.resolve(type, openAsDyn: true))"
  }

  func require(
    _ typed: Typed,
    _ type: ExpressionType,
    _ what: String,
    at offset: Int
  ) throws(CompileFailure) {
    guard !isChecked || solver.assign([typed.type], to: [type]) else {
      throw CompileFailure(
        .type,
        "\(what) must be of type '\(type)', not '\(typeText(typed.type))'",
        at: offset
      )
    }
  }
}
