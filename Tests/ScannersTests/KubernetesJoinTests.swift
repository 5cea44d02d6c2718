import DocumentTrees
import Scanners
import Testing
import Workloads

/// Resources and the workloads that they concern.
struct KubernetesJoinTests {
  private func read(
    _ text: String,
    pod: String = "",
    container: String = ""
  ) async throws -> (
    web: Workload, result: ScanResult
  ) {
    let result = await kubernetes(deployment(pod: pod, container: container) + "\n---\n" + text)
    return (try #require(result.workload("web")), result)
  }

  // MARK: Services and ways in

  @Test func publishesThePortsOfServices() async throws {
    let (web, _) = try await read(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: out}
      spec:
        type: NodePort
        externalTrafficPolicy: Local
        selector: {app: web}
        ports: [{port: 80, targetPort: http, nodePort: 30080}, {port: 9, targetPort: 9, protocol: UDP}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: in}
      spec: {clusterIP: None, selector: {app: web}, ports: [{port: 81}]}
      """,
      container: "ports: [{name: http, containerPort: 8080}, {containerPort: 81}]"
    )
    #expect(
      web.container?.ports.map { "\($0.container.shown) \($0.transport.shown) \($0.isPublished)" }
        == ["8080 tcp true", "81 tcp false", "9 udp true"]
    )
    let services = web.resources(KubernetesService.kind)
    #expect(services.map { $0[KubernetesService.type].shown } == ["NodePort", "ClusterIP"])
    #expect(services.map { $0[KubernetesService.isHeadless].shown } == ["false", "true"])
    #expect(services[0][KubernetesService.nodePorts].map(\.shown) == ["30080"])
    #expect(services[0][KubernetesService.externalTrafficPolicy].shown == "Local")
  }

  @Test func readsIngressesOfAllVersions() async throws {
    let (web, result) = try await read(
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: new
        annotations:
          alb.ingress.kubernetes.io/target-type: instance
          alb.ingress.kubernetes.io/scheme: internet-facing
          nginx.ingress.kubernetes.io/affinity: cookie
      spec:
        ingressClassName: alb
        tls: [{hosts: [a.example]}]
        rules: [{host: a.example, http: {paths: [{backend: {service: {name: web}}}]}}]
      ---
      apiVersion: extensions/v1beta1
      kind: Ingress
      metadata: {name: old, annotations: {kubernetes.io/ingress.class: nginx}}
      spec: {rules: [{host: b.example, http: {paths: [{backend: {serviceName: web}}]}}]}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: edge}
      spec:
        gatewayClassName: istio
        listeners: [{name: s, protocol: HTTPS, port: 443, hostname: c.example}]
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: route}
      spec: {parentRefs: [{name: edge}], hostnames: [c.example], rules: [{backendRefs: [{name: web}]}]}
      """
    )
    let ingresses = web.resources(Ingress.kind)
    #expect(ingresses.map(\.name) == ["new", "old", "route"])
    #expect(ingresses.map { $0[Ingress.ingressClass].shown } == ["alb", "nginx", "istio"])
    #expect(ingresses.map { $0[Ingress.hasTLS].shown } == ["true", "false", "true"])
    #expect(ingresses[0][Ingress.hosts].map(\.shown) == ["a.example"])
    #expect(ingresses[0][Ingress.balancerTarget].shown == "instance")
    #expect(ingresses[0][Ingress.isExternal].known == true)
    #expect(ingresses[0][Ingress.sticky].known == true)
    #expect(result.resources.map(\.name) == ["edge"])
  }

  // MARK: Selectors

  @Test(arguments: [
    ("matchLabels: {app: web}", true), ("matchLabels: {app: web, tier: x}", false),
    ("matchExpressions: [{key: app, operator: In, values: [api, web]}]", true),
    ("matchExpressions: [{key: app, operator: NotIn, values: [web]}]", false),
    ("matchExpressions: [{key: tier, operator: NotIn, values: [web]}]", true),
    ("matchExpressions: [{key: app, operator: Exists}]", true),
    ("matchExpressions: [{key: app, operator: DoesNotExist}]", false),
    ("matchExpressions: [{key: app, operator: Odd}]", false), ("", true),
  ])
  func selects(_ selector: String, _ isSelected: Bool) async throws {
    let (web, result) = try await read(
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: p}
      spec: {podSelector: {\(selector)}, egress: []}
      """
    )
    #expect(web.resources(NetworkPolicy.kind).count == (isSelected ? 1 : 0))
    let policy = try #require(result.resources(NetworkPolicy.kind).first)
    #expect(policy[NetworkPolicy.policyTypes].map(\.shown) == ["Ingress", "Egress"])
  }

  @Test func keepsNamespacesApart() async throws {
    func service(_ namespace: String) -> String {
      let line = namespace.isEmpty ? "" : ", namespace: \(namespace)"
      return """
        apiVersion: v1
        kind: Service
        metadata: {name: s\(line)}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """
    }
    let spaced = deployment().replacing(
      "  name: web\nspec",
      with: "  name: web\n  namespace: n\nspec"
    )
    let result = await kubernetes([
      "a/web.yaml": spaced, "a/open.yaml": service(""), "a/other.yaml": service("m"),
      "x/y/z/far.yaml": service("n"), "x/y/z/open.yaml": service(""),
    ])
    let web = try #require(result.workload("web"))
    #expect(web.id == "kubernetes:a:n/web")
    #expect(
      web.resources.compactMap(\.origin.location?.file) == ["a/open.yaml", "x/y/z/far.yaml"]
    )
    #expect(
      result.resources.compactMap(\.origin.location?.file) == ["a/other.yaml", "x/y/z/open.yaml"]
    )
  }

  @Test func prefersTheNearest() async throws {
    let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {K: "
    let text = deployment(container: "envFrom: [{configMapRef: {name: m}}]")
    let result = await kubernetes([
      "base/web.yaml": text, "base/map.yaml": map + "base}", "over/web.yaml": text,
      "over/map.yaml": map + "over}", "apps/web.yaml": text, "config/map.yaml": map + "config}",
    ])
    let values = result.workloads.map {
      "\($0.project)=\($0.container?.variable("K")?.value.shown ?? "")"
    }
    #expect(
      values == ["apps:default=base", "base:default=base", "over:default=over"]
        || values == ["apps:default=config", "base:default=base", "over:default=over"]
    )
  }

  // MARK: Scaling

  @Test func readsAutoscalersOfAllVersions() async throws {
    let (web, result) = try await read(
      """
      apiVersion: autoscaling/v1
      kind: HorizontalPodAutoscaler
      metadata: {name: one}
      spec:
        scaleTargetRef: {kind: Deployment, name: web}
        maxReplicas: 5
        targetCPUUtilizationPercentage: 60
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: two}
      spec:
        scaleTargetRef: {kind: Deployment, name: absent}
        minReplicas: 2
        maxReplicas: 9
        behavior: {scaleDown: {}}
        metrics:
        - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
        - {type: Pods, pods: {metric: {name: rps}, target: {averageValue: 500m}}}
        - {type: External, external: {metricName: queue, targetValue: "30"}}
      """
    )
    #expect(web.scaling?.minimum.known == 1)
    #expect(web.scaling?.maximum.known == 5)
    #expect(web.scaling?.triggers.map(\.shown) == ["cpu"])
    let other = try #require(result.resources.first)
    #expect(other[Autoscaler.hasBehavior].known == true)
    let triggers = other.parts(ScalingTrigger.kind)
    #expect(triggers.map { $0[ScalingTrigger.type].shown } == ["memory", "pods", "external"])
    #expect(triggers.map { $0[ScalingTrigger.metric].shown } == ["memory", "rps", "queue"])
    #expect(triggers.map { $0[ScalingTrigger.target].known } == [1_073_741_824, 0.5, 30])
  }

  @Test func readsScaledObjects() async throws {
    let (web, _) = try await read(
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: s}
      spec:
        scaleTargetRef: {name: web}
        idleReplicaCount: 0
        triggers:
        - type: azure-servicebus
          metadata: {queueName: orders, messageCount: "20"}
          authenticationRef: {name: auth}
        - {type: redis, metadata: {addressFromEnv: REDIS}}
        - {type: kafka, authenticationRef: {name: gone}}
      ---
      apiVersion: keda.sh/v1alpha1
      kind: TriggerAuthentication
      metadata: {name: auth}
      spec: {podIdentity: {provider: azure-workload}}
      """
    )
    let scaler = try #require(web.resources(Autoscaler.kind).first)
    #expect(scaler[Autoscaler.minimum].isAbsent && scaler[Autoscaler.maximum].isAbsent)
    #expect(scaler[Autoscaler.effectiveMinimum].known == 0)
    #expect(scaler[Autoscaler.effectiveMaximum].known == 100)
    #expect(scaler[Autoscaler.unmappedFields].map(\.shown) == ["idleReplicaCount"])
    #expect(
      scaler.parts.map { $0[ScalingTrigger.identity].shown } == [
        "pod-identity:azure-workload", "environment",
        "?TriggerAuthentication gone is not in the inputs",
      ]
    )
    #expect(scaler.parts[0][ScalingTrigger.target].known == 20)
    #expect(web.scaling?.triggers.map(\.shown) == ["azure-servicebus", "redis", "kafka"])
  }

  @Test func readsWhatKEDANeverHad() async throws {
    let (web, result) = try await read(
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: {name: s}
      spec:
        scaleTargetRef:
          containerAppName: web
        minReplicaCount: 1
        maxReplicaCount: 5
        triggers: [{type: http, metadata: {concurrentRequests: "100"}}]
      """
    )
    let scaler = try #require(web.resources(Autoscaler.kind).first)
    #expect(scaler[Autoscaler.isMalformed].shown == "containerAppName,http")
    #expect(scaler[Autoscaler.minimum].known == 1)
    #expect(scaler.parts[0][ScalingTrigger.target].known == 100)
    let notice = try #require(result.notices.first)
    #expect(notice.kind == .invalidValue)
    #expect(notice.message.contains("minReplicas: 1, maxReplicas: 5"))
    #expect(notice.message.contains(#"{http: {metadata: {concurrentRequests: "100"}}}"#) == false)
    #expect(notice.message.contains(#"http: {metadata: {concurrentRequests: "100"}}"#))
  }

  @Test func scalesJobsByThemselves() async throws {
    let result = await kubernetes(
      """
      apiVersion: keda.sh/v1alpha1
      kind: ScaledJob
      metadata: {name: j}
      spec:
        jobTargetRef: {backoffLimit: 3, template: {spec: {containers: [{name: c, image: i}]}}}
        maxReplicaCount: 30
        triggers: [{type: rabbitmq}]
      """
    )
    let job = try #require(result.workload("j"))
    #expect(job.scaling?.maximum.known == 30)
    #expect(job.settings.map(\.name) == ["backoffLimit"])
    #expect(result.resources.isEmpty)
  }

  // MARK: Access

  @Test func joinsAccessByServiceAccounts() async throws {
    let (web, result) = try await read(
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: robot
        annotations:
          eks.amazonaws.com/role-arn: arn:aws:iam::1:role/web
          azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000
      automountServiceAccountToken: false
      imagePullSecrets: [{name: pull}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - {apiGroups: [""], resources: [secrets], verbs: [get, "*"]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: b}
      roleRef: {kind: ClusterRole, name: reader}
      subjects:
      - {kind: ServiceAccount, name: robot, namespace: default}
      - {kind: Group, name: "system:masters"}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: other}
      roleRef: {kind: ClusterRole, name: cluster-admin}
      subjects: [{kind: ServiceAccount, name: someone}]
      """,
      pod: "serviceAccountName: robot"
    )
    let account = try #require(web.resources(ServiceAccount.kind).first)
    #expect(account[ServiceAccount.awsRole].shown == "arn:aws:iam::1:role/web")
    #expect(account[ServiceAccount.azureClient].known?.hasPrefix("00000000") == true)
    #expect(account[ServiceAccount.automount].known == false)
    #expect(web.imagePullSecrets.map(\.shown) == ["pull"])
    #expect(web.resourceLinks.map(\.text.shown) == ["arn:aws:iam::1:role/web"])
    let rules = web.resources(AccessRule.kind)
    #expect(rules.map(\.relation) == ["rule", "binding"])
    #expect(rules[0][AccessRule.verbs].map(\.shown) == ["get", "*"])
    #expect(rules[1][AccessRule.boundRole].shown == "reader")
    #expect(
      rules[1][AccessRule.subjects].map(\.shown) == [
        "ServiceAccount:default/robot", "Group:system:masters",
      ]
    )
    #expect(result.resources.map { $0[AccessRule.boundRole].shown } == ["cluster-admin"])
  }

  // MARK: The rest

  @Test func readsBudgetsQuotasAndCustomResources() async throws {
    let (web, result) = try await read(
      """
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: b}
      spec: {minAvailable: 50%, selector: {matchLabels: {app: web}}}
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata: {name: q}
      spec: {hard: {pods: "4"}}
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: {name: c}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-logging, namespace: aws-observability}
      data: {output.conf: "[OUTPUT]\\n  Name cloudwatch_logs"}
      """
    )
    #expect(
      web.resources(DisruptionBudget.kind).map { $0[DisruptionBudget.minimumAvailable].shown } == [
        "50%"
      ]
    )
    #expect(
      web.resources(ResourceQuota.kind).map { $0[ResourceQuota.hard].map(\.shown) } == [["pods=4"]]
    )
    let custom = try #require(result.resources(CustomResource.kind).first)
    #expect(custom[CustomResource.group].shown == "cert-manager.io")
    #expect(custom[CustomResource.objectKind].shown == "Certificate")
    #expect(
      result.resources(LogDestination.kind).map { $0[LogDestination.destination].shown }
        == ["cloudwatch"]
    )
  }

  @Test func readsNamespaces() async throws {
    let spaced = deployment().replacing(
      "  name: web\nspec",
      with: "  name: web\n  namespace: n\nspec"
    )
    let result = await kubernetes([
      "app/web.yaml": spaced,
      "cluster/names.yaml": """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: n
        labels: {istio-injection: enabled, pod-security.kubernetes.io/enforce: restricted}
      """,
    ])
    let web = try #require(result.workload("web"))
    #expect(web.serviceMesh.shown == "istio")
    #expect(
      web.settings.map { "\($0.name)=\($0.value.shown)" } == [
        "namespace.pod-security.kubernetes.io/enforce=restricted"
      ]
    )
  }

  @Test func readsDapr() async throws {
    let result = await kubernetes(
      deployment(
        metadata: """
          annotations:
            dapr.io/enabled: "true"
            dapr.io/app-id: shop
            dapr.io/app-port: "3000"
            dapr.io/app-protocol: grpc
          """
      ) + """

        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: store}
        spec:
          type: state.redis
          metadata:
          - {name: redisHost, value: "r:6379"}
          - {name: redisPassword, value: hunter2}
          - {name: apiKey, secretKeyRef: {name: s, key: k}}
        auth: {secretStore: vault}
        scopes: [shop]
        ---
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata: {name: foreign}
        spec: {type: pubsub.kafka}
        scopes: [other]
        """
    )
    let web = try #require(result.workload("web"))
    #expect(web.container?.ports.map(\.container.shown) == ["3000"])
    #expect(web.container?.ports.map(\.applicationProtocol.shown) == ["grpc"])
    #expect(web.settings.contains { $0.name == "dapr.app-id" && $0.value.shown == "shop" })
    let component = try #require(web.resources(DaprComponent.kind).first)
    #expect(component[DaprComponent.componentType].shown == "state.redis")
    #expect(component.parts(DaprSetting.kind).map(\.name) == ["redisHost", "redisPassword"])
    #expect(component[DaprComponent.secretStore].shown == "vault")
    #expect(result.resources.map(\.name) == ["foreign"])
  }
}
