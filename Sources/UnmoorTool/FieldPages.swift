import RuleEngine

/// The vocabulary of rules as text.
struct FieldPages {
  private let book = VocabularyBook()

  var names: [String] { book.subjects.map(\.name) + book.types.map(\.name) }

  func all() -> String {
    var text = "SUBJECTS (appliesTo), with the variables in scope\n"
    for subject in book.subjects {
      text += "  \(pad(subject.name, 16)) \(subject.variables.joined(separator: ", "))\n"
    }
    text += "\nVARIABLES in scope of every subject\n"
    for (name, type, meaning) in book.ambient {
      text += "  \(pad(name, 16)) \(pad(type, 16)) \(meaning)\n"
    }
    text += "\nFUNCTIONS besides those of CEL\n"
    for function in book.functions {
      text += "  \(function.signature)\n      \(function.meaning)\n"
    }
    for type in book.types { text += "\n" + page(type) }
    return text
  }

  func page(of name: String) -> String? {
    if let subject = book.subjects.first(where: { $0.name == name }) {
      let type = book.types.first { $0.name == subject.type }
      let variables = "Variables in scope: \(subject.variables.joined(separator: ", "))\n\n"
      return variables + (type.map(page) ?? "")
    }
    return book.types.first { $0.name == name }.map(page)
  }

  private func page(_ type: VocabularyBook.TypeEntry) -> String {
    let names = type.fields.map(\.name.count).max() ?? 0
    let types = type.fields.map(\.type.count).max() ?? 0
    var text = "\(type.name): \(type.meaning)\n"
    for field in type.fields {
      text += "  \(pad(field.name, names)) \(pad(field.type, types)) \(field.meaning)\n"
    }
    return text
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
