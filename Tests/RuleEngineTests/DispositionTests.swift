import DocumentTrees
import Testing
import Workloads

@testable import RuleEngine

/// Builds workloads as a scanner would, for tables of cases.
enum Make {
  static func workload(
    _ name: String,
    image: String? = nil,
    unknownImage: String? = nil,
    line: Int = 1,
    _ change: (inout Workload, inout Container) -> Void = { _, _ in }
  ) -> Workload {
    let location = SourceLocation(file: "compose.yaml", line: line)
    var workload = Workload(
      name: name,
      kind: "service",
      format: .compose,
      project: "shop",
      location: location
    )
    var container = Container(name: name, origin: Origin(location))
    if let image { container.image = .known(ImageReference(image), Origin(location)) }
    if let unknownImage { container.image = .unknown(unknownImage, Origin(location)) }
    change(&workload, &container)
    workload.containers = [container]
    return workload
  }

  static func mount(_ source: String, _ target: String, readOnly: Bool? = nil) -> Mount {
    let type = source.hasPrefix(".") || source.hasPrefix("/") ? "bind" : "volume"
    var mount = Mount(type: .known(type), origin: .none)
    mount.source = .known(source)
    mount.target = .known(target)
    if let readOnly { mount.readOnly = .known(readOnly) }
    return mount
  }

  static func port(_ published: Int) -> Port {
    var port = Port(origin: .none)
    port.container = .known(published)
    port.published = .known(published)
    port.isPublished = true
    return port
  }

  static func build(from base: String, _ instructions: [BuildInstruction] = []) -> Build {
    var build = Build(origin: .none)
    var stage = BuildStage(
      index: 0,
      name: "",
      isFinal: true,
      base: .known(ImageReference(base)),
      origin: Origin(SourceLocation(file: "Dockerfile", line: 1))
    )
    stage.instructions = instructions
    build.stages = .known([stage])
    return build
  }

  static func copy(_ source: String, _ target: String, from: String? = nil) -> BuildInstruction {
    var instruction = BuildInstruction(
      keyword: "COPY",
      text: .known("\(source) \(target)"),
      origin: .none
    )
    instruction.sources = [.known(source)]
    instruction.destination = .known(target)
    if let from { instruction.from = .known(from) }
    return instruction
  }

  static func dependency(_ name: String) -> Dependency {
    Dependency(name: name, condition: "service_started", origin: .none)
  }
}

@Suite struct DispositionTests {
  let rules: DispositionRules

  init() throws { rules = DispositionRules(catalogue: try RuleData.catalogue()) }

  private func decide(_ workload: Workload, beside others: [Workload] = []) -> DispositionDecision {
    var estate = Estate()
    estate.workloads = [workload] + others
    let decision = rules.decide(workload, in: estate)
    #expect(rules.decisions(for: estate).first == decision, "both ways must agree")
    return decision
  }

  private let app = Make.workload("app", image: "acme/app:1")

  @Test func externalisesADatabase() {
    let decision = decide(Make.workload("db", image: "postgres:15", line: 7))
    #expect(decision.disposition == .externalise)
    #expect(decision.reason == "image postgres:15 is a relational database (PostgreSQL)")
    #expect(decision.replacement?.azure == ["Azure Database for PostgreSQL flexible server"])
    #expect(decision.evidence.map(\.range.start.line) == [7])
  }

  @Test func saysWhenOnlyTheNameFits() {
    let decision = decide(Make.workload("db", image: "samples/postgres"))
    #expect(
      decision.reason == "image samples/postgres is by its name a relational database (PostgreSQL)"
    )
  }

  @Test func movesAnApplication() {
    let decision = decide(app)
    #expect(decision.disposition == .move)
    #expect(decision.replacement == nil)
    #expect(
      decision.reason == "image acme/app:1 is no component that the catalogue knows"
    )
  }

  @Test func movesACMSThatKeepsState() {
    #expect(decide(Make.workload("blog", image: "wordpress:6")).disposition == .move)
  }

  @Test func seesADatabaseBehindItsDockerfile() {
    let decision = decide(
      Make.workload("db", image: "shop/db") { _, container in
        container.build = Make.build(
          from: "postgres:15",
          [Make.copy("init.sql", "/docker-entrypoint-initdb.d/")]
        )
      }
    )
    #expect(decision.disposition == .externalise)
    #expect(decision.evidence.map(\.file) == ["Dockerfile"])
    #expect(
      decision.reason
        == "its Dockerfile builds on postgres:15, which is a relational database (PostgreSQL)"
    )
  }

  /// A build decides, whatever name its result gets.
  @Test func movesABuildWhoseResultIsCalledRedis() {
    let decision = decide(
      Make.workload("redis", image: "redis") { _, container in
        container.build = Make.build(from: "python:3.12")
      }
    )
    #expect(decision.disposition == .move)
  }

  @Test(arguments: [
    (["pg_dump", "-h", "db"], true), (["sh", "-c", "until pg_isready; do sleep 1; done"], true),
    (["psql", "-f", "/seed.sql"], true), (["psql", "-h", "postgres", "-U", "postgres"], true),
    (["bash", "-ec", "psql -h postgres"], true), (["sleep 10"], true),
    (["bash", "-c", "sleep 5 && exec docker-entrypoint.sh postgres"], false),
    (["/usr/bin/psql"], true),
    (["postgres", "-c", "max_connections=200"], false), (["-c", "fsync=off"], false),
    (["docker-entrypoint.sh", "postgres"], false), (["sh", "-c", "postgres & psql -f a"], false),
    ([], false),
  ])
  func movesAClientInADatabasesImage(command: [String], moves: Bool) {
    let decision = decide(
      Make.workload("seed", image: "postgres:15") { _, container in
        container.command = .known(command)
      }
    )
    #expect(decision.disposition == (moves ? .move : .externalise))
  }

  @Test func asksTheMainContainerOnly() {
    var workload = Make.workload("db", image: "postgres:15")
    var sidecar = Container(name: "metrics", origin: .none)
    sidecar.role = .sidecar
    sidecar.image = .known(ImageReference("acme/thing"))
    workload.containers.append(sidecar)
    #expect(decide(workload).disposition == .externalise)
    sidecar.role = .main
    workload.containers.append(sidecar)
    #expect(decide(workload).disposition == .move)
  }

  // MARK: Profiles and names

  @Test(arguments: [
    (["dev"], Disposition.localOnly), (["dev", "test"], .localOnly), (["debug-tools"], .localOnly),
    (["dev", "prod"], .move), (["prod"], .move), (["workers"], .move), (["test-prod"], .move),
    ([], .move),
  ])
  func readsProfiles(profiles: [String], expected: Disposition) {
    let decision = decide(
      Make.workload("web", image: "acme/web") { workload, _ in
        workload.profiles = profiles.map { .known($0) }
      }
    )
    #expect(decision.disposition == expected)
  }

  @Test func anUnknownProfileIsNoEvidence() {
    let decision = decide(
      Make.workload("web", image: "acme/web") { workload, _ in
        workload.profiles = [.known("dev"), .unknown("variable P is not set")]
      }
    )
    #expect(decision.disposition == .move)
  }

  @Test(arguments: [
    ("Dockerfile", Disposition.move), ("Dockerfile.dev", .localOnly),
    ("api/test.Dockerfile", .localOnly),
    ("Dockerfile-ci", .localOnly), ("Dockerfile.prod", .move),
    (".devcontainer/Dockerfile", .localOnly),
    ("dev/Dockerfile", .move), ("Dockerfile.latest", .move),
    ("Dockerfile.integration.test", .localOnly),
  ])
  func readsTheNameOfAnUnlinkedDockerfile(file: String, expected: Disposition) {
    var workload = Workload(
      name: "x",
      kind: "Dockerfile",
      format: .dockerfile,
      project: "",
      location: SourceLocation(file: file, line: 1)
    )
    var container = Container(name: "x", origin: .none)
    container.build = Make.build(from: "node:20")
    workload.containers = [container]
    #expect(decide(workload).disposition == expected)
  }

  // MARK: Unknown images

  @Test func movesAnUnknownImage() {
    let decision = decide(Make.workload("web", unknownImage: "variable IMG is not set"))
    #expect(decision.disposition == .move)
    #expect(decision.reason == "image not known: variable IMG is not set")
  }

  @Test(arguments: ["redis", "redis-1", "Redis2"])
  func takesANameAsAHintOnlyIfTheImageIsUnknown(name: String) {
    let unknown = decide(Make.workload(name, unknownImage: "variable R is not set"))
    #expect(unknown.disposition == .externalise)
    #expect(
      unknown.reason == "image not known: variable R is not set; only its name suggests Redis"
    )
    #expect(decide(Make.workload(name, image: "acme/app")).disposition == .move)
    let built = Make.workload(name) { _, container in container.build = Build(origin: .none) }
    #expect(decide(built).disposition == .move)
  }

  @Test func recognisesADatabaseByItsDataFolder() {
    let workload = Make.workload("db", image: "acme/store:2") { _, container in
      container.mounts = [Make.mount("data", "/var/lib/postgresql/data")]
    }
    let decision = decide(workload)
    #expect(decision.disposition == .externalise)
    #expect(
      decision.reason == "image acme/store:2 is not known, but keeps data at "
        + "/var/lib/postgresql/data as PostgreSQL does"
    )
    let backup = Make.workload("db-backup", image: "acme/store:2") { _, container in
      container.mounts = [Make.mount("data", "/var/lib/postgresql/data")]
    }
    #expect(decide(backup).disposition == .move)
    let reader = Make.workload("reader", image: "acme/store:2") { _, container in
      container.mounts = [Make.mount("data", "/var/lib/postgresql/data", readOnly: true)]
    }
    #expect(decide(reader).disposition == .move)
  }

  // MARK: Proxies

  private func proxy(
    _ image: String,
    mounts: [Mount] = [],
    build: Build? = nil
  ) -> Workload {
    Make.workload("proxy", image: image) { workload, container in
      container.ports = [Make.port(80)]
      container.mounts = mounts
      container.build = build
      workload.dependencies = [Make.dependency("app")]
    }
  }

  private let configuration = Make.mount("./nginx.conf", "/etc/nginx/nginx.conf")

  @Test func absorbsAProxyThatOnlyRoutes() {
    let decision = decide(proxy("nginx:alpine", mounts: [configuration]), beside: [app])
    #expect(decision.disposition == .absorb)
    #expect(
      decision.reason == "image nginx:alpine only passes requests on: "
        + "the platform's load balancer or ingress passes requests on"
    )
    #expect(decision.replacement?.aws == ["Application Load Balancer"])
  }

  @Test(arguments: [
    Make.mount("./html", "/usr/share/nginx/html"), Make.mount("./public", "/var/www/html"),
    Make.mount("static", "/srv/static"),
  ])
  func movesAProxyThatServesFiles(mount: Mount) {
    let decision = decide(proxy("nginx", mounts: [configuration, mount]), beside: [app])
    #expect(decision.disposition == .move)
    #expect(decision.reason == "nginx serves the files mounted at \(mount.target.known ?? "")")
  }

  @Test func movesAFrontEndBuiltOnNginx() {
    let build = Make.build(
      from: "nginx:alpine",
      [
        Make.copy("/app/dist", "/usr/share/nginx/html", from: "build"),
        Make.copy("nginx.conf", "/etc/nginx/conf.d/default.conf"),
      ]
    )
    let decision = decide(proxy("shop/web", build: build), beside: [app])
    #expect(decision.disposition == .move)
  }

  @Test func absorbsAProxyBuiltWithItsConfiguration() {
    let build = Make.build(from: "nginx", [Make.copy("nginx.conf", "/etc/nginx/nginx.conf")])
    #expect(decide(proxy("shop/proxy", build: build), beside: [app]).disposition == .absorb)
  }

  @Test func movesAProxyBeforeFastCGI() {
    let php = Make.workload("php", image: "php:8.3-fpm")
    let decision = decide(proxy("nginx", mounts: [configuration]), beside: [php])
    #expect(decision.disposition == .move)
    #expect(decision.reason == "nginx speaks FastCGI or uWSGI to php")
  }

  @Test func movesALoneWebServer() {
    #expect(decide(proxy("nginx", mounts: [configuration])).disposition == .move)
    #expect(decide(proxy("nginx"), beside: [app]).disposition == .move)
  }

  @Test func absorbsARouterWithoutConfiguration() {
    let socket = Make.mount("/var/run/docker.sock", "/var/run/docker.sock")
    #expect(decide(proxy("traefik:v2", mounts: [socket]), beside: [app]).disposition == .absorb)
    #expect(decide(proxy("haproxy:2.9")).disposition == .move)
    let database = Make.workload("db", image: "postgres")
    #expect(decide(proxy("haproxy:2.9"), beside: [database]).disposition == .move)
  }

  // MARK: Agents and helpers

  @Test(arguments: [
    ("fluent/fluentd", Disposition.absorb), ("gcr.io/cadvisor/cadvisor", .absorb),
    ("containrrr/watchtower", .absorb), ("registry:2", .absorb), ("hashicorp/consul", .absorb),
    ("mailhog/mailhog", .localOnly), ("adminer", .localOnly), ("localstack/localstack", .localOnly),
    ("selenium/standalone-chrome", .localOnly), ("redis:7", .externalise),
    ("minio/minio", .externalise), ("jenkins/jenkins", .externalise),
  ])
  func decidesByTheImage(image: String, expected: Disposition) {
    #expect(decide(Make.workload("x", image: image), beside: [app]).disposition == expected)
  }

  @Test func aDockerfileMayMakeAnythingOfATool() {
    let build = Make.build(from: "mcr.microsoft.com/playwright:v1.40", [Make.copy(".", "/app")])
    let scraper = Make.workload("scraper") { _, container in container.build = build }
    #expect(decide(scraper).disposition == .move)
    let tests = Make.workload("e2e-tests") { _, container in container.build = build }
    #expect(decide(tests).disposition == .localOnly)
  }

  @Test func aVeryLongImageDoesNotFillTheReport() {
    let image = "postgres:" + String(repeating: "a", count: 10_000)
    #expect(decide(Make.workload("db", image: image)).reason.count < 300)
  }
}
