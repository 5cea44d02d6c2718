import DocumentTrees
import RuleEngine
import TestSupport
import Testing
import Unmoor

/// Manifests from the files to the report.
struct KubernetesTests {
  private static let secret = """
    apiVersion: v1
    kind: Secret
    metadata: {name: keys}
    data:
      password: WmViZXItTWF1bC03NzE=
      settings.ini: W2RiXQpwYXNzd29yZD1Hcm90dGVuLW9sbS04OAo=
    stringData:
      token: Kragen-barsch-12
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: p}
    spec:
      containers:
      - name: c
        image: example.com/c:1
        args: ["--token=Kragen-barsch-12", "Zeber-Maul-771"]
        envFrom: [{secretRef: {name: keys}}]

    """

  @Test func showsNothingOfSecrets() async throws {
    let assessment = try await Shop.assess(["app.yaml": Self.secret])
    #expect(assessment.findings.contains { !$0.excerpt.isEmpty })
    for (format, text) in Shop.outputs(of: assessment) {
      for word in [
        "Zeber-Maul-771", "WmViZXItTWF1bC03NzE", "Grotten-olm-88", "Kragen-barsch-12",
        "W2RiXQpwYXNzd29yZD1Hcm90dGVuLW9sbS04OAo",
      ] {
        #expect(!text.contains(word), "\(format) shows \(word.prefix(3))…")
      }
    }
  }

  @Test(arguments: [
    ("", "1"), ("runAsUser: 0", "runs as root, because its user is set to 0"),
    ("runAsUser: 1000", ""), ("runAsNonRoot: true", ""),
  ])
  func judgesUsers(_ context: String, _ message: String) async throws {
    let assessment = try await Shop.assess([
      "app.yaml": """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec:
        securityContext: {\(context)}
        containers: [{name: c, image: "debian:trixie"}]
      """
    ])
    let found = assessment.findings.filter { $0.rule == "host/run-as-root" }
    #expect(found.isEmpty == message.isEmpty)
    if message.count > 1 { #expect(found.first?.message.contains(message) == true) }
  }

  @Test func decidesByKindAndImage() async throws {
    func object(_ kind: String, _ version: String, _ name: String, _ image: String) -> String {
      let pod = "{spec: {containers: [{name: c, image: '\(image)'}]}}"
      let spec =
        kind == "CronJob"
        ? "{schedule: '@daily', jobTemplate: {spec: {template: \(pod)}}}" : "{template: \(pod)}"
      return
        "apiVersion: \(version)\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n---\n"
    }
    let assessment = try await Shop.assess([
      "app.yaml": object("StatefulSet", "apps/v1", "db", "postgres:16")
        + object("CronJob", "batch/v1", "backup", "postgres:16")
        + object("DaemonSet", "apps/v1", "logs", "fluent/fluent-bit:3.2")
        + object("Deployment", "apps/v1", "web", "example.com/web:1")
    ])
    let decided = assessment.workloads.map { "\($0.name) \($0.disposition.rawValue)" }.sorted()
    #expect(decided == ["backup move", "db externalise", "logs absorb", "web move"])
  }

  @Test func saysWhereABrokenManifestEnds() async throws {
    let assessment = try await Shop.assess([
      "app.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n  bad: [\n"
    ])
    #expect(assessment.notices.map(\.kind) == ["unreadable"])
    #expect(assessment.workloads.map(\.kind) == ["unreadable file"])
  }
}
