/// One `NAME` or `NAME=default` of an ARG instruction.
package struct ArgumentDeclaration: Hashable, Sendable {
  package var name: String
  /// With quotes and variables still in it.
  package var defaultValue: Instruction.Argument?
  package var range: PlaceRange

  /// The declarations of an ARG instruction.
  package static func all(of instruction: Instruction) -> [ArgumentDeclaration] {
    guard instruction.keyword == .arg else { return [] }
    return instruction.arguments.map { argument in
      guard let separator = argument.text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
        return ArgumentDeclaration(
          name: unquoted(argument.text),
          defaultValue: nil,
          range: argument.range
        )
      }
      let value = argument.text[argument.text.index(after: separator)...]
      return ArgumentDeclaration(
        name: unquoted(String(argument.text[..<separator])),
        defaultValue: .init(text: String(value), range: argument.range),
        range: argument.range
      )
    }
  }

  /// Names may be quoted; variables in names are not worth following.
  private static func unquoted(_ name: String) -> String {
    name.contains { $0 == "\"" || $0 == "'" }
      ? String(name.filter { $0 != "\"" && $0 != "'" }) : name
  }
}
