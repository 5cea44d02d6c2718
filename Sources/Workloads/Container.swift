/// One container of a workload, with the settings in force once everything is joined.
///
/// Where a Dockerfile builds the image, `user`, `command`, `entrypoint`, `workingDirectory`,
/// `healthCheck` and `variables` already take its final stage into account.
package struct Container: Sendable {
  /// What part it plays in its workload.
  package enum Role: String, Hashable, Sendable { case main, initial = "init", sidecar, ephemeral }

  package var name: String
  package var role: Role = .main
  package var origin: Origin
  package var image: Value<ImageReference> = .absent
  package var build: Build?
  package var platform: Value<String> = .absent
  package var pullPolicy: Value<String> = .absent

  package var command: Value<[String]> = .absent
  package var entrypoint: Value<[String]> = .absent
  /// Of a command that depends on something unknown: its line with `…` in the place of that.
  package var commandSketch: String?
  /// As `commandSketch`, of the entry point.
  package var entrypointSketch: String?
  package var workingDirectory: Value<String> = .absent
  /// Absent means: the base image's, which is not known.
  package var user: Value<String> = .absent
  package var groups: [Value<String>] = []
  /// Whether a small init process runs as PID 1.
  package var usesInit: Value<Bool> = .absent
  package var tty: Value<Bool> = .absent

  package var variables: [Variable] = []
  /// Files of variables, as named.
  package var environmentFiles: [Value<String>] = []
  package var mounts: [Mount] = []
  package var ports: [Port] = []
  package var devices: [Value<String>] = []
  package var gpu: Value<Bool> = .absent
  package var runtime: Value<String> = .absent

  package var privileged: Value<Bool> = .absent
  package var addedCapabilities: [Value<String>] = []
  package var droppedCapabilities: [Value<String>] = []
  package var securityOptions: [Value<String>] = []
  package var readOnlyRootFilesystem: Value<Bool> = .absent
  /// Whether the platform refuses to start it as root, whatever its image says.
  package var mustRunAsNonRoot: Value<Bool> = .absent
  package var allowPrivilegeEscalation: Value<Bool> = .absent
  package var sysctls: [NamedValue] = []
  package var ulimits: [Ulimit] = []
  /// Bytes of /dev/shm.
  package var sharedMemory: Value<Int> = .absent

  package var resources = Resources()
  package var healthCheck: HealthCheck?
  /// Every probe of a format that tells them apart; `healthCheck` is the one for liveness.
  package var probes: [HealthCheck] = []
  package var logging: Logging?
  package var lifecycleCommands: [Value<[String]>] = []
  /// What the definition states and no other field holds, by the format's own path, such as
  /// `oom_score_adj` or `deploy.update_config.order`; an element of a list each.
  package var settings: [NamedValue] = []

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// An environment variable.
package struct Variable: Sendable {
  /// Who sets it.
  package enum Source: String, Hashable, Sendable {
    case environment
    case environmentFile = "env-file"
    case dockerfile
    /// A reference to a secret of the platform; the value is not here.
    case secretReference = "secret-reference"
    /// A reference to configuration or to a field of the platform.
    case configReference = "config-reference"
  }

  package var name: String
  /// Absent: named without a value, so that the host's value is passed through.
  package var value: Value<String>
  package var source: Source
  /// What it refers to: `secretKeyRef:NAME/KEY`, `configMapKeyRef:NAME/KEY`, `fieldRef:PATH`.
  package var reference: Value<String> = .absent
  package var origin: Origin

  package init(name: String, value: Value<String>, source: Source, origin: Origin) {
    self.name = name
    self.value = value
    self.source = source
    self.origin = origin
  }
}

/// Something mounted into a container.
package struct Mount: Sendable {
  /// What kind it is.
  ///
  /// One of `bind`, `volume`, `tmpfs`, `npipe`, `cluster`, `image`, `config`, `secret`, or
  /// Kubernetes' own word: `emptyDir`, `hostPath`, `persistentVolumeClaim`, `configMap`, `nfs`.
  package var type: Value<String>
  /// The host's path for a bind mount, the volume's name for a volume; absent if anonymous.
  package var source: Value<String> = .absent
  package var target: Value<String> = .absent
  package var readOnly: Value<Bool> = .absent
  /// The folder inside a volume or image that is mounted.
  package var subpath: Value<String> = .absent
  /// How it is mounted, beside read-only: `z`, `nocopy`, `cached`, `rshared`.
  package var options: [Value<String>] = []
  /// Bytes, for mounts in memory or of limited size.
  package var size: Value<Int> = .absent
  /// The source's path relative to the scanned root, where it lies inside.
  package var projectPath: String?
  /// Whether that path exists and is a directory; `nil` if nothing is there to be seen.
  package var sourceIsDirectory: Bool?
  package var origin: Origin

  package init(type: Value<String>, origin: Origin) {
    self.type = type
    self.origin = origin
  }
}

/// A declared volume.
package struct Volume: Sendable {
  package var name: String
  /// Its name outside the project, if one is stated.
  package var platformName: Value<String> = .absent
  package var driver: Value<String> = .absent
  package var driverOptions: [NamedValue] = []
  package var external: Value<Bool> = .absent
  package var origin: Origin

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// A port that a container listens on.
package struct Port: Sendable {
  package var container: Value<Int> = .absent
  /// The last port of a range; equal to `container` for one port.
  package var containerEnd: Value<Int> = .absent
  /// The port on the host; absent if not published or chosen by the engine.
  package var published: Value<Int> = .absent
  /// The last of a range of ports on the host; equal to `published` for one port.
  package var publishedEnd: Value<Int> = .absent
  /// Whether it is reachable from outside the project's own networks.
  package var isPublished: Bool = false
  package var hostAddress: Value<String> = .absent
  /// `tcp`, `udp` or `sctp`.
  package var transport: Value<String> = .known("tcp")
  /// `ingress` or `host`.
  package var mode: Value<String> = .absent
  /// What is spoken over the transport: `http`, `grpc`.
  package var applicationProtocol: Value<String> = .absent
  package var origin: Origin

  package init(origin: Origin) { self.origin = origin }
}

/// A resource limit of the kernel for a process.
package struct Ulimit: Sendable {
  package var name: String
  package var soft: Value<Int> = .absent
  package var hard: Value<Int> = .absent
  package var origin: Origin

  package init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }
}

/// What a container asks for and may use.
package struct Resources: Sendable {
  /// Cores.
  package var cpuRequest: Value<Double> = .absent
  package var cpuLimit: Value<Double> = .absent
  /// Bytes.
  package var memoryRequest: Value<Int> = .absent
  package var memoryLimit: Value<Int> = .absent
  package var ephemeralStorage: Value<Int> = .absent
  package var origin: Origin = .none

  package init() {}
}

/// How the platform finds out that a container is well.
package struct HealthCheck: Sendable {
  /// `command`, `http`, `tcp`, `grpc`, or `none` if switched off.
  package var type: Value<String>
  /// The command's words; a shell form is `["/bin/sh", "-c", TEXT]`.
  package var command: Value<[String]> = .absent
  /// Seconds.
  package var interval: Value<Double> = .absent
  package var timeout: Value<Double> = .absent
  package var startPeriod: Value<Double> = .absent
  package var startInterval: Value<Double> = .absent
  package var retries: Value<Int> = .absent
  /// `liveness`, `readiness` or `startup`, where the format tells them apart.
  package var purpose: String = ""
  /// The port that is asked, by number or name.
  package var port: Value<String> = .absent
  /// The path that is asked.
  package var path: Value<String> = .absent
  package var origin: Origin

  package init(type: Value<String>, origin: Origin) {
    self.type = type
    self.origin = origin
  }
}

/// Where a container's output goes.
package struct Logging: Sendable {
  package var driver: Value<String> = .absent
  package var options: [NamedValue] = []
  package var origin: Origin

  package init(origin: Origin) { self.origin = origin }
}
