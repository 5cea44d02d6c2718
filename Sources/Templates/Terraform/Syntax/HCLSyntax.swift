package import DocumentTrees

/// Attributes and blocks of a file or block, in the order of the text.
package struct HCLBody: Sendable {
  package var attributes: [HCLAttribute] = []
  package var blocks: [HCLBlock] = []
  package var range: PlaceRange

  package init(range: PlaceRange) { self.range = range }

  package func attribute(_ name: String) -> HCLAttribute? {
    attributes.first { $0.name == name }
  }
}

/// `name = expression`.
package struct HCLAttribute: Sendable {
  package var name: String
  package var nameRange: PlaceRange
  package var value: HCLExpression
}

/// `type "label" { … }`.
package struct HCLBlock: Sendable {
  package var type: String
  package var labels: [HCLLabel]
  package var body: HCLBody
  /// From its type to its opening brace.
  package var range: PlaceRange
}

/// A word between a block's type and its brace.
package struct HCLLabel: Sendable {
  package var text: String
  package var range: PlaceRange
}

/// An expression and where it stands.
package struct HCLExpression: Sendable {
  package indirect enum Kind: Sendable {
    case null
    case flag(Bool)
    case number(BigNumber)
    case text(String)
    case template([HCLTemplatePart])
    case name(String)
    case access(HCLExpression, [HCLStep])
    case call(String, [HCLExpression], isExpanded: Bool)
    case unary(HCLOperator, HCLExpression)
    case binary(HCLOperator, HCLExpression, HCLExpression)
    case conditional(HCLExpression, HCLExpression, HCLExpression)
    case parentheses(HCLExpression)
    case tuple([HCLExpression])
    case object([HCLItem])
    case loop(HCLLoop)
    /// What could not be read; its value is unknown.
    case broken
  }

  package var kind: Kind
  package var range: PlaceRange

  package init(_ kind: Kind, _ range: PlaceRange) {
    self.kind = kind
    self.range = range
  }
}

/// An entry of an object.
package struct HCLItem: Sendable {
  package var key: HCLExpression
  package var value: HCLExpression
}

/// `[for …]` and `{for …}`.
package struct HCLLoop: Sendable {
  package var keyName: String?
  package var valueName: String
  package var collection: HCLExpression
  /// Only of `{for …}`.
  package var key: HCLExpression?
  package var value: HCLExpression
  package var condition: HCLExpression?
  /// Whether values of the same key become a list: `...`.
  package var isGrouped: Bool
}

/// A step from a value to a part of it.
package struct HCLStep: Sendable {
  package indirect enum Kind: Sendable {
    case attribute(String)
    case index(HCLExpression)
    /// `.*` or `[*]` with the steps that apply to each element.
    case splat([HCLStep])
  }

  package var kind: Kind
  package var range: PlaceRange
}

package enum HCLOperator: Sendable {
  case or, and, equal, unequal, less, greater, lessOrEqual, greaterOrEqual
  case add, subtract, multiply, divide, remainder
  case negate, not
}

/// A stretch of a template.
package indirect enum HCLTemplatePart: Sendable {
  case text(String)
  case interpolation(HCLExpression)
  case condition(HCLExpression, then: [HCLTemplatePart], else: [HCLTemplatePart])
  case loop(
    keyName: String?,
    valueName: String,
    collection: HCLExpression,
    body: [HCLTemplatePart]
  )
}

/// What is wrong with a text, or why an expression has no value.
package struct HCLFailure: Error, Sendable {
  package enum Kind: Sendable {
    case syntax
    /// What Terraform would refuse as well.
    case value
    /// A name that nothing among the files declares.
    case undeclared
    /// A bound was reached; nothing may go on as if it were an ordinary error.
    case limit
  }

  package var kind: Kind
  /// A sentence without a period; never has a value of the text in it.
  package var message: String
  package var range: PlaceRange?

  package init(_ kind: Kind, _ message: String, _ range: PlaceRange? = nil) {
    self.kind = kind
    self.message = message
    self.range = range
  }
}

/// A text as read, with everything that was wrong in it.
package struct HCLFile: Sendable {
  package var body: HCLBody
  package var failures: [HCLFailure]
}
