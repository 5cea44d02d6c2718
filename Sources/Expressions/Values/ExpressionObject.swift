/// A host object with declared fields.
///
/// The fields are those of the `ObjectSchema` with the same name; a field's index is its position there and
/// is resolved when the expression is checked.
package protocol ExpressionObject: AnyObject, Sendable {
  /// The name of the object's schema.
  var typeName: String { get }

  /// The field's value; `.unknown` where it cannot be determined.
  func value(at fieldIndex: Int) -> ExpressionValue

  /// Whether an optional field is set; what `has()` answers where the value is not unknown.
  func has(fieldAt fieldIndex: Int) -> Bool
}
