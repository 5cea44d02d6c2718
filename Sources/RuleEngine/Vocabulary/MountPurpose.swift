import Workloads

/// What something mounted is for, judged by its paths.
///
/// Several rules divide mounts among themselves; the division is made here once, so that every
/// host path is the business of exactly one of them.
enum MountPurpose: String {
  /// A container engine's socket.
  case engineSocket = "engine-socket"
  /// Kernel modules and the kernel's own file systems for them.
  case kernel
  /// The host's clock setting: `/etc/localtime`.
  case timeZone = "time-zone"
  /// The host's store of certificates.
  case certificates
  /// Another system directory of the host.
  case system
  case log
  case configuration
  /// The program's source code, over what the image holds.
  case source
  /// Files of the project that the container only serves or reads.
  case content
  /// What can be made again: dependencies, build output, temporary files.
  case cache
  case data

  /// Unknown only where it cannot be told whether something comes from the host at all.
  static func of(_ mount: Mount, in container: Container) -> Value<String> {
    mount.type.map { type in
      let target = PathWords(mount.target.known ?? "")
      return switch type {
      case "bind", "hostPath", "npipe": ofHostPath(mount, target, container).rawValue
      case "volume", "persistentVolumeClaim", "cluster":
        target.isCache ? cache.rawValue : target.isLog ? log.rawValue : data.rawValue
      case "tmpfs": cache.rawValue
      case "emptyDir", "ephemeral": target.isLog ? log.rawValue : cache.rawValue
      case "config", "secret", "configMap", "projected", "downwardAPI": configuration.rawValue
      case "image", "gitRepo": content.rawValue
      default: data.rawValue
      }
    }
  }

  private static func ofHostPath(
    _ mount: Mount,
    _ target: PathWords,
    _ container: Container
  ) -> MountPurpose {
    // A source that depends on a variable is still judged by where it goes.
    let source = PathWords(mount.source.known ?? "")
    if source.isEngineSocket || target.isEngineSocket { return .engineSocket }
    if source.isAbsolute, let purpose = source.systemPurpose { return purpose }
    if target.isLog || source.isLog { return .log }
    if target.isConfiguration || mount.sourceIsDirectory == false { return .configuration }
    if mount.sourceIsDirectory == nil, target.isFile(like: source) { return .configuration }
    if isSource(mount, target, container) { return .source }
    if mount.projectPath != nil, target.isServerRoot { return .content }
    if mount.sourceIsDirectory == true,
      mount.readOnly.known == true || target.isWebRoot || target.namesContent
    {
      return .content
    }
    return target.isCache ? .cache : .data
  }

  private static func isSource(
    _ mount: Mount,
    _ target: PathWords,
    _ container: Container
  ) -> Bool {
    guard let path = mount.projectPath, !target.holdsData else { return false }
    let workingDirectory = PathWords(container.workingDirectory.known ?? "/")
    let isHome = target.isProgramFolder || (target == workingDirectory && !target.words.isEmpty)
    guard let build = container.build else { return isHome && mount.sourceIsDirectory == true }
    guard isHome || target.isInside(workingDirectory) else { return false }
    guard let context = build.context.known else { return isHome }
    return PathWords(path).isInside(PathWords(context), orSame: true)
  }
}

/// A path's components, `.` and empty ones left out.
private struct PathWords: Equatable {
  var words: [Substring]
  var isAbsolute: Bool

  init(_ path: String) {
    let isWindows = path.utf8.contains(UInt8(ascii: "\\"))
    words = path.split { $0 == "/" || (isWindows && $0 == "\\") }.filter { $0 != "." }
    isAbsolute = path.utf8.first == UInt8(ascii: "/")
  }

  static func == (left: PathWords, right: PathWords) -> Bool { left.words == right.words }

  func isInside(_ other: PathWords, orSame: Bool = false) -> Bool {
    words.starts(with: other.words) && (orSame || words.count > other.words.count)
      && (orSame || !other.words.isEmpty)
  }

  private func starts(with words: Substring...) -> Bool { self.words.starts(with: words) }

  var isEngineSocket: Bool {
    guard let last = words.last else { return false }
    return Self.engineSockets.contains(last) || starts(with: "var", "run", "docker")
  }

  private static let engineSockets: Set<Substring> = [
    "docker.sock", "docker.sock.raw", "containerd.sock", "crio.sock", "podman.sock",
    "cri-dockerd.sock", "dockershim.sock", "buildkitd.sock", "docker_engine",
  ]

  /// What an absolute path of the host is for if it belongs to the system.
  var systemPurpose: MountPurpose? {
    guard let first = words.first else { return .system }
    let second = words.count > 1 ? words[1] : ""
    switch first {
    case "etc": return etcPurpose(second)
    case "lib" where second == "modules", "lib64" where second == "modules": return .kernel
    case "proc", "boot", "bin", "sbin", "lib", "lib64", "run": return .system
    case "sys":
      return second == "kernel" || starts(with: "sys", "fs", "bpf") ? .kernel : .system
    case "dev": return words.count > 1 && second == "null" ? .cache : .system
    case "usr": return usrPurpose(second)
    case "var": return varPurpose(second)
    case "home", "root", "opt", "srv", "mnt", "media": return words.count == 1 ? .system : nil
    default: return nil
    }
  }

  private func etcPurpose(_ second: Substring) -> MountPurpose? {
    switch second {
    case "localtime", "timezone": .timeZone
    case "ssl", "pki", "ca-certificates", "letsencrypt": .certificates
    case "", "passwd", "shadow", "group", "gshadow", "hosts", "resolv.conf", "hostname",
      "machine-id", "os-release", "sudoers", "sudoers.d", "systemd", "init.d", "pam.d", "ssh",
      "docker", "kubernetes", "cni", "cron.d", "crontab", "fstab", "sysctl.d", "modprobe.d",
      "udev":
      .system
    default: nil
    }
  }

  private func usrPurpose(_ second: Substring) -> MountPurpose? {
    switch second {
    case "lib" where words.count > 2 && words[2] == "modules": .kernel
    case "share" where words.count > 2 && words[2] == "zoneinfo": .timeZone
    case "share" where words.count > 2 && words[2] == "ca-certificates": .certificates
    case "local": starts(with: "usr", "local", "share", "ca-certificates") ? .certificates : nil
    case "", "bin", "sbin", "lib", "lib32", "lib64", "libexec", "include", "src": .system
    default: nil
    }
  }

  private func varPurpose(_ second: Substring) -> MountPurpose? {
    switch second {
    case "": .system
    case "run": .system
    case "log": words.count == 2 ? .system : nil
    case "lib":
      words.count == 2 || ["docker", "containerd", "kubelet", "containers"].contains(words[2])
        ? .system : nil
    default: nil
    }
  }

  var isLog: Bool { words.contains { $0 == "log" || $0 == "logs" } && !isConfigurationFile }

  var isConfiguration: Bool {
    if isConfigurationFile { return true }
    if words.count > 1, words[0] == "etc" { return true }
    if words.first?.hasPrefix("docker-entrypoint") == true { return true }
    // A hidden folder or file of a home: `/root/.aws`, `/home/node/.npmrc`.
    if let hidden = words.last(where: { $0.utf8.first == UInt8(ascii: ".") }) {
      return !Self.cacheNames.contains(hidden)
    }
    return false
  }

  private var isConfigurationFile: Bool {
    guard let last = words.last, let dot = last.lastIndex(of: "."), dot > last.startIndex else {
      return false
    }
    return Self.configurationSuffixes.contains(last[last.index(after: dot)...].lowercased())
  }

  private static let configurationSuffixes: Set<String> = [
    "conf", "cnf", "cfg", "config", "ini", "yml", "yaml", "json", "xml", "properties", "toml",
    "env", "pem", "crt", "cer", "key", "p12", "pfx", "jks", "sh", "sql", "tmpl", "template",
    "tpl", "rules", "lua", "cf", "hcl", "acl", "htpasswd", "conf.d",
  ]

  /// Where a program's own code stands in images.
  var isProgramFolder: Bool {
    guard let first = words.first else { return false }
    switch words.count {
    case 1: return ["app", "code", "src", "source", "workspace", "application"].contains(first)
    case 2...:
      let pair = "\(first)/\(words[1])"
      if ["var/www", "srv/app", "opt/app", "usr/app", "src/app", "home/app", "code/app"]
        .contains(pair)
      {
        return true
      }
      if words.count > 2, pair == "usr/src" { return true }
      return ["app", "code", "src", "source", "workspace", "application"].contains(first)
    default: return false
    }
  }

  /// Whether it looks like a file rather than a folder, as the other path does.
  func isFile(like other: PathWords) -> Bool {
    guard let mine = suffix, let others = other.suffix else { return false }
    return mine == others
  }

  /// What stands behind the last dot, if it looks like a file's kind: not `conf.d`, not `v1.2`.
  private var suffix: Substring? {
    guard let last = words.last, let dot = last.lastIndex(of: "."), dot > last.startIndex else {
      return nil
    }
    let suffix = last[last.index(after: dot)...]
    return (2...5).contains(suffix.utf8.count) && suffix.first?.isLetter == true ? suffix : nil
  }

  /// Where a web server looks for pages that it never writes itself.
  var isServerRoot: Bool {
    starts(with: "usr", "share", "nginx") || starts(with: "usr", "share", "caddy")
      || starts(with: "usr", "local", "apache2", "htdocs")
  }

  var isWebRoot: Bool {
    isServerRoot || starts(with: "var", "www") || starts(with: "srv", "http")
      || words.last == "public_html"
  }

  /// Whether its last part says that the program only reads it.
  var namesContent: Bool { words.last.map { Self.contentNames.contains($0) } ?? false }

  private static let contentNames: Set<Substring> = [
    "conf", "config", "configs", "certs", "cert", "ssl", "tls", "templates", "scripts", "static",
    "html", "public", "www", "provisioning", "dashboards", "locales", "themes",
  ]

  /// Whether a part of the path says that the program writes there.
  var holdsData: Bool { words.contains { Self.dataNames.contains($0) } }

  private static let dataNames: Set<Substring> = [
    "data", "upload", "uploads", "media", "storage", "files", "attachments", "db", "database",
    "sessions", "backup", "backups", "export", "exports", "import", "downloads",
  ]

  var isCache: Bool {
    words.first == "tmp" || starts(with: "var", "tmp") || starts(with: "var", "cache")
      || words.contains { Self.cacheNames.contains($0) }
  }

  private static let cacheNames: Set<Substring> = [
    "node_modules", ".venv", "venv", "vendor", "target", ".m2", ".gradle", ".cache", ".npm",
    ".yarn", ".pnpm-store", ".next", ".nuxt", ".nuget", ".cargo", "__pycache__", ".pytest_cache",
    "bundle", ".ivy2", ".sbt", ".terraform", "tmp", "cache",
  ]
}
