import DocumentTrees
import Scanners
import Testing
import Workloads

/// Kustomizations are recognised, and what they generate and replace is known.
@Suite struct KustomizeTests {
  private static let web = deployment(container: "envFrom: [{configMapRef: {name: web}}]")

  @Test func generatedObjectsAreThere() async throws {
    let result = await kubernetes([
      "app/kustomization.yaml": """
      resources: [web.yaml]
      generatorOptions: {disableNameSuffixHash: true}
      configMapGenerator:
      - name: web
        literals: [MODE=live, "GREETING='good day'"]
        envs: [settings.env]
        files: [app.properties, other.txt=missing.txt]
      """,
      "app/settings.env": "# how it runs\nLEVEL=info\n",
      "app/app.properties": "colour=blue\n",
      "app/web.yaml": Self.web,
    ])
    let container = try #require(result.workload("web")?.container)
    let shown = container.variables.map { "\($0.name)=\($0.value.shown)" }.sorted()
    #expect(shown.prefix(3) == ["GREETING=good day", "LEVEL=info", "MODE=live"])
    #expect(container.variable("LEVEL")?.value.origin.location?.file == "app/settings.env")
    // Nothing is missing that the kustomization makes.
    #expect(container.environmentFiles.isEmpty)
    #expect(container.variable("app.properties")?.value.known == "colour=blue\n")
    #expect(container.variable("other.txt")?.value.known == nil)
  }

  @Test func generatedSecretsAreSecrets() async throws {
    let result = await kubernetes([
      "app/kustomization.yaml": """
      secretGenerator:
      - name: db
        type: Opaque
        literals:
        - password=kT9vQ2xLm4Zr8Wp1
      """
    ])
    let secret = try #require(result.resources(SecretObject.kind).first)
    #expect(secret.name == "db" && secret[SecretObject.keyName].known == "password")
    #expect(secret[SecretObject.source].known == "literal")
    #expect(secret.origin.location?.range.start.line == 5)
  }

  struct Images: CustomTestStringConvertible {
    var what: String
    var files: [String: String]
    var image: String
    var testDescription: String { what }
  }

  @Test(arguments: [
    Images(
      what: "name and tag",
      files: ["kustomization.yaml": overlay("app", "newName: r.io/shop/web, newTag: \"2\"")],
      image: "r.io/shop/web:2"
    ),
    Images(
      what: "digest",
      files: ["kustomization.yaml": overlay("app", "digest: \"sha256:00ff\"")],
      image: "example.com/web@sha256:00ff"
    ),
    Images(
      what: "only the name",
      files: ["kustomization.yaml": overlay("app", "newName: r.io/web")],
      image: "r.io/web:1"
    ),
    Images(
      what: "through another kustomization",
      files: [
        "overlays/live/kustomization.yaml": overlay("../../base", "newTag: v7"),
        "base/kustomization.yaml": "resources: [../app]",
      ],
      image: "example.com/web:v7"
    ),
    Images(
      what: "two that agree",
      files: [
        "a/kustomization.yaml": overlay("../app", "newTag: v7"),
        "b/kustomization.yaml": overlay("../app", "newTag: v7"),
      ],
      image: "example.com/web:v7"
    ),
    Images(
      what: "another image",
      files: [
        "kustomization.yaml": overlay("app", "newTag: v7").replacing("example.com/web", with: "x")
      ],
      image: "example.com/web:1"
    ),
    Images(
      what: "files that it does not include",
      files: ["kustomization.yaml": overlay("elsewhere", "newTag: v7")],
      image: "example.com/web:1"
    ),
  ])
  func imagesAreReplaced(_ images: Images) async throws {
    let own = ["app/kustomization.yaml": "resources: [web.yaml]", "app/web.yaml": deployment()]
    let result = await kubernetes(own.merging(images.files) { $1 })
    #expect(result.workload("web")?.container?.image.known?.text == images.image)
  }

  private static func overlay(_ resource: String, _ image: String) -> String {
    "resources: [\(resource)]\nimages: [{name: example.com/web, \(image)}]"
  }

  @Test func tagIsOpenWhereKustomizationsDisagree() async throws {
    let result = await kubernetes([
      "app/kustomization.yaml": "resources: [web.yaml]", "app/web.yaml": deployment(),
      "a/kustomization.yaml": Self.overlay("../app", "newTag: v7"),
      "b/kustomization.yaml": Self.overlay("../app", "newTag: v8"),
    ])
    let image = try #require(result.workload("web")?.container?.image.known)
    #expect(image.repository == "web" && image.unknownTag != nil)
  }

  /// Parts of others in all their forms: none is a workload, none a broken file.
  @Test func oddFormsAreNotMisread() async throws {
    let result = await kubernetes([
      "kustomization.yaml": """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [web.yaml, "https://github.com/acme/base?ref=v1"]
      namePrefix: live-
      replicas: [{name: web, count: 3}]
      patchesStrategicMerge:
      - memory.yaml
      - |
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec: {replicas: 2}
      patchesJson6902:
      - {target: {kind: Deployment, name: web}, path: operations.yaml}
      patches:
      - {path: gone.yaml, target: {kind: Deployment}}
      - {patch: "- {op: remove, path: /spec/replicas}", target: {kind: Deployment}}
      replacements: [{path: replacement.yaml}]
      configurations: [names.yaml]
      """,
      "web.yaml": deployment(),
      "memory.yaml": deployment(container: "resources: {limits: {memory: 1Gi}}"),
      "operations.yaml": "- {op: replace, path: /spec/replicas, value: 4}",
      "gone.yaml": "$patch: delete\napiVersion: v1\nkind: Pod\nmetadata: {name: web}",
      "replacement.yaml": "source: {kind: Pod}\ntargets: []",
      "names.yaml": "images: [{path: spec/image, kind: Thing}]",
      "extra/kustomization.yaml":
        "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages: [{name: x}]",
    ])
    #expect(result.workloads.map(\.name) == ["web"])
    #expect(
      result.notices.map { "\($0.location.file) \($0.message)" } == [
        """
        extra/kustomization.yaml A component, which only a kustomization that names it applies; \
        its resources are assessed as they stand. Not taken into account: images.
        """,
        """
        kustomization.yaml A kustomization; the resources beside it are assessed as they stand. \
        Its 5 patches are left out. Not taken into account: namePrefix, replicas, replacements. \
        What it fetches from an address is not here. Assess what it makes of them: kubectl \
        kustomize . | unmoor assess -
        """,
      ]
    )
  }

  @Test func koBuildsWhatItNames() async throws {
    let result = await kubernetes(
      deployment().replacing("example.com/web:1", with: "ko://github.com/acme/web")
    )
    let image = try #require(result.workload("web")?.container?.image.known)
    #expect(image.name == "web" && image.unknownTag != nil)
  }

  /// What an image stream fills in is no image called blank.
  @Test func blankImagesAreOpen() async throws {
    let result = await kubernetes(deployment().replacing("example.com/web:1", with: "' '"))
    let image = try #require(result.workload("web")?.container?.image)
    #expect(image.unknownReason == "an image stream fills it in")
  }
}
