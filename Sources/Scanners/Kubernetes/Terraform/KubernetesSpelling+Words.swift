/// Where the provider's words are not Kubernetes' words in another case.
extension KubernetesSpelling {
  /// Types without their version and what they make.
  static let kinds: [String: (version: String, name: String)] = [
    "deployment": ("apps/v1", "Deployment"), "stateful_set": ("apps/v1", "StatefulSet"),
    "daemonset": ("apps/v1", "DaemonSet"), "daemon_set": ("apps/v1", "DaemonSet"),
    "job": ("batch/v1", "Job"), "cron_job": ("batch/v1", "CronJob"), "pod": ("v1", "Pod"),
    "replication_controller": ("v1", "ReplicationController"), "service": ("v1", "Service"),
    "ingress": ("networking.k8s.io/v1", "Ingress"),
    "ingress_class": ("networking.k8s.io/v1", "IngressClass"),
    "network_policy": ("networking.k8s.io/v1", "NetworkPolicy"),
    "config_map": ("v1", "ConfigMap"), "secret": ("v1", "Secret"),
    "service_account": ("v1", "ServiceAccount"),
    "default_service_account": ("v1", "ServiceAccount"), "namespace": ("v1", "Namespace"),
    "horizontal_pod_autoscaler": ("autoscaling/v1", "HorizontalPodAutoscaler"),
    "pod_disruption_budget": ("policy/v1", "PodDisruptionBudget"),
    "persistent_volume": ("v1", "PersistentVolume"),
    "persistent_volume_claim": ("v1", "PersistentVolumeClaim"),
    "storage_class": ("storage.k8s.io/v1", "StorageClass"),
    "role": ("rbac.authorization.k8s.io/v1", "Role"),
    "cluster_role": ("rbac.authorization.k8s.io/v1", "ClusterRole"),
    "role_binding": ("rbac.authorization.k8s.io/v1", "RoleBinding"),
    "cluster_role_binding": ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
    "limit_range": ("v1", "LimitRange"), "resource_quota": ("v1", "ResourceQuota"),
    "endpoints": ("v1", "Endpoints"), "priority_class": ("scheduling.k8s.io/v1", "PriorityClass"),
    "csi_driver": ("storage.k8s.io/v1", "CSIDriver"),
    "api_service": ("apiregistration.k8s.io/v1", "APIService"),
    "endpoint_slice": ("discovery.k8s.io/v1", "EndpointSlice"),
    "runtime_class": ("node.k8s.io/v1", "RuntimeClass"),
    "mutating_webhook_configuration": (
      "admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration"
    ),
    "validating_webhook_configuration": (
      "admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"
    ),
  ]

  /// What Terraform waits for, and its own name of the resource.
  static let ownWords: Set<String> = [
    "id", "timeouts", "wait_for_rollout", "wait_for_completion", "wait_for_load_balancer",
    "wait_until_bound", "wait_for_default_service_account", "wait_for_service_account_token",
    "default_secret_name", "status",
  ]

  /// Mappings from the user's own names.
  static let maps: Set<String> = [
    "labels", "annotations", "match_labels", "node_selector", "data", "binary_data", "limits",
    "requests", "capacity", "hard", "default", "default_request", "max", "min",
    "max_limit_request_ratio", "parameters", "volume_attributes", "overhead",
  ]

  static let zeroMeansUnset: Set<String> = [
    "host_port", "node_port", "active_deadline_seconds", "health_check_node_port",
  ]

  /// Names besides those that only change case; some only below a certain block.
  static let names: [String: String] = [
    "host_ipc": "hostIPC", "host_pid": "hostPID", "host_ip": "hostIP",
    "cluster_ip": "clusterIP", "cluster_ips": "clusterIPs", "external_ips": "externalIPs",
    "load_balancer_ip": "loadBalancerIP", "non_resource_urls": "nonResourceURLs",
    "target_cpu_utilization_percentage": "targetCPUUtilizationPercentage",
    "volume_id": "volumeID", "data_disk_uri": "diskURI", "pd_id": "pdID",
    "run_as_username": "runAsUserName", "target_ww_ns": "targetWWNs",
    "set_hostname_as_fqdn": "setHostnameAsFQDN", "storage_provisioner": "provisioner",
    // The provider encodes what stands in `data`.
    "secret.data": "stringData", "secret.binary_data": "data",
    "daemonset/strategy": "updateStrategy", "daemon_set/strategy": "updateStrategy",
  ]

  /// Blocks that may repeat.
  static let plurals: [String: String] = [
    "container": "containers", "init_container": "initContainers", "volume": "volumes",
    "port": "ports", "ports": "ports", "env": "env", "env_from": "envFrom",
    "volume_mount": "volumeMounts", "volume_device": "volumeDevices",
    "image_pull_secrets": "imagePullSecrets", "image_pull_secret": "imagePullSecrets",
    "toleration": "tolerations", "host_aliases": "hostAliases",
    "topology_spread_constraint": "topologySpreadConstraints",
    "readiness_gate": "readinessGates", "option": "options", "sysctl": "sysctls",
    "http_header": "httpHeaders", "items": "items", "sources": "sources",
    "volume_claim_template": "volumeClaimTemplates", "match_expressions": "matchExpressions",
    "match_expression": "matchExpressions", "match_fields": "matchFields",
    "node_selector_term": "nodeSelectorTerms",
    "preferred_during_scheduling_ignored_during_execution":
      "preferredDuringSchedulingIgnoredDuringExecution",
    "required_during_scheduling_ignored_during_execution":
      "requiredDuringSchedulingIgnoredDuringExecution",
    "rule": "rules", "path": "paths", "tls": "tls", "subject": "subjects", "metric": "metrics",
    "policy": "policies", "spec.ingress": "ingress", "spec.egress": "egress", "from": "from",
    "to": "to", "limit": "limits", "cluster_role_selectors": "clusterRoleSelectors",
    "allowed_topologies": "allowedTopologies",
    "match_label_expressions": "matchLabelExpressions", "service_account.secret": "secrets",
    "default_service_account.secret": "secrets", "subset": "subsets", "address": "addresses",
    "on_pod_condition": "onPodConditions", "owner_reference": "ownerReferences",
  ]

  /// Blocks that repeat elsewhere and not below these.
  static let singles: Set<String> = [
    "node_affinity.required_during_scheduling_ignored_during_execution",
    "ephemeral.volume_claim_template", "service.port",
  ]
}
