import DocumentTrees
import Scanners
import Testing
import Workloads

/// Merging, `extends` and `include`; the expectations are those of compose-go's own tests.
struct ComposeMergeTests {
  private static func merged(_ base: String, _ over: String) throws -> Workload {
    let result = try scan(["compose.yaml": service(base), "compose.override.yaml": service(over)])
    #expect(result.workloads.count == 1)
    return try #require(result.workload("test"))
  }

  private static func service(_ body: String) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return "services:\n  test:\n    image: foo\n" + lines.map { "    \($0)\n" }.joined()
  }

  @Test(arguments: [
    ("environment: [A=1, B=2]", "environment: { B: x, C: }", "A=1 B=x C=-"),
    ("environment: { A: 1 }", "environment: [A=2]", "A=2"),
    ("environment: { A: 1, B: 2 }", "environment:", "A=1 B=2"),
    ("environment: { A: 1, B: 2 }", "environment: !override { C: 3 }", "C=3"),
    ("environment: { A: 1, B: 2 }", "environment: !reset {}", ""),
    ("environment: { A: 1, B: 2 }", "environment: { A: !reset null }", "B=2"),
    ("environment: [A]", "environment: [A=1]", "A=1"),
  ])
  func mergesVariables(_ base: String, _ over: String, _ expected: String) throws {
    let variables = try #require(Self.merged(base, over).container).variables
    let shown = variables.map { "\($0.name)=\($0.value.shown)" }.sorted()
    #expect(shown.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("ports: ['8080:80', '443:443']", "ports: ['8080:80', '90:90']", "8080:80 443:443 90:90"),
    ("ports: ['8080:80']", "ports: ['8081:80']", "8080:80 8081:80"),
    (
      "ports: ['8080:80']", "ports: [{ target: 80, published: 8080, mode: host }]",
      "8080:80"
    ),
    ("ports: ['8080:80']", "ports: !override ['1:2']", "1:2"),
    ("ports: ['8080:80']", "ports: !reset []", ""),
  ])
  func mergesPorts(_ base: String, _ over: String, _ expected: String) throws {
    let ports = try #require(Self.merged(base, over).container).ports
    let shown = ports.map { "\($0.published.shown):\($0.container.shown)" }
    #expect(shown.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("volumes: ['./a:/x', './b:/y']", "volumes: ['./c:/x']", "./c:/x ./b:/y"),
    (
      "volumes: ['./a:/x']", "volumes: [{ type: bind, source: ./c, target: /x }]", "./c:/x"
    ),
    ("volumes: ['/anonymous']", "volumes: ['/anonymous', './b:/y']", "-:/anonymous ./b:/y"),
  ])
  func mergesMountsByTarget(_ base: String, _ over: String, _ expected: String) throws {
    let mounts = try #require(Self.merged(base, over).container).mounts
    let shown = mounts.map { "\($0.source.shown):\($0.target.shown)" }
    #expect(shown.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("command: a b", "command: [c]", "[\"c\"]"),
    ("command: [a, b]", "command: c d", "[\"c\", \"d\"]"),
    ("command: [a, b]", "command: []", "[]"),
    ("command: [a, b]", "command:", "-"),
    ("command: [a, b]", "command: !reset null", "-"),
    ("command: [a, b]", "image: bar", "[\"a\", \"b\"]"),
  ])
  func replacesCommands(_ base: String, _ over: String, _ expected: String) throws {
    #expect(try #require(Self.merged(base, over).container).command.shown == expected)
  }

  @Test
  func mergesWhatHasTwoForms() throws {
    let base = """
      build: ./dir
      depends_on: [db]
      dns: 8.8.8.8
      labels: [a=1, b=2]
      networks: [front]
      logging: { driver: json-file, options: { max-size: 1m } }
      ulimits: { nofile: 10, nproc: { soft: 1, hard: 2 } }
      healthcheck: { test: [CMD, a], interval: 5s }
      cap_add: [A, B]
      """
    let over = """
      build: { dockerfile: Other, args: { X: 1 } }
      depends_on: { db: { condition: service_healthy }, cache: { condition: service_started } }
      dns: [9.9.9.9]
      labels: { b: 3 }
      networks: { front: { aliases: [x] } }
      logging: { driver: json-file, options: { max-file: 3 } }
      ulimits: { nofile: { soft: 5, hard: 6 }, nproc: { hard: 9 } }
      healthcheck: { test: b c, timeout: 1s }
      cap_add: [B, C]
      """
    let workload = try Self.merged(base, over)
    let container = try #require(workload.container)
    #expect(container.build?.context.shown == "dir")
    #expect(container.build?.dockerfile.shown == "dir/Other")
    #expect(container.build?.arguments.map { "\($0.name)=\($0.value.shown)" } == ["X=1"])
    #expect(
      workload.dependencies.map { "\($0.name) \($0.condition)" } == [
        "db service_healthy", "cache service_started",
      ]
    )
    #expect(workload.dnsSettings.map(\.shown) == ["8.8.8.8", "9.9.9.9"])
    #expect(workload.labels.map { "\($0.name)=\($0.value.shown)" } == ["a=1", "b=3"])
    #expect(workload.networks.map { "\($0.name) \($0.aliases.map(\.shown))" } == ["front [\"x\"]"])
    #expect(
      container.logging?.options.map { "\($0.name)=\($0.value.shown)" } == [
        "max-size=1m", "max-file=3",
      ]
    )
    #expect(
      container.ulimits.map { "\($0.name) \($0.soft.shown) \($0.hard.shown)" } == [
        "nofile 5 6", "nproc 1 9",
      ]
    )
    #expect(container.healthCheck?.command.shown == #"["/bin/sh", "-c", "b c"]"#)
    #expect(container.healthCheck?.interval.shown == "5.0")
    #expect(container.healthCheck?.timeout.shown == "1.0")
    #expect(container.addedCapabilities.map(\.shown) == ["A", "B", "C"])
  }

  @Test
  func replacesLoggingOfAnotherDriver() throws {
    let workload = try Self.merged(
      "logging: { driver: json-file, options: { max-size: 1m } }",
      "logging: { driver: none, options: { x: 1 } }"
    )
    let logging = try #require(workload.container?.logging)
    #expect(logging.driver.shown == "none")
    #expect(logging.options.map(\.name) == ["x"])
  }

  @Test
  func pointsAtTheFileThatSaysIt() throws {
    let result = try scan([
      "compose.yaml": "services:\n  a:\n    image: x\n    user: one\n",
      "compose.override.yaml": "services:\n  a:\n    user: two\n",
    ])
    let workload = try #require(result.workload("a"))
    #expect(workload.location.file == "compose.yaml")
    #expect(workload.container?.image.place == "compose.yaml:3:12")
    #expect(workload.container?.user.place == "compose.override.yaml:3:11")
  }

  @Test
  func mergesTheDocumentsOfOneFile() throws {
    let result = try scan("services:\n  a: {image: x}\n---\nservices:\n  a: {user: me}\n")
    #expect(result.workload("a")?.container?.user.shown == "me")
  }

  @Test
  func followsMergeKeysAndFragments() throws {
    let result = try scan(
      """
      x-base: &base
        restart: always
        environment: &env
          A: 1
      services:
        a:
          <<: *base
          image: x
          environment:
            <<: *env
            B: 2
      """
    )
    let workload = try #require(result.workload("a"))
    #expect(workload.restartPolicy.place == "compose.yaml:2:12")
    let variables = workload.container?.variables ?? []
    #expect(variables.map { "\($0.name)=\($0.value.shown)" }.sorted() == ["A=1", "B=2"])
    #expect(result.notices.isEmpty)
  }
}
