import DocumentTrees
import Templates
import Testing
import Workloads

@testable import Scanners

@Suite struct TaskDefinitionTests {
  func workload(_ text: String) throws -> Workload {
    try #require(try scanECS(["task.json": text]).workloads.first)
  }

  /// A task definition with one container of the given fields.
  func container(_ fields: String, task: String = "") throws -> (Workload, Container) {
    let text = """
      {"family": "shop", \(task)
       "containerDefinitions": [{"name": "web", "image": "example.com/web:1", \(fields)}]}
      """
    let workload = try workload(text)
    return (workload, try #require(workload.containers.first))
  }

  // MARK: Sizes

  @Test(arguments: [
    ("256", 0.25), (#""256""#, 0.25), (#""0.25 vCPU""#, 0.25), (#"".25 vcpu""#, 0.25),
    (#""1vCPU""#, 1.0), (#""2 VCPU""#, 2.0), ("1024", 1.0), (#""16384""#, 16.0),
    ("10", 10.0 / 1024),
  ])
  func readsProcessors(written: String, cores: Double) throws {
    let workload = try container(#""cpu": 0"#, task: #""cpu": \#(written),"#).0
    #expect(workload.taskCPU.known == cores)
  }

  @Test(arguments: [
    ("512", 536_870_912), (#""1024""#, 1_073_741_824), (#""1GB""#, 1_073_741_824),
    (#""1 GB""#, 1_073_741_824), (#""0.5GB""#, 536_870_912), (#"".5 gb""#, 536_870_912),
    (#""30gb""#, 32_212_254_720),
  ])
  func readsMemory(written: String, bytes: Int) throws {
    let workload = try container(#""cpu": 0"#, task: #""memory": \#(written),"#).0
    #expect(workload.taskMemory.known == bytes)
  }

  @Test(arguments: [
    #""1 core""#, #""a lot""#, #""1.2.3 vCPU""#, #""-256""#, #""99999999999999999999""#,
  ])
  func refusesOtherSizes(written: String) throws {
    let text =
      #"{"family": "a", "cpu": \#(written), "memory": \#(written), "containerDefinitions": [{"name": "a", "image": "a"}]}"#
    let result = try scanECS(["t.json": text])
    let workload = try #require(result.workloads.first)
    #expect(workload.taskCPU.unknownReason == "its processor cannot be read")
    #expect(workload.taskMemory.unknownReason == "its memory cannot be read")
    #expect(result.notices.map(\.kind) == [.invalidValue, .invalidValue])
  }

  @Test func emptySizesAreNotStated() throws {
    let (workload, web) = try container(
      #""cpu": 0, "memory": 0, "memoryReservation": 0"#,
      task: #""cpu": "", "memory": "","#
    )
    #expect(workload.taskCPU.isAbsent)
    #expect(workload.taskMemory.isAbsent)
    #expect(web.resources.cpuRequest.isAbsent)
    #expect(web.resources.memoryLimit.isAbsent)
    #expect(web.resources.memoryRequest.isAbsent)
  }

  @Test func containersCountInUnitsAndMebibytes() throws {
    let (_, web) = try container(#""cpu": 512, "memory": 1024, "memoryReservation": 256"#)
    #expect(web.resources.cpuRequest.known == 0.5)
    #expect(web.resources.cpuLimit.isAbsent)
    #expect(web.resources.memoryLimit.known == 1_073_741_824)
    #expect(web.resources.memoryRequest.known == 268_435_456)
  }

  @Test func storageOfTheTaskIsInGibibytes() throws {
    let (workload, _) = try container(
      #""cpu": 1"#,
      task: #""ephemeralStorage": {"sizeInGiB": 21},"#
    )
    #expect(workload.ephemeralStorage.known == 22_548_578_304)
  }

  // MARK: Platform and modes

  @Test(arguments: [
    ("LINUX", "linux"), ("WINDOWS_SERVER_2022_CORE", "windows/server-2022-core"),
  ])
  func readsPlatforms(family: String, shown: String) throws {
    let (workload, _) = try container(
      #""cpu": 1"#,
      task: """
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "\(family)"},
        "requiresCompatibilities": ["FARGATE", "EC2"], "pidMode": "task", "ipcMode": "host",
        "placementConstraints": [{"type": "memberOf", "expression": "attribute:zone == a"}],
        """
    )
    #expect(workload.architecture.known == "arm64")
    #expect(workload.operatingSystem.known == shown)
    #expect(workload.compatibilities.compactMap(\.known) == ["FARGATE", "EC2"])
    #expect(workload.pidMode.known == "task")
    #expect(workload.ipcMode.known == "host")
    #expect(workload.placement.compactMap(\.known) == ["memberOf: attribute:zone == a"])
  }

  // MARK: Ports

  /// Published on the host, and in which mode.
  @Test(arguments: [
    ("awsvpc", #""hostPort": 80"#, false, Int?.none, String?.none),
    ("awsvpc", #""name": "http""#, false, nil, nil),
    ("bridge", #""hostPort": 8080"#, true, 8080, "host"),
    ("bridge", #""hostPort": 0"#, true, nil, nil),
    ("host", #""name": "http""#, true, 80, "host"),
    ("none", #""hostPort": 80"#, false, nil, nil),
  ])
  func portsDependOnTheNetwork(
    mode: String,
    fields: String,
    isPublished: Bool,
    published: Int?,
    shown: String?
  ) throws {
    let (_, web) = try container(
      #""portMappings": [{"containerPort": 80, "protocol": "tcp", \#(fields)}]"#,
      task: #""networkMode": "\#(mode)","#
    )
    let port = try #require(web.ports.first)
    #expect(port.container.known == 80)
    #expect(port.isPublished == isPublished)
    #expect(port.published.known == published)
    #expect(port.mode.known == shown)
  }

  @Test func bridgeIsTheModeOfNone() throws {
    let (workload, web) = try container(
      #""portMappings": [{"containerPort": 80, "hostPort": 80, "appProtocol": "http2"}]"#
    )
    #expect(workload.networkMode.isAbsent)
    #expect(web.ports[0].isPublished)
    #expect(web.ports[0].published.known == 80)
    #expect(web.ports[0].applicationProtocol.known == "http2")
  }

  @Test func rangesHaveTwoEnds() throws {
    let (_, web) = try container(
      #""portMappings": [{"containerPortRange": "8000-8010"}, {"containerPortRange": "9-1"}]"#,
      task: #""networkMode": "awsvpc","#
    )
    #expect(web.ports[0].container.known == 8000)
    #expect(web.ports[0].containerEnd.known == 8010)
    #expect(web.ports[1].container.unknownReason == "the range cannot be read")
  }

  // MARK: Storage

  @Test func volumesBecomeWhatTheyAre() throws {
    let (workload, web) = try container(
      """
      "mountPoints": [
        {"sourceVolume": "scratch", "containerPath": "/tmp/work"},
        {"sourceVolume": "socket", "containerPath": "/var/run/docker.sock", "readOnly": true},
        {"sourceVolume": "files", "containerPath": "/srv/files"},
        {"sourceVolume": "plugin", "containerPath": "/srv/plugin"},
        {"sourceVolume": "disk", "containerPath": "/srv/disk"},
        {"sourceVolume": "share", "containerPath": "C:\\\\share"},
        {"sourceVolume": "nowhere", "containerPath": "/srv/nowhere"}]
      """,
      task: """
        "volumes": [
          {"name": "scratch", "host": {}},
          {"name": "socket", "host": {"sourcePath": "/var/run/docker.sock"}},
          {"name": "files", "efsVolumeConfiguration": {"fileSystemId": "fs-1", "rootDirectory": "/",
            "transitEncryption": "ENABLED", "transitEncryptionPort": 2999,
            "authorizationConfig": {"accessPointId": "fsap-1", "iam": "ENABLED"}}},
          {"name": "plugin", "dockerVolumeConfiguration": {"scope": "shared", "driver": "rexray/ebs",
            "driverOpts": {"size": "5"}}},
          {"name": "disk", "configuredAtLaunch": true},
          {"name": "share", "fsxWindowsFileServerVolumeConfiguration": {"fileSystemId": "fs-2",
            "rootDirectory": "share", "authorizationConfig":
              {"credentialsParameter": "arn:aws:ssm:eu-west-1:1:parameter/fsx", "domain": "corp"}}}],
        """
    )
    #expect(
      web.mounts.map(\.type.shown) == [
        "emptyDir", "bind", "volume", "volume", "volume", "volume", "?the volume is not declared",
      ]
    )
    #expect(web.mounts[0].source.known == "scratch")
    #expect(web.mounts[1].source.known == "/var/run/docker.sock")
    #expect(web.mounts[1].readOnly.known == true)
    #expect(web.mounts[2].source.known == "files")
    #expect(
      workload.volumes.map { "\($0.name) \($0.driver.shown)" } == [
        "scratch -", "socket host", "files efs", "plugin docker:rexray/ebs", "disk ebs",
        "share fsx-windows",
      ]
    )
    #expect(
      workload.volumes[2].driverOptions.map { "\($0.name)=\($0.value.shown)" } == [
        "fileSystemId=fs-1", "rootDirectory=/", "transitEncryption=ENABLED",
        "transitEncryptionPort=2999", "accessPointId=fsap-1", "iam=ENABLED",
      ]
    )
    #expect(workload.secrets.map { "\($0.name) \($0.source)" } == ["fsx ssm"])
  }

  @Test func temporaryFileSystemsAndTheKernel() throws {
    let (_, web) = try container(
      """
      "linuxParameters": {
        "capabilities": {"add": ["SYS_PTRACE"], "drop": ["ALL"]},
        "devices": [{"hostPath": "/dev/fuse", "containerPath": "/dev/fuse",
                     "permissions": ["read", "write"]}],
        "initProcessEnabled": true, "sharedMemorySize": 64, "maxSwap": 0, "swappiness": 60,
        "tmpfs": [{"containerPath": "/run", "size": 16, "mountOptions": ["ro", "noexec"]}]},
      "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 65536}],
      "systemControls": [{"namespace": "net.core.somaxconn", "value": "1024"}],
      "resourceRequirements": [{"type": "GPU", "value": "1"}],
      "privileged": false, "readonlyRootFilesystem": true,
      "dockerSecurityOptions": ["no-new-privileges", "label:type:x"], "pseudoTerminal": true
      """
    )
    #expect(web.addedCapabilities.map(\.shown) == ["SYS_PTRACE"])
    #expect(web.droppedCapabilities.map(\.shown) == ["ALL"])
    #expect(web.devices.map(\.shown) == ["/dev/fuse:/dev/fuse:rw"])
    #expect(web.usesInit.known == true)
    #expect(web.sharedMemory.known == 67_108_864)
    #expect(web.mounts.map(\.type.shown) == ["tmpfs"])
    #expect(web.mounts[0].size.known == 16_777_216)
    #expect(web.mounts[0].readOnly.known == true)
    #expect(
      web.ulimits.map { "\($0.name) \($0.soft.shown) \($0.hard.shown)" } == ["nofile 1024 65536"]
    )
    #expect(web.sysctls.map { "\($0.name)=\($0.value.shown)" } == ["net.core.somaxconn=1024"])
    #expect(web.gpu.known == true)
    #expect(web.privileged.known == false)
    #expect(web.readOnlyRootFilesystem.known == true)
    #expect(web.allowPrivilegeEscalation.known == false)
    #expect(web.tty.known == true)
    let swap = web.settings.filter { $0.name.hasPrefix("linux") }
    #expect(
      swap.map { "\($0.name)=\($0.value.shown)" } == [
        "linuxParameters.maxSwap=0", "linuxParameters.swappiness=60",
      ]
    )
  }

  // MARK: Environment and secrets

  @Test func variablesAndSecrets() throws {
    let (workload, web) = try container(
      """
      "environment": [{"name": "MODE", "value": "fast"}, {"name": "EMPTY", "value": ""}],
      "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}],
      "secrets": [
        {"name": "DB_PASSWORD",
         "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf:password::"},
        {"name": "TOKEN", "valueFrom": "/shop/token"},
        {"name": "KEY", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/shop/key"}],
      "repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:1:secret:hub"},
      "logConfiguration": {"logDriver": "splunk", "options": {"splunk-url": "https://s"},
        "secretOptions": [{"name": "splunk-token", "valueFrom": "splunk"}]}
      """
    )
    #expect(
      web.variables.map { "\($0.name) \($0.source.rawValue) \($0.value.shown)" } == [
        "MODE environment fast", "EMPTY environment ", "DB_PASSWORD secret-reference -",
        "TOKEN secret-reference -", "KEY secret-reference -",
      ]
    )
    #expect(web.environmentFiles.map(\.shown) == ["arn:aws:s3:::bucket/app.env"])
    #expect(
      workload.secrets.map { "\($0.target.shown) \($0.source) \($0.name)" } == [
        "repositoryCredentials secretsmanager hub", "DB_PASSWORD secretsmanager db-AbCdEf",
        "TOKEN ssm /shop/token", "KEY ssm shop/key",
        "logConfiguration.options.splunk-token ssm splunk",
      ]
    )
    #expect(workload.imagePullSecrets.count == 1)
    #expect(web.logging?.driver.known == "splunk")
    #expect(web.logging?.options.map(\.name) == ["splunk-url"])
  }

  // MARK: Health, commands and roles

  @Test(arguments: [
    (
      #"["CMD-SHELL", "curl -f http://localhost/ || exit 1"]"#,
      ["/bin/sh", "-c", "curl -f http://localhost/ || exit 1"]
    ),
    (#"["CMD", "pg_isready", "-U", "app"]"#, ["pg_isready", "-U", "app"]),
    (#"["CMD-SHELL, curl -f http://localhost/"]"#, ["/bin/sh", "-c", "curl -f http://localhost/"]),
  ])
  func healthChecks(command: String, words: [String]) throws {
    let (_, web) = try container(
      #""healthCheck": {"command": \#(command), "interval": 30, "startPeriod": 10, "retries": 3}"#
    )
    let check = try #require(web.healthCheck)
    #expect(check.type.known == "command")
    #expect(check.command.known == words)
    #expect(check.interval.known == 30)
    #expect(check.timeout.isAbsent)
    #expect(check.startPeriod.known == 10)
    #expect(check.retries.known == 3)
  }

  @Test func healthCheckCanBeSwitchedOff() throws {
    let (_, web) = try container(#""healthCheck": {"command": ["NONE"]}"#)
    #expect(web.healthCheck?.type.known == "none")
  }

  @Test func rolesOfContainers() throws {
    let workload = try workload(
      """
      {"family": "shop", "containerDefinitions": [
        {"name": "migrate", "image": "shop/api:1", "essential": false, "command": ["migrate"]},
        {"name": "api", "image": "shop/api:1", "stopTimeout": 30,
         "dependsOn": [{"containerName": "migrate", "condition": "SUCCESS"}]},
        {"name": "proxy", "image": "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29", "stopTimeout": 60},
        {"name": "router", "image": "amazon/aws-for-fluent-bit:stable",
         "firelensConfiguration": {"type": "fluentbit", "options": {"enable-ecs-log-metadata": "true"}}},
        {"name": "helper", "image": "shop/helper:1", "essential": false}]}
      """
    )
    #expect(
      workload.containers.map { "\($0.name) \($0.role.rawValue)" } == [
        "migrate init", "api main", "proxy sidecar", "router sidecar", "helper sidecar",
      ]
    )
    #expect(workload.stopGracePeriod.known == 60)
  }

  @Test(arguments: ["datadog/agent:7", "amazon/aws-xray-daemon:3"])
  func anAgentAloneIsTheWork(image: String) throws {
    let workload = try workload(
      #"{"family": "a", "containerDefinitions": [{"name": "a", "image": "\#(image)"}]}"#
    )
    #expect(workload.containers.map(\.role) == [.main])
  }

  // MARK: The whole file

  @Test func answersHaveTheirTagsBeside() throws {
    let workload = try workload(
      """
      {"taskDefinition": {"family": "shop", "revision": 7, "status": "ACTIVE",
         "taskDefinitionArn": "arn:aws:ecs:eu-west-1:1:task-definition/shop:7",
         "compatibilities": ["EC2", "FARGATE"], "requiresAttributes": [{"name": "x"}],
         "registeredAt": 1, "registeredBy": "x", "containerDefinitions": [{"name": "a", "image": "a"}]},
       "tags": [{"key": "team", "value": "shop"}]}
      """
    )
    #expect(workload.name == "shop")
    #expect(workload.id == "ecs-task-definition:/shop")
    #expect(workload.compatibilities.isEmpty)
    #expect(workload.labels.map { "\($0.name)=\($0.value.shown)" } == ["team=shop"])
    #expect(
      workload.identifiers.compactMap(\.known) == [
        "shop", "arn:aws:ecs:eu-west-1:1:task-definition/shop:7", "shop:7",
      ]
    )
  }

  @Test func aSkeletonIsNothingToAssess() throws {
    let result = try scanECS([
      "skeleton.json": """
      {"family": "", "taskRoleArn": "", "networkMode": "awsvpc", "containerDefinitions": [
        {"name": "", "image": "", "cpu": 0, "memory": 0, "essential": true, "privileged": true,
         "links": [""], "portMappings": [{"containerPort": 0, "hostPort": 0, "protocol": "tcp"}]}],
       "volumes": [{"name": "", "host": {"sourcePath": ""}}]}
      """
    ])
    #expect(result.workloads.isEmpty)
    #expect(result.noticeLines == ["information skeleton.json:1"])
  }

  @Test func emptyTextsOfASkeletonAreNotStated() throws {
    let (workload, web) = try container(
      """
      "user": "", "workingDirectory": "", "command": [""], "entryPoint": [""], "links": [""],
      "hostname": "", "dnsServers": [""], "extraHosts": [{"hostname": "", "ipAddress": ""}],
      "environment": [{"name": "", "value": ""}], "secrets": [{"name": "", "valueFrom": ""}],
      "environmentFiles": [{"value": "", "type": "s3"}], "startTimeout": 0, "stopTimeout": 0,
      "mountPoints": [{"sourceVolume": "", "containerPath": "", "readOnly": true}],
      "volumesFrom": [{"sourceContainer": "", "readOnly": true}],
      "portMappings": [{"containerPort": 0, "hostPort": 0}], "dockerLabels": {"KeyName": ""},
      "healthCheck": {"command": [""], "interval": 0, "timeout": 0, "retries": 0},
      "logConfiguration": {"logDriver": "", "options": {"KeyName": ""}},
      "linuxParameters": {"capabilities": {"add": [""], "drop": [""]}, "sharedMemorySize": 0,
        "devices": [{"hostPath": ""}], "tmpfs": [{"containerPath": "", "size": 0}]},
      "firelensConfiguration": {"type": "", "options": {"KeyName": ""}},
      "dependsOn": [{"containerName": "", "condition": "COMPLETE"}], "ulimits": [{"name": ""}]
      """,
      task: """
        "taskRoleArn": "", "executionRoleArn": "", "pidMode": "", "networkMode": "",
        "requiresCompatibilities": [""], "placementConstraints": [{"type": "", "expression": ""}],
        "proxyConfiguration": {"type": "APPMESH", "containerName": "", "properties": []},
        "inferenceAccelerators": [{"deviceName": "", "deviceType": ""}],
        "ephemeralStorage": {"sizeInGiB": 0}, "tags": [{"key": "", "value": ""}],
        """
    )
    #expect(workload.settings.isEmpty)
    #expect(workload.networkMode.isAbsent)
    #expect(workload.placement.isEmpty)
    #expect(workload.serviceMesh.isAbsent)
    #expect(workload.labels.map(\.name).filter { !$0.isEmpty }.isEmpty)
    #expect(workload.resourceLinks.isEmpty)
    #expect(workload.links.isEmpty && workload.extraHosts.isEmpty && workload.dnsSettings.isEmpty)
    #expect(workload.volumesFrom.isEmpty && workload.secrets.isEmpty)
    #expect(workload.stopGracePeriod.isAbsent)
    #expect(web.user.isAbsent && web.command.isAbsent && web.entrypoint.isAbsent)
    #expect(web.ports.isEmpty && web.mounts.isEmpty && web.variables.isEmpty)
    #expect(web.environmentFiles.isEmpty && web.devices.isEmpty && web.ulimits.isEmpty)
    #expect(web.healthCheck == nil)
    #expect(web.logging == nil)
    #expect(web.settings.isEmpty)
  }

  @Test func unknownFieldsAreNamedOnce() throws {
    let result = try scanECS([
      "t.json": """
      {"family": "a", "colour": "red", "containerDefinitions": [
        {"name": "a", "image": "a", "imagePullPolicy": "Always"},
        {"name": "b", "image": "b", "imagePullPolicy": "Always", "ports": []}]}
      """
    ])
    #expect(
      result.notices.map(\.message).sorted() == [
        "A container definition has fields that are not known here: imagePullPolicy, ports.",
        "A task definition has fields that are not known here: colour.",
      ]
    )
    #expect(result.workloads[0].unsupported.map(\.name) == ["colour"])
  }

  @Test func filesMayHoldSeveralAndYAML() throws {
    let result = try scanECS([
      "tasks/all.json": """
      [{"family": "a", "containerDefinitions": [{"name": "a", "image": "a"}]},
       {"family": "b", "containerDefinitions": [{"name": "b", "image": "b"}]}]
      """,
      "tasks/one.yaml": """
      family: c
      networkMode: awsvpc
      containerDefinitions:
        - name: c
          image: c
          essential: true
      """,
      "tasks/dev.json":
        #"{"family": "a", "containerDefinitions": [{"name": "a", "image": "a:dev"}]}"#,
    ])
    #expect(
      result.workloads.map(\.id) == [
        "ecs-task-definition:tasks/a@all.json", "ecs-task-definition:tasks/b",
        "ecs-task-definition:tasks/a@dev.json", "ecs-task-definition:tasks/c",
      ]
    )
    #expect(result.workloads[3].location.range.start.line == 1)
    #expect(result.notices.isEmpty)
  }

  @Test(arguments: [
    "{}", #"{"family": "a", "containerDefinitions": []}"#,
    #"{"containerDefinitions": [null, 3, "x", [], {}]}"#,
    #"{"containerDefinitions": [{"name": [], "image": {}, "cpu": [], "environment": {"a": 1}, "command": {}, "linuxParameters": "x", "portMappings": "80", "healthCheck": [], "logConfiguration": 4}], "volumes": 7, "tags": "x", "cpu": {}, "memory": []}"#,
    #"{"taskDefinition": {}}"#, #"{"services": [1, {}]}"#, #"[[[]]]"#,
  ])
  func survivesWhatIsNoDefinition(text: String) throws {
    let result = try scanECS(["t.json": text])
    #expect(result.inputs.count == 1)
    #expect(result.workloads.count <= 1)
  }
}
