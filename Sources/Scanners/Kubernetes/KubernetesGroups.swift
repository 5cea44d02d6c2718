/// API groups by who owns them.
enum KubernetesGroups {
  /// Whether Kubernetes itself has the group.
  static func isBuiltIn(_ group: String) -> Bool {
    builtIn.contains(group)
  }

  private static let builtIn: Set<String> = [
    "", "admission.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io",
    "apiregistration.k8s.io", "apps", "auditregistration.k8s.io", "authentication.k8s.io",
    "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io", "coordination.k8s.io",
    "discovery.k8s.io", "events.k8s.io", "extensions", "flowcontrol.apiserver.k8s.io",
    "imagepolicy.k8s.io", "internal.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io",
    "policy", "rbac.authorization.k8s.io", "resource.k8s.io", "scheduling.k8s.io",
    "settings.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
  ]

  /// The group that an object belongs to: for Kubernetes' own kinds one that has them.
  ///
  /// Manifests with the wrong group circulate (`apps/v1` for a Job); nothing is won by passing
  /// over them.
  static func group(of kind: String, stated group: String) -> String {
    guard let groups = groupsOfKinds[kind], isBuiltIn(group), !groups.contains(group) else {
      return group
    }
    return groups[0]
  }

  private static let groupsOfKinds: [String: [String]] = {
    var table: [String: [String]] = [
      "Deployment": ["apps", "extensions"], "ReplicaSet": ["apps", "extensions"],
      "DaemonSet": ["apps", "extensions"], "StatefulSet": ["apps"],
      "Job": ["batch", "extensions"], "CronJob": ["batch"],
      "HorizontalPodAutoscaler": ["autoscaling", "extensions"],
      "Ingress": ["networking.k8s.io", "extensions"],
      "NetworkPolicy": ["networking.k8s.io", "extensions"],
      "PodDisruptionBudget": ["policy"],
      "StorageClass": ["storage.k8s.io"],
    ]
    for kind in ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"] {
      table[kind] = ["rbac.authorization.k8s.io"]
    }
    for kind in [
      "Pod", "ReplicationController", "PodTemplate", "Service", "ServiceAccount", "ConfigMap",
      "Secret", "PersistentVolumeClaim", "PersistentVolume", "Namespace", "LimitRange",
      "ResourceQuota",
    ] {
      table[kind] = [""]
    }
    return table
  }()

  /// The program whose file it is, for objects that never reach a cluster.
  static func tool(of object: ManifestObject) -> String? {
    if object.group == "", object.kind == "Config" { return "kubectl" }
    if let tool = tools[object.group] { return tool }
    if object.group.hasSuffix(".config.k8s.io") || object.group.hasPrefix("kubeadm.") {
      return "the cluster's own programs"
    }
    return nil
  }

  private static let tools = [
    "skaffold": "Skaffold", "kind.x-k8s.io": "kind", "audit.k8s.io": "the API server",
    "apiserver.config.k8s.io": "the API server", "apiserver.k8s.io": "the API server",
    "kubescheduler.config.k8s.io": "the scheduler", "kubelet.config.k8s.io": "the kubelet",
    "kubeproxy.config.k8s.io": "kube-proxy", "eksctl.io": "eksctl", "k3d.io": "k3d",
    "ctlptl.dev": "ctlptl", "backstage.io": "Backstage", "kuttl.dev": "KUTTL",
    "kompose.io": "Kompose", "cli.kyverno.io": "Kyverno's command line",
    "chainsaw.kyverno.io": "Chainsaw", "devspace.sh": "DevSpace", "garden.io": "Garden",
    "client.authentication.k8s.io": "kubectl", "config.kubernetes.io": "kustomize",
    "builtin": "kustomize", "abac.authorization.kubernetes.io": "the API server",
  ]
}
