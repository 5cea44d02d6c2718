/// What other tools' checks are called here.
enum LabelSets {
  static let all =
    checkovKubernetes + checkovDockerfile + checkovTerraform + checkovCloudFormation + checkovARM
    + cfnNag + kubeLinter + polaris + regolibrary + kics

  static let workloads: Set = [
    "Pod", "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "ReplicationController", "Job",
    "CronJob",
  ]

  private static let checkovKubernetes: [LabelSet] = [
    .init(.checkovKubernetes, "example_AllowedCapabilities", "host/cap-add"),
    .init(.checkovKubernetes, "example_AllowedCapabilitiesSysAdmin", "host/cap-add"),
    .init(.checkovKubernetes, "example_DefaultServiceAccount", "iam/k8s-default-service-account"),
    .init(
      .checkovKubernetes,
      "example_DockerSocketVolume",
      "host/docker-socket",
      .documents(kinds: workloads, failing: ["cloudwatch-agent", "weave-scope-agent"])
    ),
    .init(.checkovKubernetes, "example_HostPort", "host/host-port"),
    .init(.checkovKubernetes, "example_RootContainers", "host/run-as-root"),
    .init(.checkovKubernetes, "example_ServiceAccountTokens", "iam/k8s-default-service-account"),
    .init(
      .checkovKubernetes,
      "example_RbacBindRoleBindings",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]
    ),
    .init(
      .checkovKubernetes,
      "example_RbacControlWebhooks",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]
    ),
    .init(
      .checkovKubernetes,
      "example_RbacEscalateRoles",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]
    ),
    .init(
      .checkovKubernetes,
      "example_RbacApproveCertificateSigningRequests",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]
    ),
  ]

  private static let checkovDockerfile: [LabelSet] = [
    .init(.checkovDockerfile, "example_HealthcheckExists", "image/no-healthcheck"),
    .init(.checkovDockerfile, "example_UpdateNotAlone", "image/update-alone"),
    .init(.checkovDockerfile, "example_UserExists", "host/run-as-root"),
    .init(.checkovDockerfile, "RunUsingSudo", "host/allow-privilege-escalation"),
    .init(.checkovDockerfile, "RunUnsafeCurl", "image/remote-add"),
    .init(.checkovDockerfile, "RunUnsafeWget", "image/remote-add"),
    .init(.checkovDockerfile, "RunApkAllowUntrusted", "image/remote-add"),
    .init(.checkovDockerfile, "RunAptGetAllowUnauthenticated", "image/remote-add"),
    .init(.checkovDockerfile, "RunPipTrustedHost", "image/remote-add"),
    .init(.checkovDockerfile, "RunRpmNoSignature", "image/remote-add"),
    .init(.checkovDockerfile, "EnvNpmConfigStrictSsl", "image/remote-add"),
    .init(.checkovDockerfile, "RunChpasswd", "secrets/dockerfile"),
  ]

  private static let checkovTerraform: [LabelSet] = [
    .init(
      .checkovTerraform,
      "example_CloudWatchLogGroupRetention",
      "logs/retention-missing",
      .blocks()
    ),
    .init(
      .checkovTerraform,
      "example_ECRPolicy",
      "image/registry-public",
      .blocks(
        passing: ["private", "empty", "conditional_ok"],
        failing: ["public", "conditional_bad"]
      )
    ),
    .init(.checkovTerraform, "example_ECSClusterLoggingEnabled", "logs/exec-audit", .blocks()),
    .init(
      .checkovTerraform,
      "example_EFSEncryptionEnabled",
      "state/efs-not-encrypted",
      .blocks(passing: ["enabled"], failing: ["default", "disabled"])
    ),
    .init(
      .checkovTerraform,
      "example_RDSEncryption",
      "state/database-not-encrypted",
      .blocks(passing: ["enabled"], failing: ["default", "disabled"])
    ),
    .init(.checkovTerraform, "example_ECSContainerHostProcess", "host/pid-host", .blocks()),
    .init(.checkovTerraform, "example_ECSContainerPrivilege", "host/privileged", .blocks()),
    .init(.checkovTerraform, "example_ECSServiceFargateLatest", "cost/platform-version", .blocks()),
    .init(.checkovTerraform, "example_ECSServicePublicIP", "net/assign-public-ip", .blocks()),
    .init(.checkovTerraform, "example_IAMAdminPolicyDocument", "iam/action-wildcard", .blocks()),
    .init(
      .checkovTerraform,
      "example_IAMManagedAdminPolicy",
      "iam/managed-admin-policy",
      .blocks()
    ),
    .init(
      .checkovTerraform,
      "example_IAMPrivilegeEscalation",
      "iam/privilege-escalation",
      .blocks(passing: ["passing"], failing: ["privilege_escalation"])
    ),
    .init(
      .checkovTerraform,
      "example_IAMRoleAllowAssumeFromAccount",
      "iam/trust-broad-or-unconditioned",
      .blocks()
    ),
    .init(
      .checkovTerraform,
      "example_IAMWriteAccess",
      "iam/resource-wildcard",
      .blocks(passing: ["restrictable", "unrestrictable"])
    ),
    .init(
      .checkovTerraform,
      "IAMPolicyNotAllowFullIAMAccess",
      ["iam/action-wildcard", "iam/service-wildcard", "iam/permissions-management"],
      .blocks(passing: ["pass", "policy_pass"], failing: ["fail", "policy_", "full_admin"])
    ),
    .init(
      .checkovTerraform,
      "example_ACRAdminAccountDisabled",
      "iam/azure-registry-admin",
      .blocks(passing: ["ckv_unittest_pass"], failing: ["ckv_unittest_fail"])
    ),
    .init(
      .checkovTerraform,
      "example_KeyVaultDisablesPublicNetworkAccess",
      "secrets/keyvault-hardening",
      .blocks()
    ),
    .init(
      .checkovTerraform,
      "AppLoadBalancerTLS12",
      ["net/http-listener", "net/weak-tls-policy"],
      .blocks(
        passing: [
          "http_redirect", "tcp", "udp", "tcp_udp", "tls_1_3", "tls_fs_1_2", "https_fs_1_2",
          "gateway_listener",
        ],
        failing: [
          "http", "https_2016", "tls_fs_1_1", "cognito", "wrong_redirect", "not_gateway_listener",
        ]
      )
    ),
  ]

  private static let checkovCloudFormation: [LabelSet] = [
    .init(.checkovCloudFormation, "example_ALBListener", "net/http-listener"),
    .init(
      .checkovCloudFormation,
      "ALBRedirectHTTPtoHTTPS",
      "net/http-listener",
      .resources(
        passing: ["ListenerHTTPSPASSED", "ListenerHTTPPASSED", "ListenerTCP", "ListenerUDP"],
        failing: ["ListenerHTTPFAILED"]
      )
    ),
    .init(.checkovCloudFormation, "example_CloudWatchLogGroupRetention", "logs/retention-missing"),
    .init(
      .checkovCloudFormation,
      "example_ECSTaskDefinitionEFSVolumeEncryption",
      "state/efs-no-transit-encryption"
    ),
    .init(.checkovCloudFormation, "example_IAMRoleAllowsPublicAssume", "iam/trust-any-principal"),
    .init(
      .checkovCloudFormation,
      "example_IAMRoleAllowAssumeFromAccount",
      "iam/trust-broad-or-unconditioned"
    ),
    .init(
      .checkovCloudFormation,
      "example_SecurityGroupUnrestrictedIngress22",
      "net/sg-ingress-open"
    ),
    .init(
      .checkovCloudFormation,
      "example_AmazonMQBrokerPublicAccess",
      "net/managed-database-public"
    ),
    .init(.checkovCloudFormation, "example_RDSEncryption", "state/database-not-encrypted"),
    .init(.checkovCloudFormation, "example_AuroraEncryption", "state/database-not-encrypted"),
    .init(
      .checkovCloudFormation,
      "example_SecurityGroupRuleDescription",
      "net/sg-no-description"
    ),
    .init(
      .checkovCloudFormation,
      "Cloudsplaining_IAMPermissionsManagement",
      "iam/permissions-management"
    ),
    .init(
      .checkovCloudFormation,
      "Cloudsplaining_IAMCredentialsExposure",
      [
        "iam/credentials-exposure", "iam/permissions-management", "iam/data-exfiltration",
        "iam/resource-wildcard",
      ]
    ),
    .init(.checkovCloudFormation, "Cloudsplaining_IAMWriteAccess", "iam/resource-wildcard"),
    .init(
      .checkovCloudFormation,
      "Cloudsplaining_ManagedPolicy",
      ["iam/action-wildcard", "iam/permissions-management", "iam/resource-wildcard"]
    ),
  ]

  private static let checkovARM: [LabelSet] = [
    .init(.checkovARM, "example_ACRAdminAccountDisabled", "iam/azure-registry-admin"),
    .init(.checkovARM, "example_KeyvaultRecoveryEnabled", "secrets/keyvault-hardening"),
    .init(.checkovARM, "example_MySQLServerSSLEnforcementEnabled", "net/database-without-tls"),
    .init(.checkovARM, "example_SQLServerNoPublicAccess", "net/managed-database-public"),
  ]

  private static let cfnNag: [LabelSet] = cfnNagPassRole + cfnNagOthers

  private static let cfnNagPassRole: [LabelSet] =
    ["inline_policy", "managed_policy", "role"].flatMap { (kind: String) -> [LabelSet] in
      let path = "iam_passrole_resource_wildcard/iam_\(kind)_passrole_resource_wildcard"
      return [
        .cfnNag("\(path)_fail.yml", "iam/pass-role-wildcard"),
        .cfnNag("\(path)_pass.yml", "iam/pass-role-wildcard", isFailing: false),
      ]
    }

  private static let cfnNagOthers: [LabelSet] = [
    .init(.cfnNag, "security_group", "net/sg-no-description"),
    .cfnNag(
      "elasticloadbalancing_loadbalancer/two_load_balancers_with_no_logging.json",
      "logs/load-balancer-access"
    ),
    .cfnNag(
      "elasticache/replication_group_with_no_encryption.json",
      "state/database-not-encrypted"
    ),
    .cfnNag(
      "elasticache/replication_group_with_encryption.json",
      "state/database-not-encrypted",
      isFailing: false
    ),
    .cfnNag("security_group/ip6_security_groups_open_to_world.yml", "net/sg-ingress-open"),
    .cfnNag("security_group/ip6_security_group_egress_open_to_world.yml", "net/sg-egress-open"),
    .cfnNag("iam_policy/iam_policy_with_not_action.json", "iam/not-action-or-not-resource"),
    .cfnNag("iam_policy/iam_policy_with_not_resource.json", "iam/not-action-or-not-resource"),
    .cfnNag("iam_policy/iam_policy_with_wildcard_action.json", "iam/service-wildcard"),
    .cfnNag("iam_policy/iam_policy_with_wildcard_resource.json", "iam/resource-wildcard"),
    .cfnNag(
      "elasticloadbalacingv2_listener/listener_with_http_protocol.yml",
      "net/http-listener"
    ),
    .cfnNag(
      "elasticloadbalacingv2_listener/listener_with_pre_TLS_1_2_ssl_policy.yml",
      "net/weak-tls-policy"
    ),
    .cfnNag(
      "elasticloadbalacingv2_listener/listener_with_TLS_1_2_and_no_ssl_policy.yml",
      "net/weak-tls-policy"
    ),
    .cfnNag(
      "elasticloadbalacingv2_listener/listener_with_TLS_1_2_ssl_policy.yml",
      "net/weak-tls-policy",
      isFailing: false
    ),
  ]

  private static let kubeLinter: [LabelSet] = [
    .init(.kubeLinter, "docker-sock.yml", "host/docker-socket", firing()),
    .init(
      .kubeLinter,
      "sensitive-host-mounts.yml",
      ["host/sensitive-mount", "state/kubernetes-hostpath", "host/kernel-module"],
      firing()
    ),
    .init(
      .kubeLinter,
      "writable-host-mount.yml",
      ["host/sensitive-mount", "state/kubernetes-hostpath"],
      firing()
    ),
    .init(
      .kubeLinter,
      "cluster-admin-role-binding.yml",
      "iam/k8s-wildcard-role",
      .documents(kinds: ["ClusterRoleBinding"], failing: ["role-binding1"])
    ),
    .init(.kubeLinter, "host-ipc.yml", "host/ipc-host", firing()),
    .init(.kubeLinter, "host-network.yml", "host/network-host", firing()),
    .init(.kubeLinter, "host-pid.yml", "host/pid-host", firing()),
    .init(.kubeLinter, "latest-tag.yml", "image/latest-tag", firing()),
    .init(.kubeLinter, "minimum-three-replicas.yml", "cost/single-replica", firing()),
    .init(
      .kubeLinter,
      "job-ttl-seconds-after-finished.yaml",
      "cost/job-ttl",
      firing("bad-job", "bad-cronjob")
    ),
    .init(.kubeLinter, "no-liveness-probe.yml", "image/no-healthcheck", firing()),
    .init(.kubeLinter, "no-readiness-probe.yml", "image/no-healthcheck", firing()),
    .init(.kubeLinter, "no-read-only-root-fs.yml", "state/writable-root-filesystem", firing()),
    .init(.kubeLinter, "privileged-container.yml", "host/privileged", firing()),
    .init(.kubeLinter, "run-as-non-root.yml", "host/run-as-root", firing()),
    .init(.kubeLinter, "ssh-port.yml", "process/ssh-server", firing("app1", "app2")),
    .init(.kubeLinter, "unsafe-proc-mount.yml", "host/security-options", firing()),
    .init(.kubeLinter, "unsafe-sysctls.yml", "host/sysctls", firing()),
    .init(.kubeLinter, "unset-cpu-requirements.yml", "cost/no-requests", firing()),
    .init(.kubeLinter, "unset-memory-requirements.yml", "cost/no-requests", firing()),
    .init(.kubeLinter, "env-var-secret.yml", "secrets/plaintext-env", firing()),
    .init(
      .kubeLinter,
      "dnsconfig-options-ndots.yml",
      "config/hostname-or-dns-override",
      firing("app1", "app2", "app3")
    ),
    .init(.kubeLinter, "default-service-account.yml", "iam/k8s-default-service-account", firing()),
    .init(
      .kubeLinter,
      "access-to-secrets.yml",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"],
      .documents(kinds: ["Role"], failing: ["role1"])
    ),
  ]

  private static let polaris: [LabelSet] = [
    .init(.polaris, "automountServiceAccountToken", "iam/k8s-default-service-account"),
    .init(
      .polaris,
      "clusterrolePodExecAttach",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]
    ),
    .init(.polaris, "rolePodExecAttach", ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"]),
    .init(.polaris, "clusterrolebindingClusterAdmin", "iam/k8s-wildcard-role"),
    .init(.polaris, "rolebindingClusterAdminClusterRole", "iam/k8s-wildcard-role"),
    .init(.polaris, "rolebindingClusterAdminRole", "iam/k8s-wildcard-role"),
    .init(.polaris, "hpaMaxAvailability", "cost/no-max-replicas"),
    .init(.polaris, "cpuRequestsMissing", "cost/no-requests"),
    .init(.polaris, "memoryRequestsMissing", "cost/no-requests"),
    .init(.polaris, "memoryLimitsMissing", ["cost/no-limits", "cost/no-requests"]),
    .init(.polaris, "dangerousCapabilities", "host/cap-add"),
    .init(.polaris, "deploymentMissingReplicas", "cost/single-replica"),
    .init(.polaris, "hostIPCSet", "host/ipc-host"),
    .init(.polaris, "hostNetworkSet", "host/network-host"),
    .init(.polaris, "hostPIDSet", "host/pid-host"),
    .init(
      .polaris,
      "hostPathSet",
      ["state/kubernetes-hostpath", "host/sensitive-mount", "logs/log-path-volume"]
    ),
    .init(.polaris, "hostPortSet", "host/host-port"),
    .init(.polaris, "livenessProbeMissing", "image/no-healthcheck"),
    .init(.polaris, "readinessProbeMissing", "image/no-healthcheck"),
    .init(.polaris, "notReadOnlyRootFilesystem", "state/writable-root-filesystem"),
    .init(.polaris, "procMount", "host/security-options"),
    .init(.polaris, "runAsPrivileged", "host/privileged"),
    .init(.polaris, "runAsRootAllowed", "host/run-as-root"),
    .init(
      .polaris,
      "sensitiveContainerEnvVar",
      [
        "secrets/plaintext-env", "secrets/private-key", "secrets/provider-token",
        "iam/static-credentials", "secrets/weak-default",
      ]
    ),
    .init(.polaris, "tagNotSpecified", "image/latest-tag"),
    .init(.polaris, "tlsSettingsMissing", "net/ingress-without-tls"),
  ]

  private static let regolibrary: [LabelSet] = [
    .init(
      .regolibrary,
      "alert-any-hostpath",
      ["state/kubernetes-hostpath", "host/sensitive-mount", "logs/log-path-volume"],
      .folders
    ),
    .init(.regolibrary, "automount-service-account", "iam/k8s-default-service-account", .folders),
    .init(.regolibrary, "cluster-admin-role", "iam/k8s-wildcard-role", .folders),
    .init(
      .regolibrary,
      "rule-excessive-delete-rights-v1",
      ["iam/k8s-sensitive-verbs", "iam/k8s-wildcard-role"],
      .folders
    ),
    .init(.regolibrary, "container-hostPort", "host/host-port", .folders),
    .init(.regolibrary, "host-network-access", "host/network-host", .folders),
    .init(.regolibrary, "host-pid-ipc-privileges", ["host/pid-host", "host/ipc-host"], .folders),
    .init(.regolibrary, "host-pid-privileges", "host/pid-host", .folders),
    .init(
      .regolibrary,
      "immutable-container-filesystem",
      "state/writable-root-filesystem",
      .folders
    ),
    .init(.regolibrary, "ingress-no-tls", "net/ingress-without-tls", .folders),
    .init(.regolibrary, "insecure-capabilities", "host/cap-add", .folders),
    .init(
      .regolibrary,
      "rule-list-all-cluster-admins-v1",
      "iam/k8s-wildcard-role",
      .folders
    ),
    .init(.regolibrary, "exec-into-container-v1", "iam/k8s-sensitive-verbs", .folders),
    .init(
      .regolibrary,
      "rule-privileged-container",
      ["host/privileged", "host/cap-add"],
      .folders
    ),
    .init(.regolibrary, "set-sysctls-params", "host/sysctls", .folders),
    .init(
      .regolibrary,
      "workload-mounted-pvc",
      "state/persistent-volume-claim",
      .folders
    ),
    .init(.regolibrary, "workload-mounted-configmap", "config/configmap-volume", .folders),
  ]

  private static let kics: [LabelSet] = [
    .init(.kics, "docker_socket_mounted_in_container", "host/docker-socket"),
    .init(.kics, "memory_not_limited", ["cost/no-limits", "cost/no-requests"]),
  ]

  /// Workloads of kube-linter's own tests: `app`, `app1`, `app2` unless others are named.
  private static func firing(_ names: String...) -> LabelSet.Reading {
    .documents(kinds: workloads, failing: names.isEmpty ? ["app", "app1", "app2"] : Set(names))
  }
}

extension LabelSet {
  init(_ source: Source, _ path: String, _ rule: String, _ reading: Reading = .files) {
    self.init(source, path, [rule], reading)
  }

  init(_ source: Source, _ path: String, _ rules: Set<String>, _ reading: Reading = .files) {
    self.source = source
    self.path = path
    self.rules = rules
    self.reading = reading
  }
}

extension LabelSet {
  /// A template of cfn_nag as a whole, whose name does not say what it is.
  fileprivate static func cfnNag(
    _ path: String,
    _ rule: String,
    isFailing: Bool = true
  ) -> LabelSet {
    LabelSet(.cfnNag, path, rule, .file(isFailing: isFailing))
  }
}
