import DocumentTrees
import Workloads

/// Looks at what a build context holds, as far as rules ask.
struct ContextReader {
  let files: any FileTree

  /// Names that should not enter an image unasked.
  private static let telling = [
    ".git", ".env", ".env.local", ".env.production", "node_modules", ".venv", ".npmrc", ".aws",
    ".ssh", "id_rsa", ".netrc", ".pypirc", ".terraform",
  ]

  func facts(context: String?, dockerfile: String?) -> ContextFacts {
    var facts = ContextFacts()
    guard let context, let names = files.names(in: context) else { return facts }
    facts.known = true
    var candidates = [RelativePath.join(context, ".dockerignore")]
    // A file named for the Dockerfile wins over the common one.
    if let dockerfile { candidates.insert(dockerfile + ".dockerignore", at: 0) }
    var ignore = DockerIgnore("")
    for path in candidates {
      guard case .bytes(let bytes) = files.read(path) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      facts.hasDockerignore = true
      ignore = DockerIgnore(text)
      let first = text.split(whereSeparator: \.isNewline)
        .map { $0.drop(while: \.isWhitespace) }.first { !$0.isEmpty && !$0.hasPrefix("#") }
      let everything: Set<Substring> = ["*", "**", "**/*", "/*", "*/", "**/"]
      facts.ignoresEverythingFirst = first.map(everything.contains) ?? false
      break
    }
    let present = Set(names)
    let settings = names.filter(Self.isSettings).sorted()
    facts.unignored = (Self.telling + settings).filter {
      present.contains($0) && !ignore.excludes($0)
    }
    return facts
  }

  /// Whether a file holds variables, as `settings.env` does and `sample.env` does not.
  private static func isSettings(_ name: String) -> Bool {
    guard name.hasSuffix(".env"), name != ".env" else { return false }
    let words = name.lowercased().split { "._-".contains($0) }
    return !words.contains { ["example", "sample", "template", "dist"].contains($0) }
  }
}
