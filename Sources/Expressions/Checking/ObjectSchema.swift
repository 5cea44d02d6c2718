/// The fields a kind of host object has.
package struct ObjectSchema: Sendable {
  package struct Field: Sendable {
    package let name: String
    package let type: ExpressionType
    package let documentation: String

    package init(_ name: String, _ type: ExpressionType, documentation: String = "") {
      self.name = name
      self.type = type
      self.documentation = documentation
    }
  }

  package let name: String
  package let fields: [Field]
  private let positions: [String: Int]

  /// A schema; of fields with the same name the first one counts.
  package init(name: String, fields: [Field]) {
    self.name = name
    self.fields = fields
    positions = Dictionary(
      fields.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// The 0-based position of a field.
  package func index(of field: String) -> Int? { positions[field] }
}
