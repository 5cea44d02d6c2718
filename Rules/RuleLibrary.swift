/// The rules and reference data of `Rules/`, compiled into the program.
public enum RuleLibrary {
  /// One embedded file.
  public struct File: Sendable {
    /// The path below `Rules/`, for example `host/docker-socket.yaml`.
    public let path: String
    /// The file's text up to its examples.
    public let text: String
    /// The `examples:` part of a rule, empty for other files.
    public let examples: String
    /// The 1-based line of the file on which `examples` begins.
    public let examplesLine: Int
  }
}
