/// A parsed expression: what was written, at which UTF-8 offset.
struct Syntax: Sendable {
  let offset: Int
  /// How many nodes lie on the longest way down, this one included; bounds every later recursion.
  let depth: Int
  let kind: Kind

  indirect enum Kind: Sendable {
    case literal(ExpressionValue)
    /// A name; `rooted` with a leading dot.
    case name(String, rooted: Bool)
    case select(Syntax, field: String, optional: Bool)
    /// A name in parentheses, which keep it from being read as the start of a longer one.
    case group(Syntax)
    case has(Syntax, field: String, optional: Bool)
    case index(Syntax, Syntax, optional: Bool)
    case call(String, rooted: Bool, [Syntax])
    case memberCall(Syntax, String, [Syntax])
    case unary(UnaryOperator, Syntax)
    case binary(BinaryOperator, Syntax, Syntax)
    /// Two or more operands of `&&`.
    case and([Syntax])
    /// Two or more operands of `||`.
    case or([Syntax])
    case conditional(Syntax, Syntax, Syntax)
    case list([Element])
    case map([Entry])
    case message(name: String, rooted: Bool, [Field])
    case comprehension(Comprehension)
    case bind(String, Syntax, Syntax)
    /// `target.optMap(name, body)`, or `optFlatMap` when flat.
    case optionalMap(Syntax, String, Syntax, flat: Bool)
  }

  struct Element: Sendable {
    let value: Syntax
    let optional: Bool
  }

  struct Entry: Sendable {
    let key: Syntax
    let value: Syntax
    let optional: Bool
  }

  struct Field: Sendable {
    let name: String
    let value: Syntax
    let optional: Bool
  }

  /// A macro over the elements of a list or the entries of a map.
  struct Comprehension: Sendable {
    enum Operation: Sendable {
      case all
      case exists
      case existsOne
      case filter
      case map
      case transformList
      case transformMap
      case transformMapEntry
    }

    let operation: Operation
    let range: Syntax
    let variable: String
    /// The second variable of the two-variable forms.
    let secondVariable: String?
    let filter: Syntax?
    /// The predicate of `all`, `exists` and `filter`, else what each element becomes.
    let body: Syntax
  }
}

enum UnaryOperator: String, Sendable {
  case not = "!"
  case negate = "-"
}

enum BinaryOperator: String, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case contained = "in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

extension Syntax {
  /// The dotted name a chain of plain selections spells, outermost last.
  var qualifiedName: (name: String, rooted: Bool)? {
    switch kind {
    case .name(let name, let rooted): (name, rooted)
    case .select(let operand, let field, optional: false):
      operand.qualifiedName.map { ("\($0.name).\(field)", $0.rooted) }
    default: nil
    }
  }
}
