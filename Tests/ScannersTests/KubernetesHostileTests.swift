import DocumentTrees
import Scanners
import Testing
import Workloads

/// Manifests that mean harm end in notices.
struct KubernetesHostileTests {
  @Test(arguments: [
    "spec: 7", "spec: [a]", "spec: {template: 7}", "spec: {template: {spec: {containers: 7}}}",
    "spec: {template: {spec: {containers: [7, {}, {name: [], image: {}}]}}}",
    "spec: {template: {spec: {containers: [{image: i, env: [1, {name: []}, {name: a, valueFrom: 3}]}]}}}",
    "spec: {template: {spec: {containers: [{image: i, ports: [x, {containerPort: -1}]}], volumes: [1, {name: v, hostPath: 2}]}}}",
    "spec: {template: {metadata: 3, spec: {securityContext: 3, containers: [{image: i, resources: {limits: 4}}]}}}",
    "metadata: 7", "metadata: {name: {a: b}, labels: [x], annotations: 9, namespace: []}",
  ])
  func survivesWrongTypes(_ text: String) async {
    for kind in ["Deployment", "CronJob", "StatefulSet", "Service", "Ingress", "ConfigMap", "Role"]
    {
      let version = ["Service", "ConfigMap"].contains(kind) ? "v1" : "apps/v1"
      let result = await kubernetes("apiVersion: \(version)\nkind: \(kind)\n\(text)")
      #expect(result.inputs["app.yaml"] != nil)
    }
    let result = await kubernetes("apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n\(text)")
    #expect(result.resources.count == 1)
  }

  @Test func endsWithManyAliases() async {
    let containers = Array(repeating: "*c", count: 300).joined(separator: ",")
    let items = Array(repeating: "*d", count: 1500).joined(separator: ",")
    let result = await kubernetes(
      """
      apiVersion: v1
      kind: List
      items:
      - &d
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec:
          containers:
          - &c {name: c, image: i, tty: true}
          - \(containers.replacing(",", with: "\n    - "))
      - \(items.replacing(",", with: "\n- "))
      """,
      maximumCost: 200_000
    )
    #expect(result.notices.contains { $0.kind == .limit })
    #expect(result.workloads.count <= 1501)
  }

  @Test func endsWithNestedLists() async {
    var text = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{image: i}]}}"
    for _ in 0..<20 { text = "{apiVersion: v1, kind: List, items: [\(text)]}" }
    let result = await kubernetes(text)
    #expect(result.workloads.isEmpty)
    #expect(result.notices.map(\.kind) == [.limit])
  }

  @Test func endsWithVariablesThatGrow() async throws {
    var lines = ["- {name: V0, value: \(String(repeating: "x", count: 100))}"]
    for number in 1..<60 {
      let part = String(repeating: "$(V\(number - 1))", count: 10)
      lines.append("- {name: V\(number), value: \"\(part)\"}")
    }
    let result = await kubernetes(
      deployment(container: "env:\n" + lines.joined(separator: "\n"))
    )
    let container = try #require(result.workload("web")?.container)
    #expect(container.variable("V3")?.value.known?.utf8.count == 100_000)
    #expect(container.variable("V5")?.value.unknownReason == "it becomes very long")
    #expect(container.variable("V59")?.value.known == nil)
  }
}
