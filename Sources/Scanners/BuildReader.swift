package import Workloads

/// What a definition says of an image's build; paths are relative to the root.
package struct BuildRequest: Sendable {
  package var context: Value<String>
  /// Absent: `Dockerfile` in the context.
  package var dockerfile: Value<String> = .absent
  /// The Dockerfile's text, written into the definition itself.
  package var inlineText: Value<String> = .absent
  package var target: Value<String> = .absent
  /// An absent value means: passed on from the host, so unknown.
  package var arguments: [NamedValue] = []
  package var origin: Origin

  package init(context: Value<String>, origin: Origin) {
    self.context = context
    self.origin = origin
  }
}

/// Reads the Dockerfile that a definition builds its image from.
package protocol BuildReader: Sendable {
  /// The build with its stages, or with unknown stages and the reason.
  ///
  /// Missing and unreadable Dockerfiles are reported in the result's notices.
  func build(_ request: BuildRequest) -> (build: Build, result: ScanResult)
}
