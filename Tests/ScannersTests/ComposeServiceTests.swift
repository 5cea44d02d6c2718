import DocumentTrees
import Scanners
import Testing
import Workloads

/// The fields of a service, each in every form that the specification allows.
struct ComposeServiceTests {
  private static func service(
    _ body: String,
    rest: String = "",
    files: [String: String] = [:],
    builds: StubBuilds = StubBuilds()
  ) throws -> (Workload, Container, ScanResult) {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    let text =
      "services:\n  s:\n    image: x\n" + lines.map { "    \($0)\n" }.joined() + rest
    var files = files
    files["compose.yaml"] = text
    let result = try scan(files, builds: builds)
    let workload = try #require(result.workload("s"))
    return (workload, try #require(workload.container), result)
  }

  /// A field's text and what a path through the model then shows.
  @Test(arguments: [
    ("command: a 'b c'", "command", #"["a", "b c"]"#),
    ("entrypoint: [/run, '${X:-y}']", "entrypoint", #"["/run", "y"]"#),
    ("user: 1000:1000", "user", "1000:1000"),
    ("user: 0", "user", "0"),
    ("working_dir: /code", "workingDirectory", "/code"),
    ("init: yes", "usesInit", "true"),
    ("tty: 'true'", "tty", "true"),
    ("privileged: ${P:-true}", "privileged", "true"),
    ("read_only: True", "readOnly", "true"),
    ("mem_limit: 64m", "memoryLimit", "67108864"),
    ("mem_limit: 1000000", "memoryLimit", "1000000"),
    ("mem_limit: 0", "memoryLimit", "-"),
    ("mem_reservation: 32m", "memoryRequest", "33554432"),
    ("cpus: 0.5", "cpuLimit", "0.5"),
    ("cpus: '1.50'", "cpuLimit", "1.5"),
    ("cpu_quota: 50000", "cpuLimit", "0.5"),
    ("cpu_quota: 50000\ncpu_period: 25ms", "cpuLimit", "2.0"),
    ("deploy: {resources: {limits: {cpus: '0.25', memory: 50M}}}", "cpuLimit", "0.25"),
    ("cpus: 1\ndeploy: {resources: {limits: {cpus: 2}}}", "cpuLimit", "2.0"),
    ("deploy: {resources: {limits: {memory: 50M}}}", "memoryLimit", "52428800"),
    ("deploy: {resources: {reservations: {cpus: 1, memory: 1g}}}", "memoryRequest", "1073741824"),
    ("deploy: {resources: {reservations: {cpus: 1}}}", "cpuRequest", "1.0"),
    ("storage_opt: {size: 1G}", "storage", "1073741824"),
    ("shm_size: 64M", "sharedMemory", "67108864"),
    ("gpus: all", "gpu", "true"),
    ("gpus: [{driver: nvidia, count: 1}]", "gpu", "true"),
    (
      "deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1}]}}}", "gpu",
      "true"
    ),
    ("deploy: {resources: {reservations: {devices: [{capabilities: [tpu]}]}}}", "gpu", "-"),
    (
      "deploy: {resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]}}}",
      "gpu", "true"
    ),
    ("runtime: nvidia", "runtime", "nvidia"),
    ("platform: linux/arm64", "platform", "linux/arm64"),
    ("pull_policy: always", "pullPolicy", "always"),
    ("devices: ['/dev/a:/dev/b:rw', /dev/c]", "devices", "/dev/a:/dev/b:rw /dev/c"),
    ("devices: [{source: /dev/a, target: /dev/b, permissions: r}]", "devices", "/dev/a:/dev/b:r"),
    ("cap_add: [ALL]", "capAdd", "ALL"),
    ("cap_drop: [NET_ADMIN]", "capDrop", "NET_ADMIN"),
    ("security_opt: ['no-new-privileges:true', seccomp=x]", "escalation", "false"),
    ("security_opt: [no-new-privileges]", "escalation", "false"),
    ("security_opt: ['no-new-privileges=false']", "escalation", "true"),
    ("sysctls: {net.core.somaxconn: 1024}", "sysctls", "net.core.somaxconn=1024"),
    ("sysctls: [net.core.somaxconn=1024]", "sysctls", "net.core.somaxconn=1024"),
    ("ulimits: {nproc: 65535}", "ulimits", "nproc 65535 65535"),
    ("ulimits: {nofile: {soft: 1, hard: 2}}", "ulimits", "nofile 1 2"),
    ("group_add: [1000, audio]", "groups", "1000 audio"),
    ("expose: ['3000', 8000, '9000-9001/udp']", "ports", "3000 8000 9000-9001/udp"),
    ("ports: [3000, '3001-3005']", "ports", "*>3000 *>3001-3005"),
    ("ports: [22:22]", "ports", "22>22"),
    ("ports: ['127.0.0.1:5000-5010:5000-5010/udp']", "ports", "127.0.0.1!5000-5010>5000-5010/udp"),
    ("ports: ['1-65535:1-65535']", "ports", "1-65535>1-65535"),
    ("ports: ['${P}:80']", "ports", "?variable P is not set>80"),
    ("ports: ['80:${P}']", "ports", "80>?variable P is not set"),
    ("ports: ['${H}:80:81']", "ports", "?variable H is not set!80>81"),
    ("ports: [{target: 80, published: '8000-8001', protocol: TCP}]", "ports", "8000-8001>80"),
    ("ports: [{target: 80, host_ip: '::1'}]", "ports", "::1!*>80"),
    ("env_file: []", "environmentFiles", ""),
    ("healthcheck: {test: [NONE]}", "health", "none -"),
    ("healthcheck: {disable: true, test: a}", "health", "none -"),
    ("healthcheck: {test: [CMD, a, b]}", "health", #"command ["a", "b"]"#),
    ("healthcheck: {test: [CMD-SHELL, a || b]}", "health", #"command ["/bin/sh", "-c", "a || b"]"#),
    ("healthcheck: {test: a || b}", "health", #"command ["/bin/sh", "-c", "a || b"]"#),
    ("healthcheck: {test: 'curl ${P}'}", "health", "command ?variable P is not set"),
    ("healthcheck: {test: [CMD, curl, '${P}']}", "health", "command ?variable P is not set"),
    (
      "healthcheck: {interval: 5s}", "health",
      "?its test is the image's, which is not known -"
    ),
    ("post_start: [{command: ./a.sh, user: root}]", "hooks", #"["./a.sh"]"#),
    ("pre_stop: [{command: [a, b]}]", "hooks", #"["a", "b"]"#),
    ("logging: {driver: syslog, options: {a: 1}}", "logging", "syslog a=1"),
    ("log_driver: syslog\nlog_opt: {a: 1}", "logging", "syslog a=1"),
    (
      "oom_score_adj: -500\noom_kill_disable: true", "settings",
      "oom_score_adj=-500 oom_kill_disable=true"
    ),
    ("credential_spec: {file: a.json}", "settings", "credential_spec.file=a.json"),
    (
      "device_cgroup_rules: ['c 1:3 mr', 'a 7:* rmw']", "devices", "c 1:3 mr a 7:* rmw"
    ),
    ("stdin_open: true", "settings", "stdin_open=true"),
    (
      "uts: host\nuserns_mode: host\ncgroup: private", "settings",
      "uts=host userns_mode=host cgroup=private"
    ),
    (
      "post_start: [{command: a, user: root, privileged: true}]", "settings",
      "post_start.user=root post_start.privileged=true"
    ),
    (
      "use_api_socket: true", "mounts",
      "bind /var/run/docker.sock>/var/run/docker.sock"
    ),
    ("use_api_socket: false", "mounts", ""),
    (
      "deploy: {update_config: {order: start-first}}", "settings",
      "deploy.update_config.order=start-first"
    ),
    ("tmpfs: /run:size=64m,mode=1777", "mounts", "tmpfs ->/run 67108864 mode=1777"),
    ("tmpfs: [/run, /tmp]", "mounts", "tmpfs ->/run; tmpfs ->/tmp"),
    ("volumes: ['./a:/b:ro,z']", "mounts", "bind ./a>/b ro z"),
    ("volumes: [/anonymous]", "mounts", "volume ->/anonymous"),
    (
      "volumes: ['${DATA}:/var/lib/data']", "mounts",
      "?variable DATA is not set ?variable DATA is not set>/var/lib/data"
    ),
    ("volumes: ['${PWD}:/code']", "mounts", "bind ?variable PWD is not set>/code"),
    ("volumes: ['${DATA}/db:/db:ro']", "mounts", "bind ?variable DATA is not set>/db ro"),
    ("volumes: ['./a:${T}']", "mounts", "bind ./a>?variable T is not set"),
    (
      "volumes: [{type: tmpfs, target: /t, tmpfs: {size: 10000, mode: 755}}]", "mounts",
      "tmpfs ->/t 10000"
    ),
    (
      "volumes: [{type: bind, source: ., target: /t, read_only: true, consistency: cached, bind: {propagation: rshared, create_host_path: false}}]",
      "mounts", "bind .>/t ro cached rshared"
    ),
    (
      "volumes: [{type: image, source: nginx, target: /t, image: {subpath: html}}]", "mounts",
      "image nginx>/t /html"
    ),
    ("volumes: [{type: cluster, source: c, target: /t}]", "mounts", "cluster c>/t"),
    (
      "volumes: [{type: npipe, source: '\\\\.\\pipe\\d', target: '\\\\.\\pipe\\d'}]", "mounts",
      #"npipe \\.\pipe\d>\\.\pipe\d"#
    ),
    ("environment: {A: 1, B: true, C: , D: '', E: 1e3}", "variables", "A=1 B=true C=- D= E=1e3"),
    ("environment: [A=1, B, C=, 'D=a=b']", "variables", "A=1 B=- C= D=a=b"),
    ("environment: ['A=${X}', 'B=x${X:-y}']", "variables", "A=?variable X is not set B=xy"),
  ])
  func readsContainerFields(_ text: String, _ field: String, _ expected: String) throws {
    let (_, container, result) = try Self.service(text)
    #expect(Self.show(container, field) == expected)
    #expect(!result.notices.contains { $0.kind == .unsupportedField || $0.kind == .invalidValue })
  }

  private static func show(_ container: Container, _ field: String) -> String {
    func list(_ values: [Value<String>]) -> String { values.map(\.shown).joined(separator: " ") }
    func pairs(_ values: [NamedValue]) -> String {
      values.map { "\($0.name)=\($0.value.shown)" }.joined(separator: " ")
    }
    switch field {
    case "command": return container.command.shown
    case "entrypoint": return container.entrypoint.shown
    case "user": return container.user.shown
    case "workingDirectory": return container.workingDirectory.shown
    case "usesInit": return container.usesInit.shown
    case "tty": return container.tty.shown
    case "privileged": return container.privileged.shown
    case "readOnly": return container.readOnlyRootFilesystem.shown
    case "memoryLimit": return container.resources.memoryLimit.shown
    case "memoryRequest": return container.resources.memoryRequest.shown
    case "cpuLimit": return container.resources.cpuLimit.shown
    case "cpuRequest": return container.resources.cpuRequest.shown
    case "storage": return container.resources.ephemeralStorage.shown
    case "sharedMemory": return container.sharedMemory.shown
    case "gpu": return container.gpu.shown
    case "runtime": return container.runtime.shown
    case "platform": return container.platform.shown
    case "pullPolicy": return container.pullPolicy.shown
    case "devices": return list(container.devices)
    case "capAdd": return list(container.addedCapabilities)
    case "capDrop": return list(container.droppedCapabilities)
    case "escalation": return container.allowPrivilegeEscalation.shown
    case "sysctls": return pairs(container.sysctls)
    case "groups": return list(container.groups)
    case "environmentFiles": return list(container.environmentFiles)
    case "settings": return pairs(container.settings)
    case "hooks": return container.lifecycleCommands.map(\.shown).joined(separator: " ")
    case "ulimits":
      return container.ulimits.map { "\($0.name) \($0.soft.shown) \($0.hard.shown)" }
        .joined(separator: " ")
    case "variables":
      return container.variables.map { "\($0.name)=\($0.value.shown)" }.joined(separator: " ")
    case "health":
      guard let check = container.healthCheck else { return "-" }
      return "\(check.type.shown) \(check.command.shown)"
    case "logging":
      guard let logging = container.logging else { return "-" }
      return "\(logging.driver.shown) \(pairs(logging.options))"
    case "ports": return container.ports.map(show).joined(separator: " ")
    case "mounts": return container.mounts.map(show).joined(separator: "; ")
    default: return "no such field"
    }
  }

  private static func show(_ port: Port) -> String {
    func range(_ first: Value<Int>, _ last: Value<Int>) -> String {
      first == last || first.known == last.known ? first.shown : "\(first.shown)-\(last.shown)"
    }
    var text = ""
    if !port.hostAddress.isAbsent { text += "\(port.hostAddress.shown)!" }
    if port.isPublished {
      text += port.published.isAbsent ? "*>" : range(port.published, port.publishedEnd) + ">"
    }
    text += range(port.container, port.containerEnd)
    return port.transport.known == "tcp" ? text : "\(text)/\(port.transport.shown)"
  }

  private static func show(_ mount: Mount) -> String {
    var words = ["\(mount.type.shown) \(mount.source.shown)>\(mount.target.shown)"]
    if mount.readOnly.known == true { words.append("ro") }
    if !mount.subpath.isAbsent { words.append("/\(mount.subpath.shown)") }
    if !mount.size.isAbsent { words.append(mount.size.shown) }
    return (words + mount.options.map(\.shown)).joined(separator: " ")
  }

  @Test(arguments: [
    ("restart: always", "restart", "always"),
    ("restart: always\ndeploy: {restart_policy: {condition: any}}", "restart", "always"),
    ("restart: always\ndeploy: {restart_policy: {condition: none}}", "restart", "no"),
    ("deploy: {restart_policy: {condition: on-failure, delay: 5s}}", "restart", "on-failure"),
    ("restart: no", "restart", "no"),
    ("stop_grace_period: 1m30s", "grace", "90.0"),
    ("stop_signal: SIGUSR1", "signal", "SIGUSR1"),
    ("scale: 3", "replicas", "3"),
    ("scale: 3\ndeploy: {replicas: 6}", "replicas", "6"),
    ("deploy: {replicas: '${N:-2}', mode: replicated}", "replicas", "2"),
    ("deploy: {mode: global}", "mode", "global"),
    ("network_mode: host", "network", "host"),
    ("net: host", "network", "host"),
    ("pid: host", "pid", "host"),
    ("ipc: shareable", "ipc", "shareable"),
    ("hostname: h", "hostname", "h"),
    ("domainname: d", "domain", "d"),
    ("mac_address: 02:42:ac:11:65:43", "mac", "02:42:ac:11:65:43"),
    ("container_name: c", "name", "c"),
    ("links: [db, 'db:database']", "links", "db db:database"),
    ("external_links: [redis_1]", "externalLinks", "redis_1"),
    ("volumes_from: ['service:ro']", "volumesFrom", "service:ro"),
    ("extra_hosts: ['a:1.2.3.4', 'b=::1', 'c:[::1]']", "hosts", "a:1.2.3.4 b:::1 c:[::1]"),
    ("extra_hosts: {a: 1.2.3.4, b: [1.1.1.1, 2.2.2.2]}", "hosts", "a:1.2.3.4 b:1.1.1.1 b:2.2.2.2"),
    ("dns: 8.8.8.8\ndns_search: [a.com]\ndns_opt: [use-vc]", "dns", "8.8.8.8 a.com use-vc"),
    (
      "deploy: {placement: {constraints: [node=foo], preferences: [{spread: node.labels.az}], max_replicas_per_node: 5}}",
      "placement", "node=foo spread=node.labels.az max_replicas_per_node=5"
    ),
    ("labels: [a=1, b]", "labels", "a=1 b=-"),
    ("labels: {a: 42, b: }\ndeploy: {labels: {c: x}}", "labels", "a=42 b=- c=x"),
    ("annotations: [a=b]", "annotations", "a=b"),
    ("profiles: [dev]", "profiles", "dev"),
    ("depends_on: []", "dependencies", ""),
    (
      "depends_on: {s: {condition: service_healthy, required: false}}", "dependencies",
      "s service_healthy false"
    ),
  ])
  func readsWorkloadFields(_ text: String, _ field: String, _ expected: String) throws {
    let (workload, _, result) = try Self.service(text)
    #expect(Self.show(workload, field) == expected)
    #expect(result.notices.isEmpty)
  }

  private static func show(_ workload: Workload, _ field: String) -> String {
    func list(_ values: [Value<String>]) -> String { values.map(\.shown).joined(separator: " ") }
    func pairs(_ values: [NamedValue]) -> String {
      values.map { "\($0.name)=\($0.value.shown)" }.joined(separator: " ")
    }
    switch field {
    case "restart": return workload.restartPolicy.shown
    case "grace": return workload.stopGracePeriod.shown
    case "signal": return workload.stopSignal.shown
    case "replicas": return workload.replicas.shown
    case "mode": return workload.deployMode.shown
    case "network": return workload.networkMode.shown
    case "pid": return workload.pidMode.shown
    case "ipc": return workload.ipcMode.shown
    case "hostname": return workload.hostname.shown
    case "domain": return workload.domainName.shown
    case "mac": return workload.macAddress.shown
    case "name": return workload.containerName.shown
    case "links": return list(workload.links)
    case "externalLinks": return list(workload.externalLinks)
    case "volumesFrom": return list(workload.volumesFrom)
    case "hosts": return list(workload.extraHosts)
    case "dns": return list(workload.dnsSettings)
    case "placement": return list(workload.placement)
    case "labels": return pairs(workload.labels)
    case "annotations": return pairs(workload.annotations)
    case "profiles": return list(workload.profiles)
    case "dependencies":
      return workload.dependencies.map { "\($0.name) \($0.condition) \($0.required)" }
        .joined(separator: " ")
    default: return "no such field"
    }
  }

  // MARK: Declarations

  @Test
  func joinsDeclarations() throws {
    let (workload, _, result) = try Self.service(
      """
      volumes: [data:/d, other:/o, old:/l]
      networks:
        front: {ipv4_address: 1.2.3.4, ipv6_address: '::1', aliases: [x]}
        back:
      secrets: [one, {source: two, target: key, uid: '1'}, three]
      configs: [{source: c, target: /c}, d]
      """,
      rest: """
        volumes:
          data:
          other: {driver: local, driver_opts: {type: nfs, o: addr=1}, name: n}
          old: {external: {name: legacy}}
          unused:
        networks:
          front: {driver: overlay, internal: true}
          back: {external: true}
        secrets:
          one: {file: ./one.txt}
          two: {environment: TOKEN}
          three: {external: true, name: real}
        configs:
          c: {content: 'a: ${B}'}
          d: {file: d.conf}
        """
    )
    #expect(
      workload.volumes.map {
        "\($0.name) \($0.driver.shown) \($0.driverOptions.map(\.name)) \($0.external.shown) \($0.platformName.shown)"
      } == [
        "data - [] - -", #"other local ["type", "o"] - n"#, "old - [] true legacy",
      ]
    )
    #expect(
      workload.networks.map {
        "\($0.name) \($0.driver.shown) \($0.internalOnly.shown) \($0.external.shown) \($0.addresses.map(\.shown))"
      } == [
        #"front overlay true - ["1.2.3.4", "::1"]"#, "back - - true []",
      ]
    )
    #expect(
      workload.secrets.map { "\($0.name) \($0.source) \($0.detail.shown) \($0.target.shown)" } == [
        "one file ./one.txt -", "two environment TOKEN key", "three external real -",
      ]
    )
    #expect(
      workload.configs.map { "\($0.name) \($0.source) \($0.detail.shown) \($0.target.shown)" } == [
        "c content - /c", "d file d.conf -",
      ]
    )
    #expect(result.notices.isEmpty)
  }

  @Test
  func prefersEnvironmentOverFiles() throws {
    let (_, container, result) = try Self.service(
      """
      env_file:
        - one.env
        - {path: two.env, required: true}
        - {path: none.env, required: false}
        - {path: raw.env, format: raw}
      environment: {A: own, P: }
      """,
      files: [
        "one.env": "A=1\nB=1\nC=$A-$HOSTED\n", "two.env": "B=2\nD=${B}\nE=${UNSET}\n",
        "raw.env": "F=\"$x\"\n", ".env": "HOSTED=h\nP=passed\n",
      ]
    )
    #expect(
      Self.show(container, "variables")
        == "A=own P=passed B=2 C=own-h D=1 E=?variable UNSET is not set F=\"$x\""
    )
    #expect(
      container.variables.map(\.source) == [.environment, .environment]
        + Array(repeating: .environmentFile, count: 5)
    )
    #expect(container.variables[1].value.place == "compose.yaml:9:27 <.env:2")
    #expect(container.variables[2].origin.shown == "two.env:1:1 <compose.yaml:6")
    #expect(
      container.variables[3].origin.shown == "one.env:3:1 <compose.yaml:5 <compose.yaml:9 <.env:1"
    )
    #expect(result.noticeLines == ["unset-variable two.env:3"])
    #expect(result.inputs["two.env"]?.format == .dotenv)
  }

  @Test(arguments: [
    ("env_file: none.env", "missing-file compose.yaml:4"),
    ("env_file: ../x.env", "outside-root compose.yaml:4"),
    ("env_file: /etc/x.env", "outside-root compose.yaml:4"),
    ("env_file: ${F}", "unset-variable compose.yaml:4"),
    ("label_file: none.labels", "missing-file compose.yaml:4"),
    ("bogus: 1", "unsupported-field compose.yaml:4"),
    ("ports: [http]", "invalid-value compose.yaml:4"),
    ("ports: {a: 1}", "invalid-value compose.yaml:4"),
    ("ports: [[1]]", "invalid-value compose.yaml:4"),
    ("ports: [{published: 1}]", "invalid-value compose.yaml:4"),
    ("volumes: ['vol:/b:ro:x']", "invalid-value compose.yaml:4"),
    ("volumes: ['nope:/b']", "invalid-value compose.yaml:4"),
    ("volumes: [{source: a, target: /b}]", "invalid-value compose.yaml:4"),
    ("volumes: [{type: bind, source: a, target: /b, x: 1}]", "unsupported-field compose.yaml:4"),
    ("mem_limit: lots", "invalid-value compose.yaml:4"),
    ("privileged: maybe", "invalid-value compose.yaml:4"),
    ("networks: [nope]", "invalid-value compose.yaml:4"),
    ("secrets: [nope]", "invalid-value compose.yaml:4"),
    ("secrets: [{target: x}]", "invalid-value compose.yaml:4"),
    ("secrets: [{source: '${S}'}]", "unset-variable compose.yaml:4"),
    ("depends_on: [nope]", "invalid-value compose.yaml:4"),
    ("command: \"a 'b\"", "invalid-value compose.yaml:4"),
    ("healthcheck: {test: [curl]}", "invalid-value compose.yaml:4"),
    ("healthcheck: {interval: 5}", "invalid-value compose.yaml:4"),
    ("deploy: {resources: {limits: {gpu: 1}}}", "unsupported-field compose.yaml:4"),
    ("build: {bogus: 1}", "unsupported-field compose.yaml:4"),
    ("user: {a: b}", "invalid-value compose.yaml:4"),
    ("user: a$1", "invalid-value compose.yaml:4"),
  ])
  func reportsWhatItCannotTake(_ text: String, _ notice: String) throws {
    let (_, _, result) = try Self.service(text)
    #expect(result.noticeLines == [notice])
  }

  @Test
  func keepsSecretsOutOfNotices() throws {
    let (_, _, result) = try Self.service(
      """
      environment: {PASSWORD: 'hunter2$1'}
      mem_limit: hunter2
      ports: [hunter2]
      volumes: ['hunter2:/a:b:c']
      env_file: .env
      """,
      files: [".env": "X=hunter2$1\nhunter2 hunter2=hunter2\nY=\"hunter2"]
    )
    #expect(result.notices.count >= 6)
    #expect(!result.notices.contains { $0.message.contains("hunter2") })
  }

  // MARK: Builds

  @Test
  func asksForBuilds() throws {
    let (_, container, result) = try Self.service(
      """
      build:
        context: ./dir
        dockerfile: docker/Web
        target: prod
        args: [A=1, B, C]
        tags: ['x:${COMPOSE_PROJECT_NAME}']
      """,
      files: [".env": "B=2\n"]
    )
    let build = try #require(container.build)
    #expect(build.context.shown == "dir")
    #expect(build.dockerfile.shown == "dir/docker/Web")
    #expect(build.target.shown == "prod")
    #expect(build.arguments.map { "\($0.name)=\($0.value.shown)" } == ["A=1", "B=2", "C=-"])
    #expect(container.user.unknownReason == "there is no Dockerfile")
    #expect(container.healthCheck?.type.unknownReason == "there is no Dockerfile")
    #expect(container.settings.map { "\($0.name)=\($0.value.shown)" } == ["build.tags=x:project"])
    #expect(result.notices.isEmpty)
  }

  @Test(arguments: [
    ("build: https://github.com/a/b.git#main", "the build context is remote", [String]()),
    (
      "build: ../x", "the build context lies outside the scanned folder",
      ["outside-root compose.yaml:4"]
    ),
    ("build: ${DIR}", "variable DIR is not set", ["unset-variable compose.yaml:4"]),
  ])
  func knowsContextsThatCannotBeRead(_ text: String, _ reason: String, _ notices: [String]) throws {
    let (_, container, result) = try Self.service(text)
    #expect(container.build?.context.unknownReason == reason)
    #expect(result.noticeLines == notices)
  }

  @Test
  func joinsTheLastStage() throws {
    let builds = StubBuilds { request in
      var stage = BuildStage(
        index: 0,
        name: "",
        isFinal: true,
        base: .known(ImageReference("alpine")),
        origin: request.origin
      )
      stage.user = .known("app")
      stage.command = .known(["run"])
      stage.entrypoint = .known(["/entry"])
      stage.workingDirectory = .known("/app")
      stage.variables = [
        Variable(name: "A", value: .known("image"), source: .dockerfile, origin: .none),
        Variable(name: "B", value: .known("image"), source: .dockerfile, origin: .none),
      ]
      var port = Port(origin: .none)
      (port.container, port.containerEnd) = (.known(80), .known(80))
      var other = port
      (other.container, other.containerEnd) = (.known(90), .known(90))
      stage.ports = [port, other]
      var check = HealthCheck(type: .known("command"), origin: .none)
      check.command = .known(["probe"])
      check.interval = .known(7)
      stage.healthCheck = check
      return stage
    }
    let (_, container, _) = try Self.service(
      "build: .\nenvironment: {A: own}\nports: ['8080:80']\nhealthcheck: {timeout: 3s}",
      builds: builds
    )
    #expect(container.user.shown == "app")
    #expect(container.command.shown == #"["run"]"#)
    #expect(container.entrypoint.shown == #"["/entry"]"#)
    #expect(container.workingDirectory.shown == "/app")
    #expect(Self.show(container, "variables") == "A=own B=image")
    #expect(Self.show(container, "ports") == "8080>80 90")
    #expect(container.healthCheck?.command.shown == #"["probe"]"#)
    #expect(container.healthCheck?.interval.shown == "7.0")
    #expect(container.healthCheck?.timeout.shown == "3.0")

    let (_, own, _) = try Self.service("build: .\nentrypoint: /own\nuser: root", builds: builds)
    #expect(own.command.shown == "-")
    #expect(own.entrypoint.shown == #"["/own"]"#)
    #expect(own.user.shown == "root")
    #expect(own.healthCheck?.command.shown == #"["probe"]"#)
  }

  @Test
  func readsFilesOfTheFirstVersion() throws {
    let result = try scan([
      "docker-compose.yml": """
      web:
        build: ./web
        dockerfile: Other
        links: [db]
        net: host
        volumes: [data:/data]
      db:
        image: postgres
      """
    ])
    #expect(result.workloads.map(\.name) == ["web", "db"])
    #expect(result.workload("web")?.container?.build?.dockerfile.shown == "web/Other")
    #expect(result.workload("web")?.networkMode.shown == "host")
    #expect(result.notices.filter { $0.kind == .unsupportedField }.isEmpty)
  }

  @Test
  func pointsAtEachElement() throws {
    let (workload, container, _) = try Self.service(
      "ports:\n  - '80:80'\n  - target: 90\nenvironment:\n  A: ${X}\n  B: 1\ncap_add: [A, B]",
      files: [".env": "# c\nX=1\n"]
    )
    #expect(workload.location.range.start == Place(line: 2, column: 3))
    #expect(container.ports.map(\.origin.shown) == ["compose.yaml:5:9", "compose.yaml:6:9"])
    #expect(container.ports[1].container.place == "compose.yaml:6:17")
    #expect(
      container.variables.map(\.value.place) == [
        "compose.yaml:8:10 <.env:2", "compose.yaml:9:10",
      ]
    )
    #expect(
      container.addedCapabilities.map(\.place) == ["compose.yaml:10:15", "compose.yaml:10:18"]
    )
  }
}
