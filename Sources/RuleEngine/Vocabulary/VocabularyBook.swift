import Expressions

/// The vocabulary for readers: what `unmoor rules fields` prints.
package struct VocabularyBook: Sendable {
  package struct SubjectEntry: Sendable {
    package var name: String
    package var type: String
    /// Innermost first.
    package var variables: [String]
  }

  package struct TypeEntry: Sendable {
    package var name: String
    package var meaning: String
    package var fields: [(name: String, type: String, meaning: String)]
  }

  package struct FunctionEntry: Sendable {
    package var signature: String
    package var meaning: String
  }

  package let subjects: [SubjectEntry]
  package let ambient: [(name: String, type: String, meaning: String)]
  package let functions: [FunctionEntry]
  package let types: [TypeEntry]

  package init() {
    subjects = Vocabulary.SubjectKind.allCases.map { kind in
      SubjectEntry(
        name: kind.name,
        type: kind.typeName,
        variables: kind.lineage.map { name in
          name.name == name.typeName ? name.name : "\(name.name) (\(name.typeName))"
        }
      )
    }
    ambient = Vocabulary.ambient.map { ($0.name, "\($0.type)", $0.meaning) }
    functions = HostFunctions.declarations.map { function in
      let parameters = function.parameters.map { "\($0)" }.joined(separator: ", ")
      return FunctionEntry(
        signature: "\(function.name)(\(parameters)) → \(function.result)",
        meaning: function.documentation
      )
    }
    types = zip(Vocabulary.schemas, Vocabulary.meanings).map { schema, meaning in
      TypeEntry(
        name: schema.name,
        meaning: meaning,
        fields: schema.fields.map { ($0.name, "\($0.type)", $0.documentation) }
      )
    }
  }
}
