import DocumentTrees
import Workloads

/// Whether a container of a web server's image only passes requests on, or serves files as well.
struct ProxyEvidence {
  /// Where it gets files to serve from, in words; nil if it gets none.
  private(set) var content: String?
  private(set) var hasConfiguration = false
  private(set) var publishesPort = false
  private(set) var evidence: [SourceLocation] = []

  init(
    _ container: Container,
    of workload: Workload,
    stage: BuildStage?,
    summary: ProjectSummary
  ) {
    publishesPort =
      container.ports.contains { $0.isPublished || $0.published.known != nil }
      || workload.resources.contains { $0.kind == Ingress.kind }
    for mount in container.mounts {
      if mount.readOnly.known == true, summary.hasWriter(of: mount, besides: workload) {
        // What another service writes is that one's data; it goes to an object store with it.
        if let location = mount.origin.location { evidence.append(location) }
      } else {
        read(mount)
      }
    }
    for config in workload.configs {
      if let target = config.target.known, !Self.isConfiguration(target) { continue }
      hasConfiguration = true
    }
    for from in workload.volumesFrom {
      content = content ?? "the volumes of \(from.known ?? "another container")"
    }
    for instruction in stage?.instructions ?? [] { read(instruction) }
  }

  private mutating func read(_ mount: Mount) {
    guard let target = mount.target.known else {
      content = content ?? "a mount whose target is not known"
      return
    }
    if Self.isConfiguration(target) || Self.isConfiguration(mount.source.known ?? "") {
      hasConfiguration = true
      if let location = mount.origin.location { evidence.append(location) }
      return
    }
    if mount.type.known == "tmpfs" || Self.isScratch(target) { return }
    content = content ?? "the files mounted at \(target)"
  }

  private mutating func read(_ instruction: BuildInstruction) {
    switch instruction.keyword {
    case "COPY", "ADD":
      guard let target = instruction.destination.known else {
        content = content ?? "files that its Dockerfile copies"
        return
      }
      let sources = instruction.sources.compactMap(\.known)
      let areSettings =
        Self.isConfiguration(target)
        || !sources.isEmpty && sources.allSatisfy(Self.isConfigurationFile)
      if areSettings || Self.isStartScript(target, sources) {
        hasConfiguration = true
        if let location = instruction.origin.location { evidence.append(location) }
      } else {
        content = content ?? "the files that its Dockerfile copies to \(target)"
      }
    case "RUN":
      // What a build step makes is not known; only those that clearly make no files are let pass.
      let makesFiles = instruction.commands.contains { command in
        Self.builders.contains(command.name)
      }
      if makesFiles { content = content ?? "the files that its Dockerfile builds" }
    default: break
    }
  }

  private static let builders: Set<String> = [
    "npm", "yarn", "pnpm", "git", "curl", "wget", "tar", "unzip", "composer", "bundle", "hugo",
    "make", "go", "pip",
  ]

  /// Whether a place in the container holds settings, keys or the engine's socket.
  static func isConfiguration(_ path: String) -> Bool {
    if isConfigurationFile(path) { return true }
    let folders = [
      "/etc/", "/usr/local/etc/", "/usr/local/apache2/conf", "/usr/local/openresty/nginx/conf",
      "/opt/bitnami/nginx/conf", "/bitnami/nginx/conf", "/var/run/docker.sock",
      "/run/docker.sock", "/certs", "/ssl", "/letsencrypt", "/acme", "/tmp/docker.sock",
      "/run/secrets",
      "/docker-entrypoint.d", "/config/nginx", "/traefik", "/dynamic",
    ]
    return folders.contains { path.hasPrefix($0) }
  }

  /// Whether a file's name is that of settings.
  static func isConfigurationFile(_ path: String) -> Bool {
    let name = path.lowercased().split(separator: "/").last ?? ""
    if ["caddyfile", "haproxy.cfg", ".htpasswd", "acme.json"].contains(name) { return true }
    let endings = [
      ".conf", ".cfg", ".toml", ".yaml", ".yml", ".conf.template", ".template", ".tmpl", ".crt",
      ".key", ".pem", ".cer", ".vcl", ".vhost", ".conf.tpl", ".j2", ".mime.types",
    ]
    return endings.contains { name.hasSuffix($0) }
  }

  /// Whether it is a script that prepares the start.
  private static func isStartScript(_ target: String, _ sources: [String]) -> Bool {
    let names = sources.isEmpty ? [target] : sources
    return names.allSatisfy { $0.hasSuffix(".sh") }
  }

  /// Places that programs write to and nobody is served from.
  private static func isScratch(_ path: String) -> Bool {
    let folders = ["/var/log", "/var/cache", "/tmp", "/var/tmp", "/var/run", "/run", "/data/caddy"]
    if path == "/data" || path == "/config" { return true }  // Caddy's certificates and settings.
    return folders.contains { path == $0 || path.hasPrefix($0 + "/") }
  }
}
