internal import DocumentTrees

/// What a variable resolves to.
struct ResolvedVariable: Sendable {
  enum State: Sendable {
    case known(String)
    case unknown(String)
  }

  var state: State
  /// Where it was set; empty if it was given from outside.
  var places: [SourceLocation] = []
}

/// The variables that interpolation sees in one project or included part of it.
///
/// The host's environment is never looked at: only what was given explicitly and what files say.
final class VariableScope: Sendable {
  private let given: [String: String]
  private let files: [String: ResolvedVariable]
  private let parent: VariableScope?

  init(
    given: [String: String] = [:],
    files: [String: ResolvedVariable] = [:],
    parent: VariableScope? = nil
  ) {
    self.given = given
    self.files = files
    self.parent = parent
  }

  /// A parent's variables win over those of an included project, as the specification says.
  func resolve(_ name: String) -> ResolvedVariable? {
    if let found = parent?.resolve(name) { return found }
    if let text = given[name] { return ResolvedVariable(state: .known(text)) }
    return files[name]
  }
}
