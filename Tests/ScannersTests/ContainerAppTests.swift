import DocumentTrees
import Scanners
import Testing
import Workloads

/// Container apps as the command line writes them.
@Suite("Container apps of the command line")
struct ContainerAppTests {
  private static let app = """
    type: Microsoft.App/containerApps
    name: orders
    location: westeurope
    tags:
      team: shop
    identity:
      type: UserAssigned
      userAssignedIdentities:
        "/subscriptions/1/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me": {}
    properties:
      environmentId: /subscriptions/1/resourceGroups/g/providers/Microsoft.App/managedEnvironments/demo
      workloadProfileName: D4
      configuration:
        activeRevisionsMode: Multiple
        ingress:
          external: true
          targetPort: 8080
          allowInsecure: true
          stickySessions: {affinity: sticky}
          ipSecurityRestrictions:
            - {name: office, action: Allow, ipAddressRange: 10.0.0.0/8}
          additionalPortMappings:
            - {targetPort: 9000, external: false}
        registries:
          - {server: shop.azurecr.io, identity: system}
        secrets:
          - {name: db, value: hunter2-literal}
          - {name: api, keyVaultUrl: "https://kv1.vault.azure.net/secrets/api-key", identity: system}
        dapr: {enabled: true, appId: orders, appPort: 8080}
      template:
        terminationGracePeriodSeconds: 45
        containers:
          - name: web
            image: shop.azurecr.io/web:1.2
            command: [/app/web]
            args: [--port, "8080"]
            env:
              - {name: MODE, value: prod}
              - {name: DB, secretRef: db}
            resources: {cpu: 0.5, memory: 1Gi}
            probes:
              - type: Readiness
                tcpSocket: {port: 8080}
              - type: Liveness
                httpGet: {path: /health, port: 8080}
                periodSeconds: 7
                failureThreshold: 4
            volumeMounts:
              - {volumeName: data, mountPath: /data, subPath: a}
              - {volumeName: scratch, mountPath: /tmp}
        initContainers:
          - name: migrate
            image: shop.azurecr.io/migrate:1
        volumes:
          - {name: data, storageType: AzureFile, storageName: share}
          - {name: scratch}
        scale:
          minReplicas: 2
          rules:
            - name: q
              custom:
                type: azure-servicebus
                metadata: {queueName: orders, messageCount: "20"}
                auth: [{triggerParameter: connection, secretRef: db}]
            - name: web
              http: {metadata: {concurrentRequests: "50"}}
    """

  private func workload(_ text: String) async throws -> Workload {
    let result = try await scanAzure(["app.yaml": text])
    return try #require(result.workloads.first)
  }

  @Test func containersAreReadWhole() async throws {
    let app = try await workload(Self.app)
    #expect(app.name == "orders")
    #expect(app.kind == "container app")
    #expect(app.format == .containerApp)
    #expect(app.workloadProfile.known == "D4")
    #expect(app.stopGracePeriod.known == 45)
    #expect(app.labels.map(\.name) == ["team"])
    #expect(app.containers.map(\.name) == ["migrate", "web"])
    #expect(app.containers.map(\.role) == [.initial, .main])
    let web = app.containers[1]
    #expect(web.image.known?.repository == "web")
    #expect(web.image.known?.registry == "shop.azurecr.io")
    #expect(web.image.known?.tag == "1.2")
    #expect(web.entrypoint.known == ["/app/web"])
    #expect(web.command.known == ["--port", "8080"])
    #expect(web.resources.cpuLimit.known == 0.5)
    #expect(web.resources.memoryLimit.known == 1 << 30)
    #expect(web.variables.map(\.name) == ["MODE", "DB"])
    #expect(web.variables[0].value.known == "prod")
    #expect(web.variables[1].source == .secretReference)
    #expect(web.variables[1].reference.known == "secretRef:db")
    #expect(web.variables[1].value.unknownReason == "it is a secret of the app")
  }

  @Test func probesVolumesAndPortsAreRead() async throws {
    let web = try await workload(Self.app).containers[1]
    #expect(web.probes.map(\.purpose) == ["readiness", "liveness"])
    #expect(web.healthCheck?.type.known == "http")
    #expect(web.healthCheck?.interval.known == 7)
    #expect(web.healthCheck?.retries.known == 4)
    #expect(web.healthCheck?.path.known == "/health")
    #expect(web.mounts.map(\.type.known) == ["azureFile", "emptyDir"])
    #expect(web.mounts[0].subpath.known == "a")
    #expect(web.ports.map(\.container.known) == [8080, 9000])
    #expect(web.ports.map(\.isPublished) == [true, false])
  }

  @Test func whatAnAppStatesBesideContainersBecomesResources() async throws {
    let app = try await workload(Self.app)
    let ingress = try #require(app.resources(Ingress.kind).first)
    #expect(ingress[Ingress.isExternal].known == true)
    #expect(ingress[Ingress.allowInsecure].known == true)
    #expect(ingress[Ingress.sticky].known == true)
    #expect(ingress[Ingress.transport].known == "auto")
    #expect(ingress[Ingress.additionalPorts].known == 1)
    #expect(ingress[Ingress.ipRestrictions].map(\.known) == ["10.0.0.0/8"])
    let scaler = try #require(app.resources(Autoscaler.kind).first)
    #expect(scaler[Autoscaler.minimum].known == 2)
    #expect(scaler[Autoscaler.maximum].isAbsent)
    #expect(scaler[Autoscaler.effectiveMaximum].known == 10)
    #expect(scaler.parts.map { $0[ScalingTrigger.type].known } == ["azure-servicebus", "http"])
    #expect(scaler.parts.map { $0[ScalingTrigger.target].known } == [20, 50])
    #expect(scaler.parts.map { $0[ScalingTrigger.identity].known } == ["secret", ""])
    let secrets = app.resources(SecretObject.kind)
    #expect(secrets.map { $0[SecretObject.source].known } == ["literal", "key-vault"])
    let registry = try #require(app.resources(RegistryCredential.kind).first)
    #expect(registry[RegistryCredential.server].known == "shop.azurecr.io")
    #expect(registry[RegistryCredential.identity].known == "system")
    let identity = try #require(app.resources(ManagedIdentity.kind).first)
    #expect(identity[ManagedIdentity.type].known == "UserAssigned")
    #expect(identity[ManagedIdentity.identities].count == 1)
    let settings = app.settings.map { "\($0.name)=\($0.value.known ?? "?")" }
    #expect(settings.contains("dapr.appId=orders"))
    #expect(settings.contains("activeRevisionsMode=Multiple"))
  }

  @Test func aFileWithoutATypeIsKnownByItsShape() async throws {
    let result = try await scanAzure([
      "plain.yaml": """
      properties:
        configuration: {ingress: {targetPort: 80, external: false}}
        template:
          containers: [{name: web, image: nginx:1}]
      """,
      "other.yaml": """
      properties:
        template:
          containers: [{name: web, image: nginx:1}]
      """,
    ])
    #expect(result.workloads.map(\.name) == ["plain"])
    let scaling = try #require(result.workloads[0].scaling)
    // With a way in and no rule of its own an app scales by requests, from none to ten.
    #expect(scaling.minimum.known == 0)
    #expect(scaling.maximum.known == 10)
    #expect(scaling.triggers.map(\.known) == ["http"])
  }

  @Test func listsOfAppsAndJobs() async throws {
    let result = try await scanAzure([
      "list.json": """
      [{"type": "Microsoft.App/containerApps", "name": "a",
        "properties": {"template": {"containers": [{"name": "a", "image": "x:1"}]}}},
       {"type": "Microsoft.App/containerApps", "name": "b",
        "properties": {"template": {"containers": [{"name": "b", "image": "x:1"}]}}}]
      """,
      "job.yaml": """
      properties:
        configuration:
          triggerType: Schedule
          replicaTimeout: 300
          scheduleTriggerConfig: {cronExpression: "0 4 * * *", parallelism: 2}
        template:
          containers: [{name: night, image: x:1}]
      """,
      "events.yaml": """
      type: Microsoft.App/jobs
      properties:
        configuration:
          triggerType: Event
          eventTriggerConfig:
            scale: {maxExecutions: 5, rules: [{name: q, type: azure-queue, metadata: {queueLength: "3"}}]}
        template:
          containers: [{name: worker, image: x:1}]
      """,
    ])
    #expect(result.workloads.map(\.name) == ["events", "job", "a", "b"])
    #expect(result.workloads.map(\.kind) == ["job", "job", "container app", "container app"])
    #expect(result.workloads[1].schedule.known == "0 4 * * *")
    #expect(result.workloads[0].scaling?.triggers.map(\.known) == ["azure-queue"])
    #expect(result.workloads[0].scaling?.maximum.known == 5)
  }

  @Test func unknownFieldsAreNamedWithTheirPlace() async throws {
    let result = try await scanAzure([
      "app.yaml": """
      type: Microsoft.App/containerApps
      properties:
        template:
          containers:
            - name: web
              image: nginx:1
              ports: [80]
              securityContext: {privileged: true}
      """
    ])
    #expect(
      result.notices.map { "\($0.location.range.start.line): \($0.message)" } == [
        "7: properties.template.containers of a container app has no field ports.",
        "8: properties.template.containers of a container app has no field securityContext.",
      ]
    )
    #expect(result.workloads[0].unsupported.map(\.name) == ["ports", "securityContext"])
  }

  @Test func aDaprComponentOfTheCommandLine() async throws {
    let result = try await scanAzure([
      "component.yaml": """
      componentType: state.redis
      version: v1
      metadata:
        - {name: redisHost, value: "cache:6379"}
        - {name: redisPassword, value: not-so-secret}
      scopes: [orders]
      """
    ])
    let component = try #require(result.resources.first)
    #expect(component.kind == DaprComponent.kind)
    #expect(component[DaprComponent.componentType].known == "state.redis")
    #expect(component[DaprComponent.scopes].map(\.known) == ["orders"])
    #expect(component.parts(DaprSetting.kind).map(\.name) == ["redisHost", "redisPassword"])
  }
}
