/// A function the host adds to the language.
///
/// It must be pure: with constant arguments it is evaluated once, when the expression is compiled. It is not
/// asked while an argument is unknown; the result is unknown then.
package struct FunctionDeclaration: Sendable {
  package typealias Implementation =
    @Sendable ([ExpressionValue]) -> Result<ExpressionValue, EvaluationError>

  package let name: String
  /// Whether it is called as `x.name()`; `x` is then the first parameter.
  package let isMember: Bool
  package let parameters: [ExpressionType]
  package let result: ExpressionType
  package let documentation: String
  package let implementation: Implementation

  package init(
    name: String,
    isMember: Bool = false,
    parameters: [ExpressionType],
    result: ExpressionType,
    documentation: String = "",
    implementation: @escaping Implementation
  ) {
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.result = result
    self.documentation = documentation
    self.implementation = implementation
  }
}
