/// How sure a fact of the reference data is.
///
/// Below `verified`, a report says "reported, not verified" instead of stating it.
package enum FactConfidence: String, Hashable, Sendable, CaseIterable {
  /// The statement was read in the named primary source.
  case verified
  /// The official schema has no such field.
  case schemaAbsence = "schema-absence"
  /// Another text quotes the source, or it follows from it.
  case secondary
  /// General knowledge, not checked.
  case knowledge

  package var isVerified: Bool { self == .verified }
}
