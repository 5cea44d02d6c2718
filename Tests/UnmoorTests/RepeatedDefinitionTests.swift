import RuleEngine
import Testing
import Unmoor

/// Several manifests of one application define the same workload: it counts once.
struct RepeatedDefinitionTests {
  private static func deployment(
    _ name: String = "cart",
    image: String = "example.com/shop/cart:1",
    namespace: String = "",
    kind: String = "Deployment",
    variables: String = ""
  ) -> String {
    """
    apiVersion: apps/v1
    kind: \(kind)
    metadata: {name: \(name)\(namespace.isEmpty ? "" : ", namespace: \(namespace)")}
    spec:
      selector: {matchLabels: {app: \(name)}}
      template:
        metadata: {labels: {app: \(name)}}
        spec:
          containers: [{name: main, image: "\(image)", env: [\(variables)]}]
    ---

    """
  }

  /// The files that are judged, of those that define a workload.
  private func judged(_ files: [String: String]) async throws -> [String] {
    try await Shop.assess(files).workloads.filter { $0.disposition != .duplicate }
      .map(\.location.file).sorted()
  }

  struct Layout: CustomTestStringConvertible {
    var files: [String]
    var judged: [String]
    var testDescription: String { files.joined(separator: " ") }

    init(_ files: String..., judged: [String]) {
      self.files = files
      self.judged = judged
    }
  }

  @Test(arguments: [
    Layout("base/cart.yaml", "release/all.yaml", judged: ["release/all.yaml"]),
    Layout(
      "kustomize/base/cart.yaml",
      "kustomize/overlays/eu-west/cart.yaml",
      judged: ["kustomize/overlays/eu-west/cart.yaml"]
    ),
    Layout("k8s/dev/app.yaml", "k8s/prod/app.yaml", judged: ["k8s/prod/app.yaml"]),
    Layout("k8s/cart-dev.yaml", "k8s/cart-production.yaml", judged: ["k8s/cart-production.yaml"]),
    Layout("k8s/cart-deployment.yaml", "k8s/all-in-one.yaml", judged: ["k8s/all-in-one.yaml"]),
    Layout("src/cart/k8s/cart.yaml", "src/release/shop.yaml", judged: ["src/release/shop.yaml"]),
    Layout(
      "guestbook/cart.yaml",
      "guestbook/all-in-one/cart.yaml",
      "guestbook/all-in-one/guestbook-all-in-one.yaml",
      judged: ["guestbook/all-in-one/cart.yaml"]
    ),
    // Unrelated projects, side by side.
    Layout(
      "shop/k8s/cart.yaml",
      "bank/k8s/cart.yaml",
      judged: ["bank/k8s/cart.yaml", "shop/k8s/cart.yaml"]
    ),
    Layout(
      "guestbook/a.yaml",
      "guestbook-go/a.yaml",
      judged: ["guestbook-go/a.yaml", "guestbook/a.yaml"]
    ),
    // Samples of one folder, for what their names say.
    Layout(
      "k8s/cart-PASSED.yaml",
      "k8s/cart-FAILED.yaml",
      judged: ["k8s/cart-FAILED.yaml", "k8s/cart-PASSED.yaml"]
    ),
    Layout(
      "k8s/one.yaml",
      "k8s/two.yaml",
      "base/cart.yaml",
      judged: ["base/cart.yaml", "k8s/one.yaml", "k8s/two.yaml"]
    ),
  ])
  func pathsTellWhatBelongsTogether(_ layout: Layout) async throws {
    let files = Dictionary(uniqueKeysWithValues: layout.files.map { ($0, Self.deployment()) })
    #expect(try await judged(files) == layout.judged)
  }

  struct Pair: CustomTestStringConvertible {
    var what: String
    var other: String
    var areSame: Bool
    var testDescription: String { what }
  }

  @Test(arguments: [
    Pair(what: "the same", other: deployment(), areSame: true),
    Pair(what: "another tag", other: deployment(image: "example.com/shop/cart:2"), areSame: true),
    Pair(what: "a placeholder", other: deployment(image: "cart"), areSame: true),
    Pair(
      what: "another image",
      other: deployment(image: "example.com/shop/basket:1"),
      areSame: false
    ),
    Pair(what: "another name", other: deployment("cart-2"), areSame: false),
    Pair(what: "another kind", other: deployment(kind: "StatefulSet"), areSame: false),
    Pair(
      what: "the environment's namespace",
      other: deployment(namespace: "shop-dev"),
      areSame: true
    ),
    Pair(what: "another namespace", other: deployment(namespace: "bank"), areSame: false),
  ])
  func contentTellsWhatIsTheSame(_ pair: Pair) async throws {
    let files = [
      "k8s/prod/app.yaml": Self.deployment(namespace: "shop-prod"), "k8s/dev/app.yaml": pair.other,
    ]
    #expect(try await judged(files).count == (pair.areSame ? 1 : 2))
  }

  /// What is said once more changes neither verdicts nor score nor effort.
  @Test func copiesDoNotCount() async throws {
    let text = Self.deployment() + Self.deployment("worker", image: "example.com/shop/worker:1")
    let alone = try await Shop.assess(["release/shop.yaml": text])
    let repeated = try await Shop.assess([
      "base/shop.yaml": text, "release/shop.yaml": text, "overlays/dev/shop.yaml": text,
    ])
    #expect(repeated.summary.score == alone.summary.score)
    #expect(repeated.summary.effort == alone.summary.effort)
    #expect(repeated.findings.count == alone.findings.count)
    #expect(
      repeated.workloads.flatMap(\.verdicts).count == alone.workloads.flatMap(\.verdicts).count
    )
  }

  @Test func saysWhatDiffers() async throws {
    let assessment = try await Shop.assess([
      "base/cart.yaml": Self.deployment(),
      "release/cart.yaml": Self.deployment(
        image: "example.com/shop/cart:2",
        variables: "{name: MODE, value: live}"
      ),
    ])
    let cart = try #require(assessment.workloads.first { $0.disposition == .move })
    #expect(
      cart.otherDefinitions.map(\.reason) == [
        "the same Deployment running cart; they differ in images and variables"
      ]
    )
  }

  /// The overlay's autoscaler is the workload's, whichever definition is judged.
  @Test func gathersWhatStandsAroundTheOthers() async throws {
    let scaler = """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: cart}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}
        maxReplicas: 5
      """
    let assessment = try await Shop.assess([
      "overlays/dev/cart.yaml": Self.deployment(), "overlays/dev/scale.yaml": scaler,
      "release/cart.yaml": Self.deployment(),
    ])
    let rules = assessment.findings.filter { $0.location.file.hasPrefix("release/") }.map(\.rule)
    #expect(!rules.isEmpty && !rules.contains("cost/no-autoscaling"))
  }

  @Test func findsSecretsInAllOfThem() async throws {
    let assessment = try await Shop.assess([
      "overlays/dev/cart.yaml": Self.deployment(
        variables: "{name: DB_PASSWORD, value: kT9vQ2xLm4Zr8Wp1}"
      ),
      "release/cart.yaml": Self.deployment(),
    ])
    let leaks = assessment.findings.filter { $0.rule == "secrets/plaintext-env" }
    #expect(leaks.map(\.location.file) == ["overlays/dev/cart.yaml"])
  }

  @Test func settingsOverrule() async throws {
    let files = [
      "base/cart.yaml": Self.deployment(), "release/cart.yaml": Self.deployment(),
      "jobs/cart.yaml": Self.deployment("cart-jobs"),
      ".unmoor.yaml": """
      workloads:
        cart: {sameAs: none}
        cart-jobs: {sameAs: "kubernetes:release:default/cart"}
      """,
    ]
    #expect(try await judged(files) == ["base/cart.yaml", "release/cart.yaml"])
  }
}
