import DocumentTrees
import Scanners
import Testing
import Workloads

/// What Terraform's provider declares is what the manifest of the same object declares.
@Suite struct KubernetesTerraformTests {
  /// Scans files held in memory as the command would.
  private static func terraform(_ files: [String: String]) async -> ScanResult {
    let tree = MemoryFiles(files)
    let limits = DocumentLimits()
    let found = await Discovery(files: tree, limits: limits).discover(paths: files.keys.sorted())
    let scanner = TerraformScanner()
    let own = found.files.filter { scanner.formats.contains($0.format) }
    return scanner.scan(own, in: ScanContext(files: tree, limits: limits, builds: StubBuilds()))
  }

  @Test(arguments: KubernetesTwin.all)
  func saysWhatTheManifestSays(_ twin: KubernetesTwin) async {
    let manifest = await kubernetes(twin.manifest)
    let configuration = await Self.terraform(["main.tf": twin.configuration])
    #expect(configuration.notices.isEmpty, "\(configuration.notices)")
    #expect(Self.facts(configuration) == Self.facts(manifest))
    #expect(!Self.facts(manifest).isEmpty)
  }

  /// Every attribute of the workloads and resources, without places and ids.
  private static func facts(_ result: ScanResult) -> [String] {
    var facts: [String] = []
    for workload in result.workloads { collect(workload, workload.name, &facts) }
    for resource in result.resources { collect(resource, resource.name, &facts) }
    return facts.sorted()
  }

  private static func collect(_ value: Any, _ path: String, _ facts: inout [String]) {
    if value is Origin || value is DocumentTrees.SourceLocation || value is ResourceKind { return }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .dictionary {
      for entry in mirror.children.map({ Mirror(reflecting: $0.value).children.map(\.value) }) {
        collect(entry[1], "\(path).\(entry[0])", &facts)
      }
      return
    }
    if mirror.children.isEmpty {
      if !["[]", "[:]", "nil", "absent"].contains("\(value)") {
        facts.append("\(path) = \(value)")
      }
      return
    }
    if mirror.displayStyle == .set {
      facts.append("\(path) = \(mirror.children.map { "\($0.value)" }.sorted())")
      return
    }
    for (number, child) in mirror.children.enumerated() {
      let label = child.label ?? "\(number)"
      if ["id", "project", "address", "location", "origin", "format"].contains(label) { continue }
      collect(child.value, "\(path).\(label)", &facts)
    }
  }

  @Test func placesAreThoseOfTheConfiguration() async throws {
    let result = await Self.terraform([
      "main.tf": """
      resource "kubernetes_pod" "agent" {
        metadata {
          name = "agent"
        }
        spec {
          host_network = true
          container {
            name  = "main"
            image = "example.com/agent:1"
          }
        }
      }
      """
    ])
    let pod = try #require(result.workloads.first)
    #expect(pod.name == "agent")
    #expect(pod.location.file == "main.tf")
    #expect(pod.location.range.start == Place(line: 3, column: 12))
    #expect(pod.networkMode.known == "host")
    #expect(pod.networkMode.origin.location?.range.start == Place(line: 6, column: 20))
    #expect(pod.containers.first?.image.origin.location?.range.start == Place(line: 9, column: 15))
  }

  /// A name that a variable makes is not known; what the object is, still is.
  @Test func unknownsSpreadNoFurtherThanTheyMust() async throws {
    let result = await Self.terraform([
      "main.tf": """
      variable "name" {}
      variable "host" { type = bool }
      variable "mounts" { type = list(string) }
      resource "kubernetes_deployment_v1" "web" {
        metadata { name = var.name }
        spec {
          replicas = 3
          selector { match_labels = { app = "web" } }
          template {
            metadata { labels = { app = "web" } }
            spec {
              host_network = var.host
              dynamic "security_context" {
                for_each = var.mounts
                content { run_as_user = 1000 }
              }
              container {
                name  = "web"
                image = "example.com/web:1"
                dynamic "volume_mount" {
                  for_each = var.mounts
                  content {
                    name       = volume_mount.value
                    mount_path = "/mnt/${volume_mount.value}"
                  }
                }
              }
            }
          }
        }
      }
      """
    ])
    let web = try #require(result.workloads.first)
    #expect(web.name == "web")
    #expect(web.replicas.known == 3)
    #expect(web.networkMode.unknownReason == "the variable host has no default")
    #expect(web.containers.first?.user.unknownReason == "the variable mounts has no default")
    #expect(web.containers.first?.image.known?.text == "example.com/web:1")
  }

  /// The documentation of the provider joins a Service to its pods this way.
  @Test func blocksOfOtherResourcesAreFollowed() async throws {
    let result = await Self.terraform([
      "main.tf": """
      resource "kubernetes_namespace" "shop" {
        metadata { name = "shop" }
      }
      resource "kubernetes_pod" "web" {
        metadata {
          name      = "web"
          namespace = kubernetes_namespace.shop.metadata[0].name
          labels    = { app = "web" }
        }
        spec {
          container {
            name  = "web"
            image = "example.com/web:1"
          }
        }
      }
      resource "kubernetes_service" "web" {
        metadata {
          name      = "web"
          namespace = kubernetes_namespace.shop.metadata.0.name
        }
        spec {
          selector = { app = kubernetes_pod.web.metadata.0.labels.app }
          port { port = 80 }
          type = "LoadBalancer"
        }
      }
      """
    ])
    let web = try #require(result.workloads.first)
    #expect(web.id == "terraform:shop/web")
    let service = try #require(web.resources(KubernetesService.kind).first)
    #expect(service[KubernetesService.type].known == "LoadBalancer")
  }

  /// Most projects name their objects after a variable without default.
  @Test func objectsFindEachOtherByTheirResources() async throws {
    let result = await Self.terraform([
      "main.tf": """
      variable "project" {}
      variable "account" {}
      resource "kubernetes_namespace" "shop" {
        metadata { name = var.project }
      }
      resource "kubernetes_config_map" "web" {
        metadata {
          name      = "${var.project}-web"
          namespace = kubernetes_namespace.shop.metadata[0].name
        }
        data = { MODE = "live" }
      }
      resource "kubernetes_deployment" "web" {
        metadata {
          name      = "${var.project}-web"
          namespace = kubernetes_namespace.shop.metadata[0].name
        }
        spec {
          template {
            metadata { labels = { app = "web" } }
            spec {
              container {
                name  = "web"
                image = "${var.account}.dkr.ecr.eu-west-1.amazonaws.com/web:${var.project}"
                env_from {
                  config_map_ref { name = kubernetes_config_map.web.metadata[0].name }
                }
              }
            }
          }
        }
      }
      """
    ])
    let web = try #require(result.workloads.first)
    #expect(web.id == "terraform:shop/web")
    let container = try #require(web.containers.first)
    #expect(container.variable("MODE")?.value.known == "live")
    #expect(container.image.known?.repository == "web")
    #expect(container.image.known?.unknownTag == "the variable project has no default")
  }

  @Test func manifestsInsideTextsAreRead() async throws {
    let result = await Self.terraform([
      "main.tf": """
      variable "tag" {}
      resource "kubernetes_manifest" "a" {
        manifest = {
          apiVersion = "v1"
          kind       = "Pod"
          metadata   = { name = "a" }
          spec       = { containers = [{ name = "a", image = "example.com/a:1" }] }
        }
      }
      resource "kubectl_manifest" "b" {
        yaml_body = <<-YAML
          apiVersion: v1
          kind: Pod
          metadata: {name: b}
          spec:
            hostPID: true
            containers:
            - name: b
              image: example.com/b:${var.tag}
          YAML
      }
      """
    ])
    let first = try #require(result.workloads.first { $0.name == "a" })
    let second = try #require(result.workloads.first { $0.name == "b" })
    #expect(first.containers.first?.image.known?.text == "example.com/a:1")
    #expect(second.pidMode.known == "host")
    #expect(second.pidMode.origin.location?.file == "main.tf")
    let image = try #require(second.containers.first?.image.known)
    #expect(image.repository == "b")
    #expect(image.tag == "")
    #expect(image.unknownTag != nil)
  }

  /// The file is a manifest of its own, which is assessed with its lines.
  @Test func manifestsInFilesAreLeftToTheFiles() async {
    let result = await Self.terraform([
      "main.tf": """
      resource "kubectl_manifest" "a" { yaml_body = file("${path.module}/a.yaml") }
      resource "kubernetes_manifest" "b" { manifest = yamldecode(file("a.yaml")) }
      """,
      "a.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: a}
      spec: {containers: [{name: a, image: "example.com/a:1"}]}
      """,
    ])
    #expect(result.workloads.isEmpty)
    #expect(result.notices.isEmpty, "\(result.notices)")
  }

  /// In a state what nobody set stands there as an empty value.
  @Test func emptyValuesOfAStateSayNothing() async throws {
    let result = await Self.terraform([
      "state.json": """
      {"format_version": "1.0", "terraform_version": "1.9.0", "values": {"root_module": {
        "resources": [{
          "address": "kubernetes_deployment.web", "mode": "managed",
          "type": "kubernetes_deployment", "name": "web",
          "values": {
            "id": "default/web",
            "metadata": [{"name": "web", "namespace": "default", "labels": null}],
            "spec": [{"replicas": "2", "template": [{"metadata": [{"labels": {"app": "web"}}],
              "spec": [{"active_deadline_seconds": 0, "host_network": false, "hostname": "",
                "node_name": "", "security_context": [], "container": [{
                  "name": "web", "image": "example.com/web:1", "working_dir": "",
                  "port": [{"container_port": 80, "host_port": 0, "host_ip": "", "name": "",
                    "protocol": "TCP"}]
                }]}]}]}]
          }
        }]}}}
      """
    ])
    let web = try #require(result.workloads.first)
    #expect(web.replicas.known == 2)
    #expect(web.hostname.isAbsent)
    #expect(web.settings.isEmpty)
    let container = try #require(web.containers.first)
    #expect(container.workingDirectory.isAbsent)
    let port = try #require(container.ports.first)
    #expect(port.container.known == 80)
    #expect(port.published.isAbsent)
    #expect(!port.isPublished)
  }

  @Test func chartIsNamedWithWhatRendersIt() async {
    let result = await Self.terraform([
      "main.tf": """
      resource "helm_release" "ingress" {
        name       = "ingress"
        repository = "https://kubernetes.github.io/ingress-nginx"
        chart      = "ingress-nginx"
        version    = "4.11.2"
      }
      resource "kubernetes_env" "x" {}
      """
    ])
    #expect(
      result.notices.map(\.message) == [
        "Resources of the type kubernetes_env are not assessed.",
        "A Helm chart, which is not rendered here. Assess what it renders to, with the values of "
          + "this release: helm template ingress ingress-nginx "
          + "--repo https://kubernetes.github.io/ingress-nginx --version 4.11.2 --values VALUES | "
          + "unmoor assess -",
      ]
    )
  }
}
