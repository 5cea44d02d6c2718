import DocumentTrees
import Scanners
import Testing
import Workloads

/// Which objects are workloads, and what they are called.
struct KubernetesWorkloadTests {
  private static let pod = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}"

  struct KindCase: Sendable, CustomTestStringConvertible {
    var version: String
    var kind: String
    var spec: String
    var replicas = "-"
    var testDescription: String { "\(version) \(kind)" }
  }

  @Test(arguments: [
    KindCase(version: "apps/v1", kind: "Deployment", spec: "{template: POD}", replicas: "1"),
    KindCase(
      version: "extensions/v1beta1",
      kind: "Deployment",
      spec: "{replicas: 3, template: POD}",
      replicas: "3"
    ),
    KindCase(version: "apps/v1beta2", kind: "ReplicaSet", spec: "{template: POD}", replicas: "1"),
    KindCase(version: "apps/v1beta1", kind: "StatefulSet", spec: "{template: POD}", replicas: "1"),
    KindCase(version: "extensions/v1beta1", kind: "DaemonSet", spec: "{template: POD}"),
    KindCase(
      version: "v1",
      kind: "ReplicationController",
      spec: "{replicas: 0, template: POD}",
      replicas: "0"
    ),
    KindCase(
      version: "batch/v1",
      kind: "Job",
      spec: "{parallelism: 2, template: POD}",
      replicas: "2"
    ),
    KindCase(
      version: "batch/v1beta1",
      kind: "CronJob",
      spec: "{schedule: '* * * * *', jobTemplate: {spec: {template: POD}}}",
      replicas: "1"
    ),
    KindCase(
      version: "batch/v2alpha1",
      kind: "ScheduledJob",
      spec: "{schedule: '* * * * *', jobTemplate: {spec: {template: POD}}}",
      replicas: "1"
    ),
    KindCase(
      version: "keda.sh/v1alpha1",
      kind: "ScaledJob",
      spec: "{jobTargetRef: {template: POD}}",
      replicas: "1"
    ),
    KindCase(
      version: "apps.openshift.io/v1",
      kind: "DeploymentConfig",
      spec: "{replicas: 2, template: POD}",
      replicas: "2"
    ),
    KindCase(
      version: "argoproj.io/v1alpha1",
      kind: "Rollout",
      spec: "{template: POD}",
      replicas: "1"
    ),
    KindCase(version: "serving.knative.dev/v1", kind: "Service", spec: "{template: POD}"),
    // A group that does not have the kind, as often written.
    KindCase(version: "v1", kind: "Deployment", spec: "{template: POD}", replicas: "1"),
    KindCase(version: "apps/v1", kind: "Job", spec: "{template: POD}", replicas: "1"),
  ])
  func readsControllers(_ given: KindCase) async throws {
    let spec = given.spec.replacing("POD", with: Self.pod)
    let text = """
      apiVersion: \(given.version)
      kind: \(given.kind)
      metadata: {name: one}
      spec: \(spec)
      """
    let result = await kubernetes(text)
    let found = try #require(result.workloads.first)
    #expect(found.kind == given.kind)
    #expect(found.id == "kubernetes:default/one")
    #expect(found.replicas.shown == given.replicas)
    #expect(found.containers.map(\.name) == ["c"])
    #expect(found.location == SourceLocation(file: "app.yaml", range: found.location.range))
    #expect(found.location.range.start.line == 3)
  }

  @Test func readsPodsListsAndTemplates() async {
    let pod = "{name: c, image: i}"
    let result = await kubernetes([
      "all.json": """
      {"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
         "spec": {"containers": [{"name": "c", "image": "i"}]}},
        {"apiVersion": "v1", "kind": "PodList", "items": [
          {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"},
           "spec": {"containers": [{"name": "c", "image": "i"}]}}]}]}
      """,
      "t.yaml": """
      apiVersion: v1
      kind: PodTemplate
      metadata: {name: t}
      template: {spec: {containers: [\(pod)]}}
      ---
      # nothing
      ---
      apiVersion: v1
      kind: Pod
      metadata: {generateName: x-, namespace: shop}
      spec: {containers: [\(pod)]}
      """,
    ])
    #expect(
      result.workloads.map(\.id) == [
        "kubernetes:default/a", "kubernetes:default/b", "kubernetes:default/t",
        "kubernetes:shop/x-*",
      ]
    )
    #expect(result.notices.isEmpty)
  }

  @Test func leavesOutWhatControllersMade() async {
    func owned(_ kind: String, _ name: String, by owner: String, _ ownerName: String) -> String {
      """
      ---
      apiVersion: \(kind == "Pod" ? "v1" : kind == "Job" ? "batch/v1" : "apps/v1")
      kind: \(kind)
      metadata:
        name: \(name)
        ownerReferences: [{kind: \(owner), name: \(ownerName)}]
      spec: {containers: [{name: c, image: i}], template: \(Self.pod)}

      """
    }
    let text =
      owned("ReplicaSet", "web-77", by: "Deployment", "web")
      + owned("Pod", "web-77-x", by: "ReplicaSet", "web-77")
      + owned("Pod", "web-88-y", by: "ReplicaSet", "web-88")
      + owned("Pod", "alone", by: "ReplicaSet", "gone-1") + "---\n" + deployment()
    let result = await kubernetes(text)
    #expect(result.workloads.map(\.name) == ["alone", "web"])
  }

  @Test func keepsFoldersApart() async {
    let result = await kubernetes([
      "a/one.yaml": deployment(), "a/two.yaml": deployment(), "b/one.yaml": deployment(),
      "c.yaml": deployment().replacing("kind: Deployment", with: "kind: StatefulSet"),
      "d.yaml": deployment(),
    ])
    #expect(
      result.workloads.map(\.id) == [
        "kubernetes:a:default/web", "kubernetes:a:default/web.deployment",
        "kubernetes:b:default/web", "kubernetes:default/web", "kubernetes:default/web.deployment",
      ]
    )
    #expect(
      result.workloads.map(\.project) == [
        "a:default", "a:default", "b:default", "default", "default",
      ]
    )
  }

  @Test func readsJobs() async throws {
    let result = await kubernetes(
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: report}
      spec:
        schedule: "*/5 * * * *"
        concurrencyPolicy: Forbid
        jobTemplate:
          spec:
            ttlSecondsAfterFinished: 60
            backoffLimit: 2
            activeDeadlineSeconds: 900
            template:
              spec:
                restartPolicy: OnFailure
                containers: [{name: c, image: i}]
      """
    )
    let found = try #require(result.workload("report"))
    #expect(found.schedule.shown == "*/5 * * * *")
    #expect(found.timeToLive.known == 60)
    #expect(found.restartPolicy.shown == "on-failure")
    #expect(
      found.settings.map { "\($0.name)=\($0.value.shown)" } == [
        "activeDeadlineSeconds=900", "backoffLimit=2", "concurrencyPolicy=Forbid",
      ]
    )
  }

  @Test func saysWhatIsNoWorkload() async {
    let result = await kubernetes([
      "kustomization.yaml": """
      resources: [app.yaml]
      patches: [{path: more.yaml}, {patch: "- op: remove", target: {kind: Deployment}}]
      """,
      "app.yaml": deployment(),
      "more.yaml": deployment(container: "tty: true"),
      "other.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: p}\nspec: {replicas: 3}",
      "half.yaml": deployment().replacing("        image: example.com/web:1", with: ""),
      "tool.yaml": "apiVersion: skaffold/v2\nkind: Config",
      "lease.yaml": "apiVersion: coordination.k8s.io/v1\nkind: Lease\nmetadata: {name: l}",
    ])
    #expect(result.workloads.map(\.id) == ["kubernetes:default/web"])
    #expect(
      result.noticeLines.sorted() == [
        "information lease.yaml:3", "information tool.yaml:2", "invalid-value tool.yaml:1",
        "overlay half.yaml:4", "overlay kustomization.yaml:1", "overlay other.yaml:3",
      ]
    )
  }

  @Test func namesWhatRendersChartsAndKustomizations() async {
    let result = await kubernetes([
      "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop",
      "charts/shop/templates/web.yaml": deployment().replacing("/web:1", with: "/{{ .Values.x }}"),
      "charts/shop/templates/if.yaml": "{{ if .Values.on }}\napiVersion: v1\nkind: Pod\n{{ end }}",
      "charts/shop/templates/plain.yaml": deployment(),
      "charts/shop/charts/db/Chart.yaml": "apiVersion: v2\nname: db",
      "charts/shop/charts/db/templates/db.yaml": "apiVersion: v1\nkind: {{ .x }}",
      "deploy/kustomization.yaml": "resources: [../base]",
    ])
    #expect(result.workloads.map(\.id) == ["kubernetes:charts/shop/templates:default/web"])
    #expect(
      result.notices.map { "\($0.location.file) \($0.message)" } == [
        """
        charts/shop/Chart.yaml A Helm chart; its 3 templates are not assessed as written. Assess \
        what it renders to: helm template shop charts/shop | unmoor assess -
        """,
        """
        deploy/kustomization.yaml A kustomization; the resources beside it are assessed as they \
        stand. Assess what it makes of them: kubectl kustomize deploy | unmoor assess -
        """,
      ]
    )
    #expect(result.inputs["charts/shop/templates/web.yaml"]?.state == .unsupported)
  }

  @Test func keepsTheSourcesThatHelmNames() async throws {
    let result = await kubernetes([
      "stdin.yaml": """
      ---
      # Source: shop/templates/web.yaml
      \(deployment())
      ---
      # Source: shop/charts/db/templates/db.yaml
      \(deployment().replacing("kind: Deployment", with: "kind: StatefulSet"))
      ---
      # Source: ../../etc/passwd.yaml
      apiVersion: v1
      kind: Pod
      metadata: {name: last}
      spec: {containers: [{name: c, image: i}]}
      """
    ])
    #expect(
      result.workloads.map(\.id) == [
        "kubernetes:shop/templates:default/web", "kubernetes:shop/charts/db/templates:default/web",
        "kubernetes:default/last",
      ]
    )
    let container = try #require(result.workloads.first?.container)
    #expect(container.image.place == "stdin.yaml:17:16 <shop/templates/web.yaml:1")
  }
}
