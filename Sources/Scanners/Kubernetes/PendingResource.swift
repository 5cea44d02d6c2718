import Templates
import Workloads

/// A resource as read, with what it says of the workloads that it concerns.
struct PendingResource {
  /// How a resource names workloads.
  enum Concern {
    /// By labels of their pods.
    case pods(LabelSelector)
    /// By kind and name of a controller.
    case controller(kind: String, name: String)
    /// By the Services that lead to them.
    case services([String])
    /// By the service account that they run as; an open namespace is the resource's own.
    case accounts([Account])
    /// By a use that they state: a volume, a variable.
    case use(PodUse)
    /// Every workload of the namespace.
    case namespace
    case nothing
  }

  struct Account: Hashable {
    var namespace: String?
    var name: String
  }

  var resource: Resource
  let object: ManifestObject
  var concern: Concern
}

/// Reads objects that stand beside workloads.
struct ManifestResources {
  let index: ManifestIndex
  let notes: ManifestNotes
  var found: [PendingResource] = []

  mutating func add(
    _ resource: Resource,
    _ object: ManifestObject,
    _ relation: String = "",
    _ concern: PendingResource.Concern = .nothing
  ) {
    var resource = resource
    resource.relation = relation
    found.append(PendingResource(resource: resource, object: object, concern: concern))
  }

  /// Kinds of Kubernetes that are read for what they say of others, and need no resource.
  static let supporting: Set<String> = [
    "Namespace", "PersistentVolume", "StorageClass", "List",
  ]

  mutating func read(_ object: ManifestObject) {
    switch (object.group, object.kind) {
    case ("", "Service"): readService(object)
    case ("networking.k8s.io", "Ingress"), ("extensions", "Ingress"): readIngress(object)
    case ("gateway.networking.k8s.io", _): readGateway(object)
    case ("route.openshift.io", "Route"), ("", "Route"): readRoute(object)
    case ("networking.k8s.io", "NetworkPolicy"), ("extensions", "NetworkPolicy"),
      ("cilium.io", _), ("crd.projectcalico.org", _), ("projectcalico.org", _):
      readNetworkPolicy(object)
    case ("autoscaling", "HorizontalPodAutoscaler"): readAutoscaler(object)
    case ("policy", "PodDisruptionBudget"): readBudget(object)
    case ("", "ServiceAccount"): readAccount(object)
    case ("rbac.authorization.k8s.io", "Role"), ("rbac.authorization.k8s.io", "ClusterRole"),
      ("authorization.openshift.io", "Role"), ("authorization.openshift.io", "ClusterRole"):
      readRole(object)
    case ("rbac.authorization.k8s.io", "RoleBinding"),
      ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
      ("authorization.openshift.io", "RoleBinding"),
      ("authorization.openshift.io", "ClusterRoleBinding"):
      readBinding(object)
    case ("", "ConfigMap"): readConfigMap(object)
    case ("", "Secret"): readSecret(object)
    case ("", "PersistentVolumeClaim"):
      let claim = StorageClaims.resource(
        object,
        name: object.name,
        body: object.body,
        origin: object.origin,
        isTemplate: false,
        index
      )
      let use = PodUse(kind: "PersistentVolumeClaim", name: object.name)
      add(claim, object, "claim", .use(use))
    case ("", "LimitRange"), ("", "ResourceQuota"): readQuota(object)
    case ("keda.sh", _), ("http.keda.sh", _), ("eventing.keda.sh", _): readKEDA(object)
    case ("dapr.io", _): readDapr(object)
    case ("apiextensions.k8s.io", "CustomResourceDefinition"): readDefinition(object)
    default: readOther(object)
    }
  }

  // MARK: Other kinds

  private mutating func readDefinition(_ object: ManifestObject) {
    var resource = object.resource(CustomResource.kind)
    resource[CustomResource.apiVersion] = object.body["apiVersion"].settled
    resource[CustomResource.group] = object.spec["group"].settled
    resource[CustomResource.objectKind] = object.spec["names"]["kind"].settled
    add(resource, object, "definition")
  }

  private mutating func readOther(_ object: ManifestObject) {
    guard !KubernetesGroups.isBuiltIn(object.group) else {
      if Self.supporting.contains(object.kind) { return }
      notes.add(
        .information,
        object.location,
        "Objects of the kind \(object.kind) are not assessed: no workload's move depends on them."
      )
      return
    }
    addCustom(object)
  }

  mutating func addCustom(_ object: ManifestObject) {
    if let tool = KubernetesGroups.tool(of: object) {
      notes.add(
        .information,
        object.location,
        "\(object.kind) is a file of \(tool), not an object of a cluster; it is not assessed."
      )
      return
    }
    var resource = object.resource(CustomResource.kind)
    resource[CustomResource.apiVersion] = object.body["apiVersion"].settled
    resource[CustomResource.group] = .known(object.group, object.body["apiVersion"].origin)
    resource[CustomResource.objectKind] = object.body["kind"].settled
    add(resource, object, "", concern(ofCustom: object))
  }

  /// Whom a custom resource concerns, where it says so in a usual way.
  private func concern(ofCustom object: ManifestObject) -> PendingResource.Concern {
    let spec = object.spec
    for field in ["scaleTargetRef", "targetRef", "workloadRef", "target"] {
      let target = spec[field]
      if let kind = target["kind"].settled.known, let name = target["name"].settled.known {
        return kind == "Service" ? .services([name]) : .controller(kind: kind, name: name)
      }
    }
    if object.group.hasPrefix("monitoring.coreos.com"),
      let selector = LabelSelector(spec["selector"])
    {
      if object.kind == "PodMonitor" { return .pods(selector) }
      let services = index.all("Service").prefix(2000).map { index.objects[$0] }.filter {
        Neighbourhood.nearness(object, $0) != nil && selector.matches($0.metadata["labels"])
      }
      return .services(services.map(\.name))
    }
    return .nothing
  }
}
