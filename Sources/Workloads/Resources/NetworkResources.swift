/// A set of network rules: an AWS security group or an Azure network security group.
package enum SecurityGroup {
  package static let use = Attribute<String>(
    "use",
    "What carries it: `service`, `load-balancer`, `database`, `file-system`, `subnet`, `other` or empty."
  )
  package static let isDefault = Attribute<Bool>(
    "isDefault",
    "Whether it is the network's default one."
  )
  package static let statesEgress = Attribute<Bool>(
    "statesEgress",
    "Whether rules for outgoing traffic are stated; else all is allowed."
  )
  package static let kind = ResourceKind(
    "securityGroup",
    "An AWS security group or an Azure network security group.",
    [use.declared, isDefault.declared, statesEgress.declared]
  )
}

/// A rule of a security group.
package enum NetworkRule {
  package static let direction = Attribute<String>("direction", "`ingress` or `egress`.")
  package static let access = Attribute<String>("access", "`allow` or `deny`.")
  package static let transport = Attribute<String>(
    "transport",
    "`tcp`, `udp`, `icmp`, `all` or a number."
  )
  package static let fromPort = Attribute<Int>("fromPort", "The first port; 0 of all.")
  package static let toPort = Attribute<Int>("toPort", "The last port; 65535 of all.")
  package static let peers = Attribute<[String]>(
    "peers",
    "The other side: address ranges, `group:NAME`, `prefix:NAME`, service tags; `*` becomes 0.0.0.0/0."
  )
  package static let description = Attribute<String>("description", "What it says it is for.")
  package static let groupUse = Attribute<String>("groupUse", "The `use` of its security group.")
  package static let kind = ResourceKind(
    "networkRule",
    partOf: SecurityGroup.kind,
    "A rule of a security group.",
    [
      direction.declared, access.declared, transport.declared, fromPort.declared, toPort.declared,
      peers.declared, description.declared, groupUse.declared,
    ]
  )
}

package enum VirtualNetwork {
  package static let hasNATGateway = Attribute<Bool>(
    "hasNATGateway",
    "Whether a NAT gateway is in it."
  )
  package static let endpoints = Attribute<[String]>(
    "endpoints",
    "Service endpoints in it by their last words: `ecr.api`, `s3`, `logs`."
  )
  package static let addressRanges = Attribute<[String]>("addressRanges", "Its address ranges.")
  package static let hasFlowLogs = Attribute<Bool>(
    "hasFlowLogs",
    "For a VPC: whether flow logs of it are in the inputs."
  )
  package static let kind = ResourceKind(
    "virtualNetwork",
    "A VPC or an Azure virtual network.",
    [hasNATGateway.declared, endpoints.declared, addressRanges.declared, hasFlowLogs.declared]
  )
}

package enum Subnet {
  package static let addressRange = Attribute<String>("addressRange", "Its address range.")
  package static let isPublic = Attribute<Bool>(
    "isPublic",
    "Whether it gives out public addresses or has a route to an internet gateway."
  )
  package static let delegations = Attribute<[String]>(
    "delegations",
    "Services it is delegated to."
  )
  package static let kind = ResourceKind(
    "subnet",
    "A part of a virtual network.",
    [addressRange.declared, isPublic.declared, delegations.declared]
  )
}

package enum PrivateEndpoint {
  package static let service = Attribute<String>("service", "The service reached through it.")
  package static let kind = ResourceKind(
    "privateEndpoint",
    "A private way to a service of the platform.",
    [service.declared]
  )
}

package enum LoadBalancer {
  package static let type = Attribute<String>(
    "balancerType",
    "`application`, `network`, `gateway`, `classic`."
  )
  package static let isInternal = Attribute<Bool>(
    "internal",
    "Whether only the network reaches it."
  )
  package static let accessLogs = Attribute<Bool>("accessLogs", "Whether it keeps access logs.")
  package static let kind = ResourceKind(
    "loadBalancer",
    "A load balancer.",
    [type.declared, isInternal.declared, accessLogs.declared]
  )
}

package enum Listener {
  package static let transport = Attribute<String>("protocol", "`HTTP`, `HTTPS`, `TCP`, `TLS` …")
  package static let port = Attribute<Int>("port", "The port.")
  package static let isInternal = Attribute<Bool>(
    "internal",
    "Whether only the network reaches it."
  )
  package static let redirectsToHTTPS = Attribute<Bool>(
    "redirectsToHTTPS",
    "Whether its default action sends clients to HTTPS."
  )
  package static let tlsPolicy = Attribute<String>("tlsPolicy", "The name of its TLS policy.")
  package static let kind = ResourceKind(
    "listener",
    "A port that a load balancer listens on.",
    [
      transport.declared, port.declared, isInternal.declared, redirectsToHTTPS.declared,
      tlsPolicy.declared,
    ]
  )
}

package enum TargetGroup {
  package static let targetType = Attribute<String>(
    "targetType",
    "`ip`, `instance`, `lambda`, `alb`."
  )
  package static let transport = Attribute<String>("protocol", "`HTTP`, `HTTPS`, `TCP` …")
  package static let stickiness = Attribute<Bool>(
    "stickiness",
    "Whether clients stay with a target."
  )
  package static let healthCheckPath = Attribute<String>(
    "healthCheckPath",
    "The path that is asked."
  )
  package static let drainSeconds = Attribute<Int>("drainSeconds", "Seconds that targets drain.")
  package static let kind = ResourceKind(
    "targetGroup",
    "The targets of a load balancer.",
    [
      targetType.declared, transport.declared, stickiness.declared, healthCheckPath.declared,
      drainSeconds.declared,
    ]
  )
}

package enum KubernetesService {
  package static let type = Attribute<String>(
    "serviceType",
    "`ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`."
  )
  package static let externalAddresses = Attribute<[String]>("externalIPs", "External addresses.")
  package static let externalTrafficPolicy = Attribute<String>(
    "externalTrafficPolicy",
    "`Cluster` or `Local`."
  )
  package static let sessionAffinity = Attribute<String>("sessionAffinity", "`None` or `ClientIP`.")
  package static let nodePorts = Attribute<[String]>("nodePorts", "Node ports that it fixes.")
  package static let ports = Attribute<[String]>("ports", "Ports that it listens on.")
  package static let sourceRanges = Attribute<[String]>(
    "sourceRanges",
    "Addresses that may reach it."
  )
  package static let isHeadless = Attribute<Bool>(
    "headless",
    "Whether it has no address of its own."
  )
  package static let balancerTarget = Attribute<String>(
    "balancerTarget",
    "The target type that annotations of the AWS load balancer controller ask for: `ip`, `instance`."
  )
  package static let annotations = Attribute<[String]>(
    "annotations",
    "Annotations as `name=value`."
  )
  package static let kind = ResourceKind(
    "kubernetesService",
    "A Kubernetes Service.",
    [
      type.declared, externalAddresses.declared, externalTrafficPolicy.declared,
      sessionAffinity.declared, nodePorts.declared, ports.declared, sourceRanges.declared,
      isHeadless.declared, balancerTarget.declared, annotations.declared,
    ]
  )
}

/// A way in from outside: a Kubernetes Ingress or Gateway route, or the ingress of a container app.
package enum Ingress {
  package static let ingressClass = Attribute<String>(
    "class",
    "Its class: `nginx`, `alb`, `azure`."
  )
  package static let hosts = Attribute<[String]>("hosts", "Host names.")
  package static let hasTLS = Attribute<Bool>("tls", "Whether it has a certificate or ends TLS.")
  package static let allowInsecure = Attribute<Bool>(
    "allowInsecure",
    "Whether it also answers plain HTTP."
  )
  package static let isExternal = Attribute<Bool>("external", "Whether the internet reaches it.")
  package static let transport = Attribute<String>("transport", "`auto`, `http`, `http2`, `tcp`.")
  package static let targetPort = Attribute<Int>("targetPort", "The container's port.")
  package static let additionalPorts = Attribute<Int>(
    "additionalPorts",
    "How many further ports it opens."
  )
  package static let ipRestrictions = Attribute<[String]>(
    "ipRestrictions",
    "Addresses it is limited to."
  )
  package static let sticky = Attribute<Bool>("sticky", "Whether sessions stay with a replica.")
  package static let balancerTarget = Attribute<String>(
    "balancerTarget",
    "The target type that annotations of the AWS load balancer controller ask for."
  )
  package static let annotations = Attribute<[String]>(
    "annotations",
    "Annotations as `name=value`."
  )
  package static let clientCertificate = Attribute<String>(
    "clientCertificate",
    "`ignore`, `accept`, `require`."
  )
  package static let exposedPort = Attribute<Int>(
    "exposedPort",
    "The port that others connect to, where it is not the one of HTTP."
  )
  package static let requiresSignIn = Attribute<Bool>(
    "requiresSignIn",
    "Whether the platform lets in only those who signed in."
  )
  package static let kind = ResourceKind(
    "ingress",
    plural: "ingresses",
    "A way in: a Kubernetes Ingress, a Gateway route, the ingress of a container app.",
    [
      ingressClass.declared, hosts.declared, hasTLS.declared, allowInsecure.declared,
      isExternal.declared, transport.declared, targetPort.declared, additionalPorts.declared,
      ipRestrictions.declared, sticky.declared, balancerTarget.declared, annotations.declared,
      clientCertificate.declared, exposedPort.declared, requiresSignIn.declared,
    ]
  )
}

package enum NetworkPolicy {
  package static let policyTypes = Attribute<[String]>("policyTypes", "`Ingress`, `Egress`.")
  package static let apiVersion = Attribute<String>(
    "apiVersion",
    "Its API: Kubernetes, Cilium, Calico."
  )
  package static let kind = ResourceKind(
    "networkPolicy",
    plural: "networkPolicies",
    "A Kubernetes network policy.",
    [policyTypes.declared, apiVersion.declared]
  )
}
