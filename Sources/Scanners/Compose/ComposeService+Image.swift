internal import DocumentTrees
internal import Workloads

/// The image: commands, how it is built, and what it brings along.
extension ComposeServiceReader {
  /// A command as words: a text is split as a shell would, a list is taken as it stands.
  func words(_ value: ComposeValue) -> Value<[String]> {
    guard value.kind == .sequence else {
      let text = session.string(value)
      let words = text.map(orUnknown: "its quotes do not match", ShellWords.split)
      if text.known != nil, words.known == nil {
        session.invalid(value, "The quotes of this command do not match.")
      }
      return words
    }
    var words: [String] = []
    var via: [SourceLocation] = value.context.via
    for element in session.strings(value) {
      via += element.origin.via.filter { !via.contains($0) }
      switch element.state {
      case .known(let text): words.append(text)
      case .unknown(let reason): return .unknown(reason, element.origin)
      case .absent: break
      }
    }
    return .known(words, Origin(value.location, via: via))
  }

  /// A command's line with `…` for what is not known; nil if not even the program is.
  func sketch(_ value: ComposeValue) -> String? {
    let elements = value.kind == .sequence ? session.elements(value, "a text or a list") : [value]
    let texts = elements.filter { $0.kind == .scalar }.compactMap(session.text)
    guard let first = texts.first?.bytes.first, first != ComposeText.gap else { return nil }
    let line = texts.map(\.bytes).joined(separator: [UInt8(ascii: " ")])
    let parts = line.split(separator: ComposeText.gap, omittingEmptySubsequences: false)
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "…")
  }

  // MARK: models

  /// Language models that the engine runs beside the service, each with what declares it.
  mutating func readModels(_ value: ComposeValue) {
    let uses: [(name: String, origin: Origin, fields: [ComposeEntry])] =
      value.kind == .mapping
      ? session.entries(value).map { ($0.key, $0.place, session.entries($0.value)) }
      : session.strings(value).compactMap { name in name.known.map { ($0, name.origin, []) } }
    for use in uses where !use.name.hasPrefix("x-") {
      let declared = declarations.models[use.name].map { session.entries($0.value) } ?? []
      let model = declared.first { $0.key == "model" }.map { session.string($0.value) }
      container.settings.append(
        NamedValue("models.\(use.name)", Value(model?.state ?? .absent, use.origin), use.origin)
      )
      for entry in use.fields + declared where entry.key != "model" {
        addSettings("models.\(use.name).\(entry.key)", entry.value)
      }
    }
  }

  // MARK: build

  mutating func readBuild() {
    guard let value = later.build else {
      if container.image.isAbsent, !later.hasProvider, incomplete == nil {
        session.notice(
          .invalidValue,
          workload.location,
          "Service \(workload.name) has neither image nor build."
        )
      }
      return
    }
    guard value.kind != .null else { return }
    var request = BuildRequest(context: .known(".", value.origin), origin: value.origin)
    var extras: [ComposeEntry] = []
    if value.kind == .scalar {
      request.context = session.string(value)
      if let dockerfile = later.legacyDockerfile { request.dockerfile = session.string(dockerfile) }
    } else {
      for entry in session.entries(value, "a path or a mapping") {
        readBuildField(entry, &request, &extras)
      }
    }
    resolvePaths(&request, in: (value["context"] ?? value).context.directory)
    let (build, result) = session.builds.build(request)
    session.result.merge(result)
    container.build = build
    for entry in extras { addSettings("build.\(entry.key)", entry.value) }
    container.adoptImageSettings(stopSignal: &workload.stopSignal)
  }

  private func readBuildField(
    _ entry: ComposeEntry,
    _ request: inout BuildRequest,
    _ extras: inout [ComposeEntry]
  ) {
    switch entry.key {
    case "context":
      let context = session.string(entry.value)
      if !context.isAbsent { request.context = context }
    case "dockerfile": request.dockerfile = session.string(entry.value)
    case "dockerfile_inline": request.inlineText = session.string(entry.value)
    case "target": request.target = session.string(entry.value)
    case "args":
      request.arguments = session.pairs(entry.value).map { pair in
        NamedValue(pair.name, passedThrough(pair, entry.value.context), pair.origin)
      }
    case "additional_contexts", "cache_from", "cache_to", "entitlements", "extra_hosts",
      "isolation", "labels", "network", "no_cache", "platforms", "privileged", "provenance",
      "pull", "sbom", "secrets", "shm_size", "ssh", "tags", "ulimits":
      extras.append(entry)
    default: session.unsupported(entry, in: "build")
    }
  }

  /// Makes the request's paths relative to the root.
  private func resolvePaths(_ request: inout BuildRequest, in directory: String?) {
    let written = request.context
    if let name = written.known {
      if session.isRemote(name) {
        request.context = .unknown("the build context is remote", written.origin)
      } else if let directory, let path = RelativePath.resolve(name, in: directory) {
        request.context = .known(path, written.origin)
      } else {
        let reason = "the build context lies outside the scanned folder"
        request.context = .unknown(reason, written.origin)
        if let location = written.location ?? request.origin.location {
          session.notice(
            .outsideRoot,
            location,
            "The build context leads out of the scanned folder; not read."
          )
        }
      }
    }
    guard let name = request.dockerfile.known, let context = request.context.known else {
      if request.dockerfile.known != nil, let reason = request.context.unknownReason {
        request.dockerfile = .unknown(reason, request.dockerfile.origin)
      }
      return
    }
    if let path = RelativePath.resolve(name, in: context) {
      request.dockerfile = .known(path, request.dockerfile.origin)
    } else {
      let origin = request.dockerfile.origin
      request.dockerfile = .unknown("the Dockerfile lies outside the scanned folder", origin)
      if let location = origin.location {
        session.notice(
          .outsideRoot,
          location,
          "The Dockerfile lies outside the scanned folder; not read."
        )
      }
    }
  }
}
