import Templates
import Workloads

/// ConfigMaps and Secrets, key by key.
extension ManifestResources {
  mutating func readConfigMap(_ object: ManifestObject) {
    let use = PodUse(kind: "ConfigMap", name: object.name)
    if object.name == "aws-logging", object.namespace == "aws-observability" {
      var destination = object.resource(LogDestination.kind)
      destination[LogDestination.destination] = logDestination(object)
      add(destination, object, "logs")
    }
    for entry in ManifestData.entries(of: object) {
      var resource = object.resource(ConfigObject.kind, origin: entry.keyOrigin)
      resource[ConfigObject.objectKind] = .known("ConfigMap", object.origin)
      resource[ConfigObject.keyName] = .known(entry.key, entry.keyOrigin)
      resource[ConfigObject.value] = entry.value
      add(resource, object, "config", .use(use))
    }
  }

  /// Where EKS on Fargate sends the logs of all pods.
  private func logDestination(_ object: ManifestObject) -> Value<String> {
    let output = object.body["data"]["output.conf"]
    return output.settled.map { text in
      let lines = text.lowercased().split(separator: "\n")
      let names = lines.filter { $0.contains("name") }
      if names.contains(where: { $0.contains("cloudwatch") }) { return "cloudwatch" }
      if names.contains(where: { $0.contains("kinesis_firehose") || $0.contains("firehose") }) {
        return "firehose"
      }
      if names.contains(where: { $0.contains("kinesis") }) { return "kinesis" }
      if names.contains(where: { $0.contains("opensearch") || $0.contains(" es") }) {
        return "opensearch"
      }
      return "unknown"
    }
  }

  mutating func readSecret(_ object: ManifestObject) {
    let use = PodUse(kind: "Secret", name: object.name)
    let type = object.body["type"].settled.or(.known("Opaque"))
    // SOPS writes beside the data how it is encrypted.
    let isSealed = !object.body["sops"].isNothing
    let entries = ManifestData.entries(of: object)
    for entry in entries {
      var resource = object.resource(SecretObject.kind, origin: entry.keyOrigin)
      resource[SecretObject.secretType] = type
      resource[SecretObject.keyName] = .known(entry.key, entry.keyOrigin)
      resource[SecretObject.value] = entry.value
      let source = isSealed ? "sealed" : self.source(of: entry.value)
      resource[SecretObject.source] = .known(source, entry.keyOrigin)
      add(resource, object, "secret", .use(use))
    }
    guard entries.isEmpty else { return }
    var resource = object.resource(SecretObject.kind)
    resource[SecretObject.secretType] = type
    resource[SecretObject.source] = .known("empty", object.origin)
    add(resource, object, "secret", .use(use))
  }

  /// Where a key's value comes from: it stands here, is empty, or a template fills it in.
  private func source(of value: Value<String>) -> String {
    switch value.state {
    case .known(let text): text.isEmpty ? "empty" : "literal"
    case .unknown(let reason): reason.hasPrefix("a template") ? "parameter" : "literal"
    case .absent: "empty"
    }
  }
}
