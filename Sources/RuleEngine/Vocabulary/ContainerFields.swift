import Expressions
import Workloads

extension Vocabulary {
  static let image = ObjectType<ImageReference>(
    "image",
    "An image's name, taken apart.",
    [
      .plain("text", "The reference as written.") { $0.text },
      .plain("registry", "The registry's host; `docker.io` if not stated.") { $0.registry },
      .plain("repository", "The repository without registry and `library/`.") { $0.repository },
      .plain("name", "The repository's last part.") { $0.name },
      .text("tag", "The tag; empty if not stated.") { $0.unlessUnknown(\.tag) },
      .text("digest", "The digest; empty if not stated.") { $0.unlessUnknown(\.digest) },
    ]
  )

  static let baseImage = ObjectType<BaseImageFact>(
    "baseImage",
    "What the catalogue of base images says of an image.",
    [
      .plain("entry", "The catalogue entry that matched.") { $0.matchedEntry },
      .plain("family", "The family: `node`, `debian`, `python`.") { $0.family },
      Field("os", .string, "The distribution: `debian`, `alpine`, `none`, `windows`.") {
        optional($0.os) { .string($0) }
      },
      Field("libc", .string, "`glibc`, `musl`, `windows` or `none`.") {
        optional($0.libc) { .string($0) }
      },
      Field("role", .string, "`runtime`, `build-sdk` or `stateful-service`.") {
        optional($0.role) { .string($0.rawValue) }
      },
      Field("lean", .bool, "Whether it is a lean variant.") { optional($0.lean) { .bool($0) } },
      Field("nonRoot", .bool, "Whether its default user is not root.") {
        optional($0.nonRoot) { .bool($0) }
      },
      Field("sizeClass", .string, "`tiny`, `small`, `medium`, `large`.") {
        optional($0.sizeClass) { .string($0.rawValue) }
      },
      Field("hasShell", .bool, "Whether it has a shell.") { optional($0.hasShell) { .bool($0) } },
      Field("endOfLife", .timestamp, "The end of life of its language or distribution cycle.") {
        optional($0.eol.flatMap { ExpressionTimestamp($0 + "T00:00:00Z") }) { .timestamp($0) }
      },
      Field(
        "systemEndOfLife",
        .timestamp,
        "When the distribution that its tag names gets its last fixes; absent if it names none."
      ) { dateOrNever($0.systemEOL) },
      .plain("newerRelease", "Of a release that is not listed: the next later one that is.") {
        $0.newer?.entry ?? ""
      },
      Field("newerEndOfLife", .timestamp, "The end of life of `newerRelease`; absent without one.")
      {
        dateOrNever($0.newer?.eol)
      },
      .plain("leanerAlternative", "A leaner image for the same purpose.") {
        $0.leanerAlternative ?? ""
      },
    ]
  )

  static let container = ObjectType<ContainerFacts>(
    "container",
    "One container, with the settings in force once service and image are joined.",
    [
      .plain("name", "Its name.") { $0.container.name },
      .plain("role", "`main`, `init`, `sidecar` or `ephemeral`.") { $0.container.role.rawValue },
      .object(
        "image",
        image,
        "The image that it runs; absent if it is only built.",
        absent: ImageReference(""),
        origin: { _ in .none }
      ) { $0.container.image },
      .object(
        "build",
        build,
        "How its image is built; absent if it is only pulled.",
        absent: BuildFacts(Build(origin: .none), stages: []),
        origin: { $0.build.origin }
      ) { facts in
        facts.container.build.map {
          .known(BuildFacts($0, stages: facts.stages), $0.origin)
        } ?? .absent
      },
      Field("base", .object(baseImage.name), "What is known of the image it begins with.") {
        FieldContent($0.base, empty: .unknown(because: "the image is not known")) {
          baseImage.value($0, .none)
        }
      },
      .text("platform", "The platform it asks for: `linux/arm64`.") { $0.container.platform },
      .text("pullPolicy", "`always`, `never`, `missing`, `build` …") { $0.container.pullPolicy },
      .words("command", "The arguments in force.") { $0.container.command },
      .words("entrypoint", "The entry point in force.") { $0.container.entrypoint },
      Field(
        "commandLine",
        .string,
        "Entry point and command in one line; unknown if the image decides either."
      ) { commandLine($0.container) },
      Field(
        "knownCommandLine",
        .string,
        "As `commandLine`, with `…` for arguments that are not known; unknown if the program is."
      ) { knownCommandLine($0.container) },
      .text("workingDirectory", "The working directory in force.") {
        $0.container.workingDirectory
      },
      .text("user", "The user in force; absent if the base image decides.") {
        $0.container.user
      },
      .flag("runsAsRoot", "Whether its user is root, as far as service, stages and base tell.") {
        $0.runsAsRoot
      },
      .flag("usesInit", "Whether an init process is PID 1.") { $0.container.usesInit },
      .flag("tty", "Whether it asks for a terminal.") { $0.container.tty },
      .objects(
        "variables",
        variable,
        "Environment variables in force.",
        origin: \.variable.origin
      ) { $0.variables },
      .texts("environmentFiles", "Files of variables.") { $0.container.environmentFiles },
      .objects("mounts", mount, "What is mounted.", origin: \.mount.origin) { $0.mounts },
      .objects("ports", port, "Ports it listens on.", origin: \.origin) { $0.container.ports },
      .texts("devices", "Devices of the host.") { $0.container.devices },
      .flag("gpu", "Whether it asks for a graphics processor.") { $0.container.gpu },
      .text("runtime", "The container runtime it asks for.") { $0.container.runtime },
      .flag("privileged", "Whether it is privileged.") { $0.container.privileged },
      .texts("addedCapabilities", "Kernel capabilities added, as written.") {
        $0.container.addedCapabilities
      },
      .texts("droppedCapabilities", "Kernel capabilities dropped, as written.") {
        $0.container.droppedCapabilities
      },
      .texts("securityOptions", "Security options, as written.") { $0.container.securityOptions },
      .flag("readOnlyRootFilesystem", "Whether its root file system is read-only.") {
        $0.container.readOnlyRootFilesystem
      },
      .flag("mustRunAsNonRoot", "Whether the platform refuses to start it as root.") {
        $0.container.mustRunAsNonRoot
      },
      .flag("allowPrivilegeEscalation", "Whether it may gain privileges.") {
        $0.container.allowPrivilegeEscalation
      },
      .objects("sysctls", namedValue, "Kernel parameters it sets.", origin: \.origin) {
        $0.container.sysctls
      },
      .objects("ulimits", ulimit, "Limits for its processes.", origin: \.origin) {
        $0.container.ulimits
      },
      .integer("sharedMemory", "Bytes of /dev/shm that it asks for.") {
        $0.container.sharedMemory
      },
      .texts("lifecycleCommands", "What runs inside it after its start or before its stop.") {
        $0.container.lifecycleCommands.map { words in words.map { $0.joined(separator: " ") } }
      },
      .objects("settings", namedValue, "Other settings by the format's path.", origin: \.origin) {
        $0.container.settings
      },
      .object(
        "resources",
        resources,
        "What it asks for and may use.",
        absent: Resources(),
        origin: \.origin
      ) { .known($0.container.resources, $0.container.resources.origin) },
      .object(
        "healthCheck",
        healthCheck,
        "The health check in force.",
        absent: HealthCheck(type: .absent, origin: .none),
        origin: \.origin
      ) { facts in facts.container.healthCheck.map { .known($0, $0.origin) } ?? .absent },
      .objects(
        "probes",
        healthCheck,
        "Every probe, where the format tells liveness, readiness and startup apart.",
        origin: \.origin
      ) { $0.container.probes },
      .object(
        "logging",
        logging,
        "Where its output goes.",
        absent: Logging(origin: .none),
        origin: \.origin
      ) { facts in facts.container.logging.map { .known($0, $0.origin) } ?? .absent },
    ]
  )

  static let variable = ObjectType<VariableFacts>(
    "variable",
    "An environment variable in force.",
    [
      .plain("name", "Its name.") { $0.variable.name },
      .text("value", "Its value; absent if passed through from the host.") { $0.variable.value },
      Field("isKnown", .bool, "Whether its value could be determined.") {
        FieldContent(.bool($0.variable.value.unknownReason == nil))
      },
      .plain(
        "source",
        "`environment`, `env-file`, `dockerfile`, `secret-reference` or `config-reference`."
      ) { $0.variable.source.rawValue },
      .text(
        "reference",
        "What it refers to: `secretKeyRef:NAME/KEY`, `configMapKeyRef:NAME/KEY`, `fieldRef:PATH`."
      ) { $0.variable.reference },
      .text(
        "secretKind",
        """
        The verdict on the value: `none`, `reference`, `placeholder`, `weak-default`, `plaintext`, \
        `provider-token`, `connection-string` or `private-key`.
        """
      ) { $0.secret.map { $0.kind.rawValue } },
      .text("secretLabel", "What kind of secret it is, in words.") {
        $0.secret.map { $0.label }
      },
    ]
  )

  static let mount = ObjectType<MountFacts>(
    "mount",
    "Something mounted into a container.",
    [
      .text("type", "`bind`, `volume`, `tmpfs`, `npipe`, `config`, `secret`, `hostPath` …") {
        $0.mount.type
      },
      .text("source", "The host's path, or the volume's name; absent if anonymous.") {
        $0.mount.source
      },
      .text("target", "The path in the container.") { $0.mount.target },
      .flag("readOnly", "Whether it is mounted read-only.") { $0.mount.readOnly },
      .integer("size", "Bytes, for volumes in memory or of limited size.") { $0.mount.size },
      .plain("projectPath", "The source's path below the scanned root, if inside.") {
        $0.mount.projectPath ?? ""
      },
      Field("sourceIsDirectory", .bool, "Whether the source exists and is a directory.") {
        optional($0.mount.sourceIsDirectory) { .bool($0) }
      },
      .text(
        "purpose",
        """
        What it is for, judged by its paths: `engine-socket`, `kernel`, `time-zone`, \
        `certificates`, `system`, `log`, `configuration`, `source`, `content`, `cache` or `data`.
        """
      ) { $0.purpose },
    ]
  )

  static let port = ObjectType<Port>(
    "port",
    "A port that a container listens on.",
    [
      .integer("container", "The port in the container; the first of a range.") { $0.container },
      .integer("containerEnd", "The last port of a range.") { $0.containerEnd },
      .integer("published", "The port on the host.") { $0.published },
      Field("isPublished", .bool, "Whether it is reachable from outside the project.") {
        FieldContent(.bool($0.isPublished))
      },
      .text("hostAddress", "The host's address it is bound to.") { $0.hostAddress },
      .text("transport", "`tcp`, `udp` or `sctp`.") { $0.transport },
      .text("mode", "`ingress` or `host`.") { $0.mode },
    ]
  )

  static let ulimit = ObjectType<Ulimit>(
    "ulimit",
    "A limit of the kernel for a process.",
    [
      .plain("name", "Its name: `nofile`.") { $0.name },
      .integer("soft", "The soft limit.") { $0.soft },
      .integer("hard", "The hard limit.") { $0.hard },
    ]
  )

  static let resources = ObjectType<Resources>(
    "resources",
    "What a container asks for and may use.",
    [
      .number("cpuRequest", "Cores asked for.") { $0.cpuRequest },
      .number("cpuLimit", "Cores it may use.") { $0.cpuLimit },
      .integer("memoryRequest", "Bytes asked for.") { $0.memoryRequest },
      .integer("memoryLimit", "Bytes it may use.") { $0.memoryLimit },
      .integer("ephemeralStorage", "Bytes of scratch space asked for.") { $0.ephemeralStorage },
    ]
  )

  static let healthCheck = ObjectType<HealthCheck>(
    "healthCheck",
    "How the platform finds out that a container is well.",
    [
      .text("type", "`command`, `http`, `tcp`, `grpc`, or `none` if switched off.") { $0.type },
      .words("command", "The command's words.") { $0.command },
      .number("interval", "Seconds between two checks.") { $0.interval },
      .number("timeout", "Seconds one check may take.") { $0.timeout },
      .number("startPeriod", "Seconds of grace at the start.") { $0.startPeriod },
      .integer("retries", "Failures in a row that count.") { $0.retries },
      .plain("purpose", "`liveness`, `readiness` or `startup`, where they are told apart.") {
        $0.purpose
      },
      .text("port", "The port that is asked, by number or name.") { $0.port },
      .text("path", "The path that is asked.") { $0.path },
    ]
  )

  static let logging = ObjectType<Logging>(
    "logging",
    "Where a container's output goes.",
    [
      .text("driver", "The log driver.") { $0.driver },
      .objects("options", namedValue, "Options of the driver.", origin: \.origin) { $0.options },
    ]
  )

  static func optional<Wrapped>(
    _ value: Wrapped?,
    _ convert: (Wrapped) -> ExpressionValue
  ) -> FieldContent {
    guard let value else {
      return FieldContent(.unknown(because: "the catalogue does not say"), isPresent: false)
    }
    return FieldContent(convert(value))
  }

  /// Far away where there is none, so that rules can compare without asking first.
  private static func dateOrNever(_ date: String?) -> FieldContent {
    let time = ExpressionTimestamp((date ?? "9999-12-31") + "T00:00:00Z")
    return FieldContent(
      time.map { .timestamp($0) } ?? .unknown(because: "the catalogue's date is no date"),
      isPresent: date != nil
    )
  }

  private static func knownCommandLine(_ container: Container) -> FieldContent {
    let whole = commandLine(container)
    guard case .unknown = whole.value else { return whole }
    let parts = [
      (container.entrypoint, container.entrypointSketch),
      (container.command, container.commandSketch),
    ]
    var line: [String] = []
    for (value, sketch) in parts where !value.isAbsent {
      guard let text = value.known?.joined(separator: " ") ?? sketch else { return whole }
      line.append(text)
    }
    return FieldContent(.string(line.joined(separator: " ")), origin: whole.origin)
  }

  private static func runsItsArguments(_ container: Container) -> Bool {
    guard let last = container.entrypoint.known?.last(where: { $0 != "--" }) else { return false }
    return last.hasSuffix(".sh") || last.hasSuffix("entrypoint") || last.hasSuffix("tini")
      || last.hasSuffix("dumb-init")
  }

  private static func commandLine(_ container: Container) -> FieldContent {
    let parts = [container.entrypoint, container.command]
    for part in parts {
      if let reason = part.unknownReason {
        return FieldContent(.unknown(because: reason), origin: part.origin)
      }
    }
    let words = parts.flatMap { $0.known ?? [] }
    let telling = parts.first { $0.known?.isEmpty == false } ?? container.entrypoint
    // A script or init before the command runs what stands in the command.
    let isWrapped = !(container.command.known ?? []).isEmpty && runsItsArguments(container)
    let origin = isWrapped ? container.command.origin : telling.origin
    if words.isEmpty { return FieldContent(.string(""), isPresent: false, origin: origin) }
    return FieldContent(.string(words.joined(separator: " ")), origin: origin)
  }
}

extension ImageReference {
  /// Its tag or digest, as far as they are known.
  fileprivate func unlessUnknown(_ part: KeyPath<ImageReference, String>) -> Value<String> {
    if let unknownTag { return .unknown(unknownTag) }
    return self[keyPath: part].isEmpty ? .absent : .known(self[keyPath: part])
  }
}
