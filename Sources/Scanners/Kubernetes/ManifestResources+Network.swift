import DocumentTrees
import Templates
import Workloads

/// Services, ways in, network policies.
extension ManifestResources {
  mutating func readService(_ object: ManifestObject) {
    let spec = object.spec
    var service = object.resource(KubernetesService.kind)
    service[KubernetesService.type] = spec["type"].settled.or(.known("ClusterIP"))
    service[KubernetesService.externalAddresses] = spec["externalIPs"].settledList
    service[KubernetesService.externalTrafficPolicy] = spec["externalTrafficPolicy"].settled
    service[KubernetesService.sessionAffinity] = spec["sessionAffinity"].settled
    service[KubernetesService.sourceRanges] = spec["loadBalancerSourceRanges"].settledList
    service[KubernetesService.nodePorts] = spec["ports"].elements.map { $0["nodePort"].settled }
      .filter { !$0.isAbsent }
    service[KubernetesService.ports] = spec["ports"].elements.map { $0["port"].settled }
    let address = spec["clusterIP"].settled
    service[KubernetesService.isHeadless] = .known(address.known == "None", address.origin)
    service[KubernetesService.annotations] = annotations(object)
    let prefix = "service.beta.kubernetes.io/aws-load-balancer-"
    let target = object.annotation(prefix + "nlb-target-type")
    service[KubernetesService.balancerTarget] = target
    if target.isAbsent {
      let type = object.annotation(prefix + "type")
      service[KubernetesService.balancerTarget] = type.map { $0 == "nlb-ip" ? "ip" : "instance" }
    }
    if let selector = LabelSelector(plain: spec["selector"]) {
      add(service, object, "service", .pods(selector))
    } else {
      add(service, object, "service")
    }
  }

  func annotations(_ object: ManifestObject) -> [Value<String>] {
    object.metadata["annotations"].pairs.filter { $0.name != PodReader.appliedAnnotation }
      .map { pair in pair.value.map { "\(pair.name)=\($0)" } }
  }

  // MARK: Ingress

  mutating func readIngress(_ object: ManifestObject) {
    let spec = object.spec
    var ingress = object.resource(Ingress.kind)
    ingress[Ingress.ingressClass] = spec["ingressClassName"].settled
      .or(object.annotation("kubernetes.io/ingress.class"))
    var hosts = spec["rules"].elements.map { $0["host"].settled }.filter { !$0.isAbsent }
    let certificate = object.annotation("alb.ingress.kubernetes.io/certificate-arn")
    let tls = spec["tls"]
    for element in tls.elements { hosts += element["hosts"].settledList }
    ingress[Ingress.hosts] = unique(hosts)
    let manager = object.metadata["annotations"].first(
      "networking.gke.io/managed-certificates",
      "ingress.gcp.kubernetes.io/pre-shared-cert",
      "appgw.ingress.kubernetes.io/appgw-ssl-certificate"
    )
    let hasTLS = !tls.elements.isEmpty || !certificate.isAbsent || !manager.isNothing
    let place =
      certificate.isAbsent
      ? (tls.isNothing ? (manager.isNothing ? object.origin : manager.origin) : tls.origin)
      : certificate.origin
    ingress[Ingress.hasTLS] = .known(hasTLS, place)
    let redirect = object.metadata["annotations"].first(
      "nginx.ingress.kubernetes.io/ssl-redirect",
      "nginx.ingress.kubernetes.io/force-ssl-redirect",
      "kubernetes.io/ingress.allow-http"
    )
    if !redirect.isNothing {
      let isAllowed = object.annotation("kubernetes.io/ingress.allow-http")
      ingress[Ingress.allowInsecure] =
        isAllowed.isAbsent
        ? redirect.flag.map { !$0 } : isAllowed.map { $0.lowercased() != "false" }
    }
    let scheme = object.annotation("alb.ingress.kubernetes.io/scheme")
    ingress[Ingress.isExternal] = scheme.map { $0 == "internet-facing" }
    ingress[Ingress.balancerTarget] = object.annotation("alb.ingress.kubernetes.io/target-type")
    let affinity = object.annotation("nginx.ingress.kubernetes.io/affinity")
    ingress[Ingress.sticky] = affinity.map { $0 == "cookie" }
    if affinity.isAbsent {
      let attributes = object.annotation("alb.ingress.kubernetes.io/target-group-attributes")
      ingress[Ingress.sticky] = attributes.map { $0.contains("stickiness.enabled=true") }
    }
    let limits = object.annotation("nginx.ingress.kubernetes.io/whitelist-source-range")
    if !limits.isAbsent { ingress[Ingress.ipRestrictions] = [limits] }
    ingress[Ingress.annotations] = annotations(object)
    add(ingress, object, "ingress", .services(backends(spec)))
  }

  private func backends(_ spec: Datum) -> [String] {
    var names: [String] = []
    func add(_ backend: Datum) {
      let name = backend["service"]["name"].settled.known ?? backend["serviceName"].settled.known
      if let name, !names.contains(name), names.count < 1000 { names.append(name) }
    }
    add(spec["defaultBackend"])
    add(spec["backend"])
    for rule in spec["rules"].elements.prefix(1000) {
      for path in rule["http"]["paths"].elements.prefix(1000) { add(path["backend"]) }
    }
    return names
  }

  private func unique(_ values: [Value<String>]) -> [Value<String>] {
    var seen: Set<String> = []
    return values.filter { $0.known.map { seen.insert($0).inserted } ?? true }
  }

  /// OpenShift's own way in.
  mutating func readRoute(_ object: ManifestObject) {
    let spec = object.spec
    var ingress = object.resource(Ingress.kind)
    ingress[Ingress.hosts] = [spec["host"].settled].filter { !$0.isAbsent }
    ingress[Ingress.hasTLS] = .known(!spec["tls"].isNothing, spec["tls"].origin)
    ingress[Ingress.allowInsecure] = spec["tls"]["insecureEdgeTerminationPolicy"].settled
      .map { $0 == "Allow" }
    ingress[Ingress.annotations] = annotations(object)
    let names = ([spec["to"]] + spec["alternateBackends"].elements.prefix(10)).compactMap {
      $0["name"].settled.known
    }
    add(ingress, object, "route", .services(names))
  }

  // MARK: Gateway API

  mutating func readGateway(_ object: ManifestObject) {
    let spec = object.spec
    var ingress = object.resource(Ingress.kind)
    ingress[Ingress.annotations] = annotations(object)
    switch object.kind {
    case "Gateway":
      ingress[Ingress.ingressClass] = spec["gatewayClassName"].settled
      let listeners = spec["listeners"].elements.prefix(1000)
      ingress[Ingress.hosts] = listeners.map { $0["hostname"].settled }.filter { !$0.isAbsent }
      let secure = listeners.first { listener in
        let spoken = listener["protocol"].settled.known
        return spoken == "HTTPS" || spoken == "TLS" || !listener["tls"].isNothing
      }
      ingress[Ingress.hasTLS] = .known(secure != nil, secure?.origin ?? spec["listeners"].origin)
      let plain = listeners.first { $0["protocol"].settled.known == "HTTP" }
      ingress[Ingress.allowInsecure] = .known(plain != nil, plain?.origin ?? object.origin)
      add(ingress, object, "gateway")
    case "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute":
      ingress[Ingress.hosts] = spec["hostnames"].settledList
      ingress[Ingress.transport] = .known(transport(object.kind), object.origin)
      readGatewayTLS(object, &ingress)
      var names: [String] = []
      for rule in spec["rules"].elements.prefix(1000) {
        for backend in rule["backendRefs"].elements.prefix(100) {
          guard backend["kind"].settled.known ?? "Service" == "Service",
            let name = backend["name"].settled.known, !names.contains(name)
          else { continue }
          names.append(name)
        }
      }
      add(ingress, object, "route", .services(names))
    default: addCustom(object)
    }
  }

  private func transport(_ kind: String) -> String {
    switch kind {
    case "GRPCRoute": "http2"
    case "HTTPRoute": "http"
    case "UDPRoute": "udp"
    default: "tcp"
    }
  }

  /// A route is as safe as the listeners that it hangs on.
  private func readGatewayTLS(_ route: ManifestObject, _ ingress: inout Resource) {
    for parent in route.spec["parentRefs"].elements.prefix(100) {
      guard let name = parent["name"].settled.known else { continue }
      let space = parent["namespace"].settled.known
      let asker = space.map { route.inNamespace($0) } ?? route
      guard let gateway = index.find("Gateway", name, for: asker) else { continue }
      let wanted = parent["sectionName"].settled.known
      let listeners = gateway.spec["listeners"].elements.filter {
        wanted == nil || $0["name"].settled.known == wanted
      }
      guard let first = listeners.first else { continue }
      let secure = listeners.allSatisfy { listener in
        let spoken = listener["protocol"].settled.known
        return spoken == "HTTPS" || spoken == "TLS"
      }
      ingress[Ingress.hasTLS] = .known(secure, first.origin)
      ingress[Ingress.ingressClass] = gateway.spec["gatewayClassName"].settled
    }
  }

  // MARK: Network policies

  mutating func readNetworkPolicy(_ object: ManifestObject) {
    guard object.kind.hasSuffix("NetworkPolicy") else { return addCustom(object) }
    let spec = object.spec
    var policy = object.resource(NetworkPolicy.kind)
    policy[NetworkPolicy.apiVersion] = object.body["apiVersion"].settled
    var types = spec.first("policyTypes", "types").settledList
    if types.isEmpty {
      // What it does not say follows from what it has.
      types = [.known("Ingress", spec.origin)]
      if !spec["egress"].isNothing { types.append(.known("Egress", spec["egress"].origin)) }
    }
    policy[NetworkPolicy.policyTypes] = types
    let selector = LabelSelector(spec.first("podSelector", "endpointSelector"))
    switch selector {
    case .some(let selector) where selector.isEmpty: add(policy, object, "policy", .namespace)
    case .some(let selector): add(policy, object, "policy", .pods(selector))
    case nil:
      // Calico has a language of its own for selectors; without one it means all.
      let isAll = spec["selector"].isNothing || spec["selector"].string.known == "all()"
      add(policy, object, "policy", isAll ? .namespace : .nothing)
    }
  }
}
