/// The rules and reference data of `Rules/`, compiled into the program.
public enum RuleLibrary {
  /// One embedded file.
  public struct File: Sendable {
    /// The path below `Rules/`, for example `host/docker-socket.yaml`.
    public let path: String
    /// The packed tree of a YAML file without its examples; empty for other files.
    public let tree: String
    /// The text of a file that is not YAML.
    public let text: String
    /// The `examples:` part of a rule, empty for other files.
    public let examples: String
    /// The 1-based line of the file on which `examples` begins.
    public let examplesLine: Int

    init(path: String, tree: String = "", text: String = "", examples: String, examplesLine: Int) {
      self.path = path
      self.tree = tree
      self.text = text
      self.examples = examples
      self.examplesLine = examplesLine
    }
  }
}
