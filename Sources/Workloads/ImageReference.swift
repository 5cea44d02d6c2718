/// An image's name taken apart as Docker does: `registry/repository:tag@digest`.
///
/// `docker.io/library/nginx` and `nginx` are the same repository: `repository` is `nginx` for both
/// and `registry` is `docker.io`.
package struct ImageReference: Hashable, Sendable {
  /// The reference as written.
  package var text: String
  package var registry: String
  package var repository: String
  package var tag: String
  package var digest: String
  /// Why the tag or digest is not known, if only the repository is: `postgres:${VERSION}`.
  package var unknownTag: String?

  /// The last part of the repository: `server` in `mcr.microsoft.com/mssql/server`.
  package var name: String {
    repository.split(separator: "/").last.map(String.init) ?? repository
  }

  package init(_ text: String) {
    self.text = text
    var rest = Substring(text)
    digest = ""
    if let at = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: at)...])
      rest = rest[..<at]
    }
    tag = ""
    let afterSlash = rest.lastIndex(of: "/").map { rest.index(after: $0) } ?? rest.startIndex
    if let colon = rest[afterSlash...].lastIndex(of: ":") {
      tag = String(rest[rest.index(after: colon)...])
      rest = rest[..<colon]
    }
    registry = "docker.io"
    if let slash = rest.firstIndex(of: "/") {
      let first = rest[..<slash]
      if first.contains(".") || first.contains(":") || first == "localhost" {
        registry = first == "index.docker.io" ? "docker.io" : String(first)
        rest = rest[rest.index(after: slash)...]
      }
    }
    if registry == "docker.io", rest.hasPrefix("library/") {
      rest = rest.dropFirst("library/".count)
    }
    repository = String(rest)
  }

  /// A reference of which only the beginning is known, for a stated reason.
  ///
  /// Nil if the unknown part may belong to the repository.
  package init?(beginning: String, unknownRest reason: String) {
    let last = beginning.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    guard let colon = last.firstIndex(where: { $0 == ":" || $0 == "@" }), colon > last.startIndex
    else { return nil }
    self.init(beginning)
    text = beginning + "(unknown)"
    tag = ""
    digest = ""
    unknownTag = reason
  }
}
