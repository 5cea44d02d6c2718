import DocumentTrees
import Scanners
import Testing
import Workloads

/// Fields of pods and containers.
struct KubernetesPodTests {
  private func container(
    pod: String = "",
    _ container: String,
    metadata: String = ""
  ) async throws
    -> Container
  {
    let result = await kubernetes(deployment(pod: pod, container: container, metadata: metadata))
    return try #require(result.workload("web")?.container)
  }

  private func workload(_ pod: String, container: String = "") async throws -> Workload {
    let result = await kubernetes(deployment(pod: pod, container: container))
    return try #require(result.workload("web"))
  }

  // MARK: Who it runs as

  struct UserCase: Sendable, CustomTestStringConvertible {
    var pod: String
    var container: String
    var user: String
    var mustRunAsNonRoot: String
    var testDescription: String { "\(pod) / \(container)" }
  }

  @Test(arguments: [
    UserCase(pod: "", container: "", user: "-", mustRunAsNonRoot: "-"),
    UserCase(pod: "runAsUser: 0", container: "", user: "0", mustRunAsNonRoot: "-"),
    UserCase(pod: "runAsUser: 0", container: "runAsUser: 7", user: "7", mustRunAsNonRoot: "-"),
    UserCase(
      pod: "{runAsUser: 5, runAsGroup: 6}",
      container: "runAsGroup: 9",
      user: "5:9",
      mustRunAsNonRoot: "-"
    ),
    UserCase(pod: "runAsNonRoot: true", container: "", user: "-", mustRunAsNonRoot: "true"),
    UserCase(
      pod: "runAsNonRoot: true",
      container: "runAsNonRoot: false",
      user: "-",
      mustRunAsNonRoot: "false"
    ),
    UserCase(
      pod: "runAsNonRoot: true",
      container: "runAsUser: 0",
      user: "0",
      mustRunAsNonRoot: "true"
    ),
  ])
  func inheritsUsers(_ given: UserCase) async throws {
    func context(_ text: String) -> String {
      text.isEmpty ? "" : "securityContext: " + (text.hasPrefix("{") ? text : "{\(text)}")
    }
    let found = try await container(pod: context(given.pod), context(given.container))
    #expect(found.user.shown == given.user)
    #expect(found.mustRunAsNonRoot.shown == given.mustRunAsNonRoot)
  }

  @Test func readsSecurity() async throws {
    let found = try await container(
      pod: """
        securityContext:
          seccompProfile: {type: RuntimeDefault}
          fsGroup: 2000
          supplementalGroups: [3000]
          sysctls: [{name: net.core.somaxconn, value: "1024"}]
        """,
      """
      securityContext:
        privileged: true
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        procMount: Unmasked
        capabilities: {add: [NET_ADMIN, SYS_TIME], drop: [ALL]}
        seccompProfile: {type: Localhost, localhostProfile: audit.json}
        seLinuxOptions: {level: "s0:c1"}
      """,
      metadata: """
        annotations:
          container.apparmor.security.beta.kubernetes.io/web: unconfined
        """
    )
    #expect(found.privileged.known == true)
    #expect(found.allowPrivilegeEscalation.known == false)
    #expect(found.readOnlyRootFilesystem.known == true)
    #expect(found.addedCapabilities.map(\.shown) == ["NET_ADMIN", "SYS_TIME"])
    #expect(found.droppedCapabilities.map(\.shown) == ["ALL"])
    #expect(
      found.securityOptions.map(\.shown) == [
        "procMount=Unmasked", "seccomp=localhost/audit.json", "apparmor=unconfined",
        "seLinuxOptions.level=s0:c1",
      ]
    )
    #expect(found.groups.map(\.shown) == ["3000", "2000"])
    #expect(found.sysctls.map { "\($0.name)=\($0.value.shown)" } == ["net.core.somaxconn=1024"])
  }

  @Test func takesTheRuntimesOwnProfileForNoOption() async throws {
    let found = try await container(
      "securityContext: {seccompProfile: {type: RuntimeDefault}}"
    )
    #expect(found.securityOptions.isEmpty)
    #expect(found.settings.map(\.name) == ["securityContext.seccompProfile"])
  }

  // MARK: The pod

  @Test func readsThePod() async throws {
    let found = try await workload(
      """
      hostNetwork: true
      hostIPC: true
      shareProcessNamespace: true
      hostname: h
      subdomain: s
      dnsPolicy: None
      dnsConfig: {nameservers: [1.1.1.1], options: [{name: ndots, value: "2"}, {name: edns0}]}
      hostAliases: [{ip: 10.0.0.9, hostnames: [db, cache]}]
      nodeSelector: {kubernetes.io/arch: arm64, disk: ssd}
      tolerations:
      - {key: gpu, operator: Exists, effect: NoSchedule}
      - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute}
      runtimeClassName: gvisor
      serviceAccountName: web
      automountServiceAccountToken: false
      imagePullSecrets: [{name: registry}]
      terminationGracePeriodSeconds: 300
      priorityClassName: high
      """
    )
    #expect(found.networkMode.shown == "host")
    #expect(found.ipcMode.shown == "host")
    #expect(found.pidMode.shown == "task")
    #expect(found.hostname.shown == "h")
    #expect(found.domainName.shown == "s")
    #expect(found.dnsSettings.map(\.shown) == ["dnsPolicy None", "1.1.1.1", "ndots:2", "edns0"])
    #expect(found.extraHosts.map(\.shown) == ["db:10.0.0.9", "cache:10.0.0.9"])
    #expect(found.architecture.shown == "arm64")
    #expect(found.placement.map(\.shown) == ["disk=ssd", "toleration gpu:NoSchedule"])
    #expect(found.container?.platform.shown == "linux/arm64")
    #expect(found.container?.runtime.shown == "gvisor")
    #expect(found.serviceAccount.shown == "web")
    #expect(found.automountsToken.known == false)
    #expect(found.imagePullSecrets.map(\.shown) == ["registry"])
    #expect(found.stopGracePeriod.known == 300)
    #expect(found.settings.contains { $0.name == "priorityClassName" && $0.value.shown == "high" })
  }

  @Test(arguments: [
    ("In, values: [arm64]", "arm64"), ("In, values: [arm64, amd64]", "-"),
    ("NotIn, values: [x]", "-"),
  ])
  func takesAnAffinityForAnArchitectureIfItLeavesOne(
    _ expression: String,
    _ expected: String
  )
    async throws
  {
    let found = try await workload(
      """
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions:
              - {key: kubernetes.io/arch, operator: \(expression)}
              - {key: zone, operator: In, values: [a, b]}
        podAntiAffinity: {}
      """
    )
    #expect(found.architecture.shown == expected)
    #expect(found.placement.map(\.shown) == ["nodeAffinity zone In a,b"])
  }

  // MARK: Containers

  @Test func tellsContainersApart() async throws {
    let found = try await workload(
      """
      initContainers:
      - {name: migrate, image: m}
      - {name: proxy, image: p, restartPolicy: Always}
      ephemeralContainers: [{name: debug, image: d}]
      """
    )
    #expect(
      found.containers.map { "\($0.name) \($0.role.rawValue)" } == [
        "migrate init", "proxy sidecar", "web main", "debug ephemeral",
      ]
    )
  }

  @Test func readsPorts() async throws {
    let found = try await container(
      """
      ports:
      - {name: http, containerPort: 8080}
      - {containerPort: 53, protocol: UDP, hostPort: 5353, hostIP: 127.0.0.1}
      """
    )
    #expect(found.ports.map(\.container.shown) == ["8080", "53"])
    #expect(found.ports.map(\.transport.shown) == ["tcp", "udp"])
    #expect(found.ports.map(\.published.shown) == ["-", "5353"])
    #expect(found.ports.map(\.isPublished) == [false, true])
    #expect(found.ports.map(\.mode.shown) == ["-", "host"])
    #expect(found.ports[1].hostAddress.shown == "127.0.0.1")
  }

  @Test func readsProbes() async throws {
    let found = try await container(
      """
      startupProbe: {grpc: {port: 9000}, failureThreshold: 30}
      readinessProbe: {httpGet: {path: /ready, port: http}, timeoutSeconds: 2}
      livenessProbe:
        exec: {command: [cat, /tmp/ok]}
        periodSeconds: 5
        initialDelaySeconds: 7
      """
    )
    #expect(found.probes.map(\.purpose) == ["liveness", "readiness", "startup"])
    #expect(found.probes.map(\.type.shown) == ["command", "http", "grpc"])
    #expect(found.probes[1].path.shown == "/ready")
    #expect(found.probes[1].port.shown == "http")
    #expect(found.probes[2].retries.known == 30)
    #expect(found.healthCheck?.command.known == ["cat", "/tmp/ok"])
    #expect(found.healthCheck?.interval.known == 5)
    #expect(found.healthCheck?.startPeriod.known == 7)
  }

  @Test func takesReadinessForTheHealthCheckIfThereIsNoOther() async throws {
    let found = try await container(
      """
      readinessProbe: {tcpSocket: {port: 1}}
      startupProbe: {tcpSocket: {port: 2}}
      """
    )
    #expect(found.healthCheck?.purpose == "readiness")
  }

  @Test func readsHooks() async throws {
    let found = try await container(
      """
      lifecycle:
        preStop: {exec: {command: [sleep, "20"]}}
        postStart: {sleep: {seconds: 3}}
      """
    )
    #expect(found.lifecycleCommands.map(\.known) == [["sleep", "20"]])
    #expect(found.settings.contains { $0.name == "lifecycle.postStart.sleep.seconds" })
  }

  // MARK: Resources

  @Test(arguments: [
    ("1", 1.0), ("500m", 0.5), ("0.25", 0.25), ("1e3", 1000), ("2E2", 200),
    ("1.5Gi", 1_610_612_736),
    ("64Mi", 67_108_864), ("1Ki", 1024), ("5k", 5000), ("3M", 3e6), ("2G", 2e9), ("1T", 1e12),
    ("1E", 1e18), ("10u", 0.00001), ("-1", -1),
  ])
  func readsQuantities(_ text: String, _ expected: Double) async throws {
    let found = try await container("resources: {limits: {cpu: \"\(text)\"}}")
    let value = try #require(found.resources.cpuLimit.known)
    #expect(abs(value - expected) <= abs(expected) * 1e-12)
  }

  @Test(arguments: ["", "x", "1Kb", "1 Gi", "1.2.3", "m", "1e999", "1ki"])
  func refusesWhatIsNoQuantity(_ text: String) async throws {
    let found = try await container("resources: {limits: {cpu: \"\(text)\"}}")
    #expect(found.resources.cpuLimit.unknownReason == "it is no quantity")
  }

  @Test func takesLimitsForRequests() async throws {
    let found = try await container(
      """
      resources:
        limits: {cpu: 2, memory: 1Gi, ephemeral-storage: 2Gi, nvidia.com/gpu: 1, squat.ai/tun: 1}
        requests: {cpu: 250m}
      """
    )
    #expect(found.resources.cpuRequest.known == 0.25)
    #expect(found.resources.cpuLimit.known == 2)
    #expect(found.resources.memoryRequest.known == 1_073_741_824)
    #expect(found.resources.memoryLimit.known == 1_073_741_824)
    #expect(found.resources.ephemeralStorage.known == 2_147_483_648)
    #expect(found.gpu.known == true)
    #expect(found.devices.map(\.shown) == ["squat.ai/tun"])
  }

  @Test func fillsInWhatALimitRangeSays() async throws {
    let range = """
      apiVersion: v1
      kind: LimitRange
      metadata: {name: defaults}
      spec:
        limits:
        - {type: Pod, default: {cpu: "9"}}
        - type: Container
          default: {cpu: "1", memory: 512Mi}
          defaultRequest: {cpu: 100m}
      """
    let result = await kubernetes([
      "a/app.yaml": deployment(container: "resources: {requests: {cpu: 200m}}"),
      "a/range.yaml": range, "b/app.yaml": deployment(),
    ])
    let first = try #require(result.workloads.first { $0.location.file == "a/app.yaml" }?.container)
    #expect(first.resources.cpuRequest.known == 0.2)
    #expect(first.resources.cpuLimit.known == 1)
    #expect(first.resources.memoryRequest.known == 536_870_912)
    #expect(first.resources.cpuLimit.place == "a/range.yaml:8:20 <a/app.yaml:4")
  }

  // MARK: Fields that do not exist

  @Test func namesFieldsThatDoNotExist() async throws {
    let result = await kubernetes(
      deployment(
        pod: "hostnames: [a]\nsecurityContext: {privileged: true}",
        container: "securityContext: {runAsRoot: true}\nmemory: 1Gi"
      )
    )
    #expect(
      Set(result.notices.map(\.message)) == [
        "A pod has no field hostnames; it was not assessed.",
        "A pod's securityContext has no field privileged; it was not assessed.",
        "A container's securityContext has no field runAsRoot; it was not assessed.",
        "A container has no field memory; it was not assessed.",
      ]
    )
  }
}
