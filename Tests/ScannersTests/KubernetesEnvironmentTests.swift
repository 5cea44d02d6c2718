import DocumentTrees
import Scanners
import Testing
import Workloads

/// Variables, commands, ConfigMaps and Secrets.
struct KubernetesEnvironmentTests {
  private static let data = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings}
    data:
      LEVEL: debug
      HOST: db
    binaryData:
      blob: /w==
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: keys}
    data:
      PASSWORD: aHVudGVyMg==
      RAW: //79
    stringData:
      TOKEN: plain
    ---

    """

  private func container(_ text: String) async throws -> Container {
    let result = await kubernetes(Self.data + deployment(container: text))
    return try #require(result.workload("web")?.container)
  }

  @Test func resolvesWholeMaps() async throws {
    let found = try await container(
      """
      envFrom:
      - {prefix: C_, configMapRef: {name: settings}}
      - secretRef: {name: keys}
      - configMapRef: {name: missing}
      - secretRef: {name: absent}
      env:
      - {name: TOKEN, value: own}
      """
    )
    let shown = found.variables.map { "\($0.name)=\($0.value.shown) \($0.source.rawValue)" }
    #expect(
      shown == [
        "C_LEVEL=debug config-reference", "C_HOST=db config-reference",
        "PASSWORD=hunter2 secret-reference", "RAW=?it is no text secret-reference",
        "TOKEN=own environment",
      ]
    )
    #expect(
      found.environmentFiles.map(\.shown) == ["?ConfigMap missing is not in the inputs"]
    )
    #expect(found.variable("C_LEVEL")?.value.place == "app.yaml:5:10 <app.yaml:35")
  }

  @Test func resolvesReferences() async throws {
    let found = try await container(
      """
      env:
      - {name: A, valueFrom: {secretKeyRef: {name: keys, key: PASSWORD}}}
      - {name: B, valueFrom: {configMapKeyRef: {name: settings, key: HOST}}}
      - {name: C, valueFrom: {secretKeyRef: {name: other, key: x}}}
      - {name: D, valueFrom: {configMapKeyRef: {name: settings, key: NOPE}}}
      - {name: E, valueFrom: {fieldRef: {fieldPath: status.hostIP}}}
      - {name: F, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}
      - {name: G, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
      - {name: H}
      """
    )
    let shown = found.variables.map { "\($0.name)=\($0.value.shown) [\($0.reference.shown)]" }
    #expect(
      shown == [
        "A=hunter2 [secretKeyRef:keys/PASSWORD]", "B=db [configMapKeyRef:settings/HOST]",
        "C=?Secret other is not in the inputs [secretKeyRef:other/x]",
        "D=?ConfigMap settings has no key NOPE [configMapKeyRef:settings/NOPE]",
        "E=?the platform sets it once the pod runs [fieldRef:status.hostIP]",
        "F=web [fieldRef:metadata.labels['app']]",
        "G=?the platform sets it once the pod runs [resourceFieldRef:limits.cpu]", "H= [-]",
      ]
    )
  }

  @Test func replacesReferencesToVariables() async throws {
    let found = try await container(
      """
      env:
      - {name: HOST, value: db}
      - {name: URL, value: "http://$(HOST):80/$(LATER)/$$(HOST)/$x$"}
      - {name: LATER, value: z}
      - {name: FAR, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
      command: [serve, "$(HOST)"]
      args: ["--at", "$(FAR):1", "$(CACHE_SERVICE_HOST)"]
      """
    )
    #expect(found.variable("URL")?.value.shown == "http://db:80/$(LATER)/$(HOST)/$x$")
    #expect(found.entrypoint.known == ["serve", "db"])
    #expect(
      found.command.unknownReason
        == "FAR is not known: the platform sets it once the pod runs"
    )
    #expect(found.commandSketch == "--at …:1 …")
  }

  @Test func readsKeysAsResources() async throws {
    let result = await kubernetes(Self.data + deployment())
    let secrets = result.resources(SecretObject.kind)
    #expect(secrets.map { $0[SecretObject.keyName].shown } == ["PASSWORD", "RAW", "TOKEN"])
    #expect(secrets.map { $0[SecretObject.value].shown } == ["hunter2", "?it is no text", "plain"])
    #expect(secrets.map { $0[SecretObject.secretType].shown } == ["Opaque", "Opaque", "Opaque"])
    #expect(secrets[0].origin.shown == "app.yaml:14:3")
    let configs = result.resources(ConfigObject.kind)
    #expect(configs.map { $0[ConfigObject.value].shown } == ["debug", "db", "?it is no text"])
  }

  @Test func leavesToTemplatesWhatTheyFillIn() async throws {
    let result = await kubernetes(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec:
        containers:
        - name: a
          image: "repo/a:${TAG}"
          env: [{name: X, value: "{{ secret }}"}]
        - {name: b, image: "{{ image }}"}
        - {name: c, image: "${REGISTRY}/c:1"}
      """
    )
    let containers = try #require(result.workload("p")).containers
    #expect(containers[0].image.known?.repository == "repo/a")
    #expect(
      containers[0].image.known?.unknownTag == "something fills in ${TAG} before it is applied"
    )
    #expect(containers[0].variable("X")?.value.unknownReason == "a template fills it in")
    #expect(containers[1].image.unknownReason == "a template fills it in")
    #expect(containers[2].image.known == nil)
  }

  @Test(arguments: [
    ("aGk=", "hi"), ("aGk", "hi"), ("aG k=", "hi"), ("", ""), ("a", "?it is no base64"),
    ("a===", "?it is no base64"), ("aG=k", "?it is no base64"), ("aG-_", "?it is no base64"),
  ])
  func decodes(_ encoded: String, _ expected: String) async throws {
    let result = await kubernetes(
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: s}
      data: {k: "\(encoded)"}
      """
    )
    #expect(result.resources(SecretObject.kind).map { $0[SecretObject.value].shown } == [expected])
  }
}
