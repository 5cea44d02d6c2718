import DocumentTrees
import Scanners
import Testing
import Workloads

/// Files that are meant to hang a scan, to crash it or to exhaust memory.
struct ComposeHostileTests {
  @Test
  func boundsChainsOfExtends() throws {
    var text = "services:\n  s0: {image: x}\n"
    for index in 1...2000 { text += "  s\(index): {extends: s\(index - 1)}\n" }
    let result = try scan(text)
    #expect(result.workloads.count == 2001)
    #expect(result.notices.contains { $0.kind == .limit })
  }

  @Test
  func boundsWhatExtendsMultiplies() throws {
    var base = "services:\n  big:\n    image: x\n    environment:\n"
    for index in 0..<500 { base += "      V\(index): 1\n" }
    var text = "services:\n"
    for index in 0..<500 { text += "  s\(index): {extends: {file: big.yml, service: big}}\n" }
    let result = try scan(
      ["compose.yaml": text, "big.yml": base],
      limits: DocumentLimits(maximumExpandedNodes: 50_000)
    )
    #expect(result.notices.contains { $0.kind == .limit })
    let variables = result.workloads.reduce(0) { $0 + ($1.containers.first?.variables.count ?? 0) }
    #expect(variables <= 50_000)
  }

  @Test
  func boundsIncludesThatMultiply() throws {
    var files: [String: String] = [:]
    for level in 0..<30 {
      for half in ["a", "b"] {
        files["\(half)\(level).yml"] =
          "include: [a\(level + 1).yml, b\(level + 1).yml]\nservices: {s\(half)\(level): {image: x}}\n"
      }
    }
    files["a30.yml"] = "services: {end: {image: x}}\n"
    files["b30.yml"] = "services: {stop: {image: x}}\n"
    files["compose.yaml"] = "include: [a0.yml]\nservices: {top: {image: x}}\n"
    let result = try scan(files)
    #expect(result.notices.contains { $0.kind == .limit })
  }

  @Test
  func boundsTextsThatMultiply() throws {
    let big = String(repeating: "x", count: 100_000)
    var text = "services:\n  a:\n    image: x\n    environment:\n"
    for index in 0..<5000 { text += "      V\(index): ${BIG}\n" }
    let result = try scan(["compose.yaml": text, ".env": "BIG=\(big)\n"])
    #expect(result.notices.contains { $0.kind == .limit })
  }

  @Test
  func boundsNotices() throws {
    var text = "services:\n  a:\n    image: x\n"
    for index in 0..<10_000 { text += "    bogus\(index): 1\n" }
    #expect(try scan(text).notices.count == 201)
  }

  @Test
  func keepsHugeRangesSmall() throws {
    let result = try scan(
      "services: {a: {image: x, ports: ['1-65535:1-65535'], expose: [1-65535]}}"
    )
    #expect(result.workload("a")?.container?.ports.count == 2)
  }

  @Test(arguments: [
    "", "services:", "services: []", "services: {a: }", "services: {a: []}", "services: {a: 1}",
    "[a]", "a", "services: {? [a] : {image: x}}", "services: {a: {image: [x]}}",
    "services: {a: {image: x, ports: }}", "services: {a: {image: x, ports: [ , ]}}",
    "services: {a: {build: }}", "services: {a: {build: []}}", "include: a", "include: [{}]",
    "include: [[]]", "services: {a: {extends: }}", "services: {a: {extends: []}}",
    "services: {a: {extends: {file: x}}}", "volumes: []", "services: {a: {image: !reset x}}",
    "services: !reset {}", "services: {a: !override {image: x}}",
    "name: [x]\nservices: {a: {image: x}}",
    "services: {'': {image: ''}}", "services: {a: {image: x, networks: {n: [1]}}}",
    "services: {a: {image: x, deploy: [1]}}", "services: {a: {image: x, healthcheck: x}}",
    "services: {a: {image: x, volumes: [{}], devices: [{}], secrets: [{}], gpus: [1]}}",
    "services: {a: {image: x, depends_on: {b: 1}, ulimits: {n: [1]}, logging: [x]}}",
    "services: {a: {image: x, extra_hosts: [1, [2]], env_file: [{}], tmpfs: [{}]}}",
  ])
  func survives(_ text: String) throws {
    _ = try scan(["compose.yaml": text, "compose.override.yaml": text, "other.compose.yaml": text])
    _ = try scan([
      "compose.yaml": "services: {a: {image: x, environment: {A: 1}, ports: [1]}}",
      "compose.override.yaml": text,
    ])
  }
}
