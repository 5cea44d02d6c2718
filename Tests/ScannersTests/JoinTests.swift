import DocumentTrees
import Scanners
import Testing
import Workloads

/// What different files say of the same workload is joined, and nothing else.
@Suite struct JoinTests {
  private func workload(
    _ name: String,
    _ format: FileFormat,
    file: String,
    image: String?,
    dockerfile: String? = nil
  ) -> Workload {
    var workload = Workload(
      name: name,
      kind: "service",
      format: format,
      project: file,
      location: SourceLocation(file: file, line: 3)
    )
    var container = Container(name: name, origin: .none)
    if let image { container.image = .known(ImageReference(image)) }
    if let dockerfile {
      var build = Build(origin: .none)
      build.dockerfile = .known(dockerfile)
      container.build = build
    }
    workload.containers = [container]
    return workload
  }

  private func partner(_ workloads: [Workload]) -> String? {
    var workloads = workloads
    SameWorkloads.join(&workloads)
    let service = workloads.first { $0.format == .compose }
    let deployed = workloads.first { !$0.otherDefinitions.isEmpty }
    // Both sides say so, or neither does.
    #expect(service?.deployedDefinition?.workload == deployed?.id)
    return deployed?.name
  }

  @Test func sameDockerfileIsTheSameWorkload() {
    #expect(
      partner([
        workload("app", .compose, file: "compose.yaml", image: nil, dockerfile: "web/Dockerfile"),
        workload(
          "web",
          .kubernetes,
          file: "k8s/web.yaml",
          image: "r.io/web:1",
          dockerfile: "web/Dockerfile"
        ),
      ]) == "web"
    )
  }

  @Test func sameNameAndRepositoryIsTheSameWorkloadWhateverTheTag() {
    #expect(
      partner([
        workload("web", .compose, file: "compose.yaml", image: "r.io/acme/web:dev"),
        workload("web", .kubernetes, file: "k8s/web.yaml", image: "r.io/acme/web:1.4"),
        workload("admin", .kubernetes, file: "k8s/admin.yaml", image: "r.io/acme/web:1.4"),
      ]) == "web"
    )
  }

  @Test func onlyUserOfARepositoryIsTheSameWorkload() {
    #expect(
      partner([
        workload("frontend", .compose, file: "compose.yaml", image: "r.io/acme/web"),
        workload("web", .kubernetes, file: "k8s/web.yaml", image: "r.io/acme/web:1"),
      ]) == "web"
    )
  }

  @Test func twoUsersOfARepositoryAreNotGuessedAt() {
    #expect(
      partner([
        workload("frontend", .compose, file: "compose.yaml", image: "r.io/acme/web"),
        workload("web", .kubernetes, file: "k8s/web.yaml", image: "r.io/acme/web:1"),
        workload("admin", .kubernetes, file: "k8s/web.yaml", image: "r.io/acme/web:1"),
      ]) == nil
    )
  }

  @Test func projectsSideBySideStayApart() {
    #expect(
      partner([
        workload("web", .compose, file: "one/compose.yaml", image: "r.io/acme/web"),
        workload("web", .kubernetes, file: "two/web.yaml", image: "r.io/acme/web:1"),
      ]) == nil
    )
  }

  @Test func builtServiceIsItsNamesakeWithThatImage() {
    #expect(
      partner([
        workload("cart", .compose, file: "compose.yaml", image: nil, dockerfile: "cart/Dockerfile"),
        workload("cart", .kubernetes, file: "deploy/cart.yaml", image: "r.io/shop-cart:2"),
      ]) == "cart"
    )
  }

  @Test(arguments: [
    ("web/Dockerfile", "r.io/acme/web:1", true),
    ("src/web/Dockerfile", "r.io/acme/web:1", true),
    ("web/src/Dockerfile", "r.io/acme/web:1", true),
    ("Dockerfile.web", "r.io/acme/web:1", true),
    ("docker/web.Dockerfile", "acme/web", true),
    ("web/Dockerfile", "r.io/acme/api:1", false),
    // A public image, whatever the folder is called.
    ("nginx/Dockerfile", "nginx:1.27", false),
  ])
  func dockerfileInAFolderNamedLikeTheImageBuildsIt(_ path: String, _ image: String, _ links: Bool)
  {
    let files = MemoryFiles([path: "FROM alpine:3.22\nUSER 1000\n"])
    var result = ScanResult()
    result.workloads = [workload("x", .kubernetes, file: "k8s/x.yaml", image: image)]
    let reader = DockerfileScanner(files: files, limits: DocumentLimits())
    ImageBuilds(builds: reader, dockerfiles: [path]).link(&result)
    #expect((result.workloads[0].containers[0].build?.dockerfile.known == path) == links)
    #expect((result.workloads[0].containers[0].user.known == "1000") == links)
  }

  @Test func skaffoldNamesTheContext() throws {
    let text = """
      apiVersion: skaffold/v3
      kind: Config
      build:
        artifacts:
        - image: emailservice
          context: src/mail
          docker: { dockerfile: prod.Dockerfile }
      """
    let root = try #require(YAMLReader.document(in: Array(text.utf8))?.root)
    let files = MemoryFiles(["src/mail/prod.Dockerfile": "FROM alpine:3.22\nUSER 7\n"])
    var result = ScanResult()
    result.workloads = [workload("mail", .kubernetes, file: "k8s/x.yaml", image: "emailservice")]
    let reader = DockerfileScanner(files: files, limits: DocumentLimits())
    let artifacts = SkaffoldArtifact.artifacts(in: root, of: "skaffold.yaml")
    ImageBuilds(builds: reader, dockerfiles: [], artifacts: artifacts).link(&result)
    #expect(result.workloads[0].containers[0].user.known == "7")
  }

  @Test func severalDockerfilesOfTheNameAreNotGuessedAt() {
    let files = MemoryFiles([
      "a/web/Dockerfile": "FROM scratch\n", "b/web/Dockerfile": "FROM scratch\n",
    ])
    var result = ScanResult()
    result.workloads = [workload("web", .kubernetes, file: "k8s.yaml", image: "r.io/web:1")]
    let reader = DockerfileScanner(files: files, limits: DocumentLimits())
    ImageBuilds(builds: reader, dockerfiles: ["a/web/Dockerfile", "b/web/Dockerfile"]).link(&result)
    #expect(result.workloads[0].containers[0].build == nil)
  }
}
