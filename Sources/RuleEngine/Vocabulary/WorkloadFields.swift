import Expressions
import Workloads

extension Vocabulary {
  static let workload = ObjectType<WorkloadFacts>(
    "workload",
    "What would be moved: a Compose service, a controller, a task definition.",
    [
      .plain("name", "Its name in the definition.") { $0.workload.name },
      .plain("kind", "The format's word for it: `service`, `Deployment`, `Dockerfile`.") {
        $0.workload.kind
      },
      .plain("format", "The format that defines it: `compose`, `dockerfile`, `kubernetes`.") {
        $0.workload.format.rawValue
      },
      Field(
        "project",
        .string,
        "The Compose project, namespace or stack; it stands where its first workload stands."
      ) { FieldContent(.string($0.workload.project), origin: $0.projectPlace) },
      .plain("disposition", "`move`, `externalise`, `absorb`, `local-only` or `duplicate`.") {
        $0.decision.disposition.rawValue
      },
      .plain("dispositionReason", "Why it has this disposition, in words.") { $0.decision.reason },
      .plain("component", "The catalogue's id of a known component: `postgresql`, `redis`.") {
        $0.decision.component?.id ?? ""
      },
      .plain(
        "componentKind",
        "Its kind: `relational-database`, `cache`, `message-broker`, `proxy` …"
      ) { $0.decision.component?.kind ?? "" },
      .plain("componentTitle", "Its kind and name, for messages.") {
        $0.decision.component?.title ?? ""
      },
      Field("awsServices", .list(.string), "The managed services on AWS that replace it.") {
        strings($0.decision.replacement?.aws ?? [])
      },
      Field("azureServices", .list(.string), "The managed services on Azure that replace it.") {
        strings($0.decision.replacement?.azure ?? [])
      },
      .objects("containers", container, "Its containers.", origin: \.container.origin) {
        $0.containers
      },
      .objects("volumes", volume, "Declared volumes that it mounts.", origin: \.origin) {
        $0.workload.volumes
      },
      Field(
        "sharedVolumes",
        .list(.string),
        "Names of its volumes that another workload of the project mounts too."
      ) { strings($0.sharedVolumes) },
      Field("cowrittenVolumes", .list(.string), "Those of them that another workload writes to.") {
        strings($0.cowrittenVolumes)
      },
      Field(
        "projectWorkloads",
        .list(.string),
        "Names of all workloads of the project, itself included."
      ) { strings($0.projectWorkloads) },
      .objects("networks", network, "The networks it is attached to.", origin: \.origin) {
        $0.workload.networks
      },
      .objects("labels", namedValue, "Labels, tags and annotations.", origin: \.origin) {
        $0.workload.labels
      },
      Field("labelsKnown", .bool, "Whether all its labels and tags are known.") { facts in
        facts.workload.labelsUnknown.map { FieldContent(.unknown(because: $0)) }
          ?? FieldContent(.bool(true))
      },
      .objects(
        "dependencies",
        dependency,
        "Workloads that must be there first.",
        origin: \.origin
      ) { $0.workload.dependencies },
      .objects("secrets", secret, "Secrets that the platform hands over.", origin: \.origin) {
        $0.workload.secrets
      },
      .objects("configs", config, "Configuration files handed over.", origin: \.origin) {
        $0.workload.configs
      },
      .texts("profiles", "Compose profiles that switch it on.") { $0.workload.profiles },
      .texts("links", "Compose and ECS links, external ones too.") {
        $0.workload.links + $0.workload.externalLinks
      },
      .texts("volumesFrom", "Containers whose volumes it takes over.") { $0.workload.volumesFrom },
      .texts("extraHosts", "Entries added to /etc/hosts, as `name:address`.") {
        $0.workload.extraHosts
      },
      .texts("dnsSettings", "Own DNS servers, search domains and options.") {
        $0.workload.dnsSettings
      },
      .texts("placement", "Constraints on the node it runs on.") { $0.workload.placement },
      .text("hostname", "The hostname it asks for.") { $0.workload.hostname },
      .text("domainName", "The domain name it asks for.") { $0.workload.domainName },
      .text("macAddress", "The MAC address it asks for.") { $0.workload.macAddress },
      .text("networkMode", "`host`, `none`, `bridge`, `service:NAME`, `container:NAME`.") {
        $0.workload.networkMode
      },
      .text("pidMode", "Whose processes it sees: `host`, `service:NAME`.") { $0.workload.pidMode },
      .text("ipcMode", "Whose shared memory it sees: `host`, `shareable`, `service:NAME`.") {
        $0.workload.ipcMode
      },
      .text("restartPolicy", "`no`, `always`, `on-failure`, `unless-stopped` …") {
        $0.workload.restartPolicy
      },
      .number("stopGracePeriod", "Seconds between the request to stop and the kill.") {
        $0.workload.stopGracePeriod
      },
      .text("stopSignal", "The signal that asks it to stop.") { $0.workload.stopSignal },
      .integer("replicas", "How many copies are asked for.") { $0.workload.replicas },
      .text("deployMode", "`replicated`, `global`, `replicated-job`, `global-job`.") {
        $0.workload.deployMode
      },
      .number("taskCpu", "Cores of the whole task or app, where stated apart from containers.") {
        $0.workload.taskCPU
      },
      .integer("taskMemory", "Bytes of memory of the whole, where stated apart from containers.") {
        $0.workload.taskMemory
      },
      .number("containersCpu", "Cores that its containers reserve together.") {
        Sizing(workload: $0.workload).reserved().cpu
      },
      .integer("containersMemory", "Bytes that its containers reserve together, else may use.") {
        Sizing(workload: $0.workload).reserved().memory
      },
      .integer("ephemeralStorage", "Bytes of scratch disk asked for the whole.") {
        $0.workload.ephemeralStorage
      },
      .texts("compatibilities", "`FARGATE`, `EC2`, `EXTERNAL`: what a task definition is for.") {
        $0.workload.compatibilities
      },
      .text("architecture", "`amd64` or `arm64`, where the whole states it.") {
        $0.workload.architecture
      },
      .text("operatingSystem", "`linux`, `windows`, where the whole states it.") {
        $0.workload.operatingSystem
      },
      .text("runtimeClass", "The runtime class of a pod.") { $0.workload.runtimeClass },
      .text("serviceAccount", "The Kubernetes service account it runs as.") {
        $0.workload.serviceAccount
      },
      .flag("automountsToken", "Whether the pod mounts its service account's token; absent: yes.") {
        $0.workload.automountsToken
      },
      .texts("imagePullSecrets", "Secrets that images are pulled with.") {
        $0.workload.imagePullSecrets
      },
      .text("schedule", "The cron expression of what runs by the clock.") { $0.workload.schedule },
      .integer("timeToLive", "Seconds that a finished job is kept.") { $0.workload.timeToLive },
      .text("workloadProfile", "The workload profile of a container app.") {
        $0.workload.workloadProfile
      },
      .text("serviceMesh", "The mesh whose proxy is added: `istio`, `linkerd`, `APPMESH`.") {
        $0.workload.serviceMesh
      },
      .objects("annotations", namedValue, "Annotations of the pod.", origin: \.origin) {
        $0.workload.annotations
      },
      .objects("settings", namedValue, "Other settings by the format's path.", origin: \.origin) {
        $0.workload.settings
      },
      Field("hasScaling", .bool, "Whether anything changes the number of copies.") {
        FieldContent(
          .bool($0.workload.scaling != nil),
          origin: $0.workload.scaling?.origin ?? .none
        )
      },
      .integer("minReplicas", "The least number of copies under scaling.") {
        $0.workload.scaling?.minimum ?? .absent
      },
      .integer("maxReplicas", "The greatest number of copies under scaling.") {
        $0.workload.scaling?.maximum ?? .absent
      },
      .texts("scalingTriggers", "What scales it: `cpu`, `http`, a KEDA scaler.") {
        $0.workload.scaling?.triggers ?? []
      },
    ] + ResourceKind.all.filter(\.whole.isEmpty).map(resourcesField)
  )

  static let volume = ObjectType<Volume>(
    "volume",
    "A declared volume.",
    [
      .plain("name", "Its name.") { $0.name },
      .text("driver", "The volume driver; `local` if not stated.") { $0.driver },
      .objects("driverOptions", namedValue, "Options of the driver.", origin: \.origin) {
        $0.driverOptions
      },
      .flag("external", "Whether it is made outside the project.") { $0.external },
    ]
  )

  static let network = ObjectType<NetworkAttachment>(
    "network",
    "A workload's place in a network.",
    [
      .plain("name", "The network's name.") { $0.name },
      .text("driver", "The network's driver.") { $0.driver },
      .flag("external", "Whether it is made outside the project.") { $0.external },
      .flag("internal", "Whether it has no way out.") { $0.internalOnly },
      .texts("addresses", "Fixed addresses that the workload asks for.") { $0.addresses },
      .texts("aliases", "Further names of the workload in this network.") { $0.aliases },
    ]
  )

  static let namedValue = ObjectType<NamedValue>(
    "pair",
    "A name with a text: a label, an option, a sysctl.",
    [
      .plain("name", "The name.") { $0.name },
      .text("value", "The text.") { $0.value },
    ]
  )

  static let dependency = ObjectType<Dependency>(
    "dependency",
    "Another workload that must be there first.",
    [
      .plain("name", "Its name.") { $0.name },
      .plain(
        "condition",
        "`service_started`, `service_healthy`, `service_completed_successfully`."
      ) { $0.condition },
    ]
  )

  static let secret = ObjectType<SecretReference>(
    "secretReference",
    "A secret that the platform hands over.",
    [
      .plain("name", "Its name.") { $0.name },
      .plain("source", "`file`, `environment`, `external` or a managed store.") { $0.source },
      .text("detail", "The file or variable that it is read from.") { $0.detail },
    ]
  )

  static let config = ObjectType<ConfigReference>(
    "configReference",
    "A configuration file that the platform hands over.",
    [
      .plain("name", "Its name.") { $0.name },
      .plain("source", "`file`, `environment`, `content` or `external`.") { $0.source },
      .text("target", "The path in the container.") { $0.target },
    ]
  )

  static func strings(_ texts: [String]) -> FieldContent {
    FieldContent(.list(texts.map { .string($0) }), isPresent: !texts.isEmpty)
  }
}
