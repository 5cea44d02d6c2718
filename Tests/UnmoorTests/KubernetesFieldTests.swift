import RuleEngine
import Testing
import Unmoor

/// What the fields of a pod mean for each target, as the facts about the platforms say it.
struct KubernetesFieldTests {
  /// Effects on ECS, EKS and Container Apps: `b` blocks, `n` needs a change, `a` advisory, `-` none.
  struct Field: CustomTestStringConvertible {
    var name: String
    /// Fields of the pod, and of its container.
    var pod = ""
    var container = ""
    var rule: String
    var effects: String
    var testDescription: String { name }
  }

  private static func volume(
    _ name: String,
    _ body: String,
    _ rule: String,
    _ effects: String
  ) -> Field {
    Field(
      name: "volume \(name)",
      pod: "volumes: [{name: v, \(name): \(body)}]",
      container: "volumeMounts: [{name: v, mountPath: /data}]",
      rule: rule,
      effects: effects
    )
  }

  private static func security(_ text: String, _ rule: String, _ effects: String) -> Field {
    Field(name: text, container: "securityContext: {\(text)}", rule: rule, effects: effects)
  }

  private static func pod(_ text: String, _ rule: String, _ effects: String) -> Field {
    Field(name: text, pod: text, rule: rule, effects: effects)
  }

  private static let fields: [Field] = [
    pod("hostNetwork: true", "host/network-host", "bbb"),
    pod("hostPID: true", "host/pid-host", "bbb"),
    pod("hostIPC: true", "host/ipc-host", "bbb"),
    pod("shareProcessNamespace: true", "host/shared-process-namespace", "n-n"),
    pod("runtimeClassName: gvisor", "host/runtime-class", "nnn"),
    pod("nodeSelector: {disk: ssd}", "host/node-placement", "aaa"),
    pod("nodeName: n1", "host/node-placement", "aaa"),
    pod("tolerations: [{key: dedicated, operator: Exists}]", "host/node-placement", "aaa"),
    pod("nodeSelector: {kubernetes.io/arch: arm64}", "host/cpu-architecture", "nbb"),
    pod("os: {name: windows}", "host/windows-container", "nbb"),
    pod("hostAliases: [{ip: 10.0.0.1, hostnames: [db]}]", "config/extra-hosts", "nan"),
    pod("dnsPolicy: Default", "config/hostname-or-dns-override", "nan"),
    pod("dnsConfig: {searches: [corp]}", "config/hostname-or-dns-override", "nan"),
    pod("hostname: web-0", "config/hostname-or-dns-override", "naa"),
    pod("terminationGracePeriodSeconds: 600", "process/stop-timeout", "n--"),
    pod(
      "securityContext: {sysctls: [{name: net.core.somaxconn, value: \"1024\"}]}",
      "host/sysctls",
      "anb"
    ),
    pod("securityContext: {seccompProfile: {type: Unconfined}}", "host/security-options", "nna"),
    pod("securityContext: {seLinuxOptions: {type: spc_t}}", "host/security-options", "nna"),
    pod(
      "initContainers: [{name: i, image: \"e.com/i:1\", securityContext: {privileged: true}}]",
      "host/privileged",
      "bbb"
    ),
    pod(
      "ephemeralContainers: [{name: d, image: \"e.com/d:1\", securityContext: {privileged: true}}]",
      "host/privileged",
      "bbb"
    ),
    security("privileged: true", "host/privileged", "bbb"),
    security("capabilities: {add: [NET_ADMIN]}", "host/cap-add", "bbb"),
    security("capabilities: {add: [SYS_PTRACE]}", "host/cap-add", "-nb"),
    security("procMount: Unmasked", "host/security-options", "nna"),
    security(
      "appArmorProfile: {type: Localhost, localhostProfile: x}",
      "host/security-options",
      "nna"
    ),
    Field(
      name: "hostPort",
      container: "ports: [{containerPort: 80, hostPort: 8080}]",
      rule: "host/host-port",
      effects: "nbn"
    ),
    Field(
      name: "UDP",
      container: "ports: [{containerPort: 53, protocol: UDP}]",
      rule: "host/unsupported-protocol",
      effects: "aan"
    ),
    Field(
      name: "GPU",
      container: "resources: {limits: {nvidia.com/gpu: 1}}",
      rule: "host/gpu",
      effects: "bbn"
    ),
    Field(
      name: "device plugin",
      container: "resources: {limits: {xilinx.com/fpga: 1}}",
      rule: "host/devices",
      effects: "bbb"
    ),
    Field(
      name: "resource claim",
      pod: "resourceClaims: [{name: card, resourceClaimTemplateName: t}]",
      container: "resources: {claims: [{name: card}]}",
      rule: "host/devices",
      effects: "bbb"
    ),
    Field(
      name: "volumeDevices",
      pod: "volumes: [{name: v, persistentVolumeClaim: {claimName: c}}]",
      container: "volumeDevices: [{name: v, devicePath: /dev/xvda}]",
      rule: "host/devices",
      effects: "bbb"
    ),
    Field(
      name: "exec probe",
      container: "livenessProbe: {exec: {command: [ls]}}",
      rule: "image/exec-probe-unsupported",
      effects: "n-n"
    ),
    Field(
      name: "gRPC probe",
      container: "livenessProbe: {grpc: {port: 9000}}",
      rule: "image/exec-probe-unsupported",
      effects: "n-n"
    ),
    Field(
      name: "postStart",
      container: "lifecycle: {postStart: {exec: {command: [/register]}}}",
      rule: "process/lifecycle-hooks",
      effects: "n-n"
    ),
    Field(
      name: "preStop that waits",
      container: "lifecycle: {preStop: {exec: {command: [sleep, \"5\"]}}}",
      rule: "process/lifecycle-hooks",
      effects: "a-a"
    ),
    Field(
      name: "unmounted hostPath",
      pod: "volumes: [{name: v, hostPath: {path: /srv/shop}}]",
      rule: "state/unmounted-hostpath",
      effects: "-ba"
    ),
    Field(
      name: "unmounted disk",
      pod: "volumes: [{name: v, awsElasticBlockStore: {volumeID: vol-1}}]",
      rule: "state/block-volume",
      effects: "nbb"
    ),
    volume("hostPath", "{path: /data/shop}", "state/kubernetes-hostpath", "-bb"),
    volume("hostPath", "{path: /var/run/docker.sock}", "host/docker-socket", "bbb"),
    volume("hostPath", "{path: /proc}", "host/sensitive-mount", "bbb"),
    volume("nfs", "{server: files, path: /}", "state/network-volume", "nnn"),
    volume("cephfs", "{monitors: [m]}", "state/network-volume", "nnn"),
    volume("glusterfs", "{endpoints: e, path: p}", "state/network-volume", "nnn"),
    volume("azureFile", "{shareName: s, secretName: x}", "state/network-volume", "nnn"),
    volume("azureDisk", "{diskName: d, diskURI: u}", "state/block-volume", "nbb"),
    volume("gcePersistentDisk", "{pdName: p}", "state/block-volume", "nbb"),
    volume("iscsi", "{targetPortal: p, iqn: q, lun: 0}", "state/block-volume", "nbb"),
    volume("fc", "{targetWWNs: [\"5\"]}", "state/block-volume", "nbb"),
    volume("rbd", "{monitors: [m], image: i}", "state/block-volume", "nbb"),
    volume("cinder", "{volumeID: v}", "state/block-volume", "nbb"),
    volume("csi", "{driver: ebs.csi.aws.com}", "state/block-volume", "nbb"),
    volume("csi", "{driver: secrets-store.csi.k8s.io}", "host/csi-driver", "nnn"),
    volume("flexVolume", "{driver: example.com/disk}", "host/csi-driver", "nnn"),
    volume(
      "ephemeral",
      "{volumeClaimTemplate: {spec: {storageClassName: gp3}}}",
      "state/block-volume",
      "nbb"
    ),
    volume("persistentVolumeClaim", "{claimName: c}", "state/persistent-volume-claim", "nnn"),
    volume("configMap", "{name: c}", "config/configmap-volume", "n-n"),
  ]

  @Test(arguments: fields)
  func changesTheVerdict(_ field: Field) async throws {
    let found = try await Self.findings(pod: field.pod, container: field.container)
      .filter { $0.rule == field.rule }
    #expect(found.map(Self.effects) == [field.effects])
  }

  /// What serverless pods take as it is, and what only says who goes first or how long.
  @Test(arguments: [
    "hostUsers: false", "enableServiceLinks: false", "priorityClassName: high",
    "schedulerName: default-scheduler", "overhead: {cpu: 250m}", "activeDeadlineSeconds: 60",
    "terminationGracePeriodSeconds: 60", "readinessGates: [{conditionType: x}]",
    "setHostnameAsFQDN: false", "preemptionPolicy: Never", "dnsPolicy: ClusterFirst",
    "volumes: [{name: v, emptyDir: {}}]", "volumes: [{name: v, emptyDir: {medium: Memory}}]",
    "volumes: [{name: v, downwardAPI: {items: []}}]",
    "volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]",
    "affinity: {podAntiAffinity: {}}", "topologySpreadConstraints: []",
    "nodeSelector: {kubernetes.io/os: linux}",
  ])
  func takesTheRest(_ pod: String) async throws {
    let plain = Set(try await Self.findings(pod: "", container: "").map(\.rule))
    #expect(Set(try await Self.findings(pod: pod, container: "").map(\.rule)) == plain)
  }

  private static func findings(pod: String, container: String) async throws -> [Finding] {
    try await Shop.assess([
      "app.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            \(pod)
            containers:
            - name: web
              image: example.com/web:1
              \(container)
      """
    ]).findings
  }

  private static func effects(_ finding: Finding) -> String {
    ["ecs-fargate", "eks-fargate", "aca"].map { target in
      switch finding.targets.first(where: { $0.target == target })?.effect {
      case .blocks: "b"
      case .needsChange: "n"
      case .advisory: "a"
      default: "-"
      }
    }.joined()
  }
}
