import DocumentTrees
import Templates
import Workloads

/// Objects of Kubernetes that Terraform declares: respelled as manifests have them, and read as such.
enum TerraformKubernetes {
  static func read(_ deployment: Deployment, limits: DocumentLimits) -> ScanResult {
    let notes = ManifestNotes(budget: 5_000_000)
    var objects: [ManifestObject] = []
    var charts: [DeclaredResource] = []
    var names: [String: String] = [:]
    for declared in deployment.resources {
      names[declared.address] = KubernetesSpelling.name(of: declared)
    }
    var unread: Set<String> = []
    for declared in deployment.resources where declared.isDeclared.known != false {
      guard let location = declared.origin.location else { continue }
      let prefix = declared.type.prefix { $0 != "_" }
      guard ["kubernetes", "kubectl", "k8s", "helm"].contains(prefix) else { continue }
      if declared.type == "helm_release" {
        charts.append(declared)
      } else if let body = body(of: declared, names, limits) {
        if body.gap != nil {
          notes.add(.unsupportedField, location, "Nothing is known of the object that this makes.")
          continue
        }
        if isLoaded(body, by: location.file) { continue }
        objects.append(ManifestObject(body, file: location.file, folder: deployment.project))
      } else if !irrelevant.contains(declared.type), unread.insert(declared.type).inserted {
        notes.add(
          .unsupportedField,
          location,
          "Resources of the type \(declared.type) are not assessed."
        )
      }
    }
    var result = KubernetesScanner.read(objects, notes)
    for index in result.workloads.indices {
      // Manifests beside the configuration may have a workload of the same name.
      let id = result.workloads[index].id.drop { $0 != ":" }
      result.workloads[index].id = FileFormat.terraform.rawValue + id
    }
    result.notices += notes.notices + charts.compactMap(Self.notice)
    return result
  }

  /// Whether the manifest is a file as it stands, which is assessed as the manifest that it is.
  private static func isLoaded(_ body: Datum, by configuration: String) -> Bool {
    guard let file = body["kind"].location?.file, file != configuration else { return false }
    let isConfiguration = file.hasSuffix(".tf.json") || file.hasSuffix(".tfvars.json")
    return !isConfiguration && [".yaml", ".yml", ".json"].contains(where: file.hasSuffix)
  }

  /// The object that a resource makes; nil if it makes none that is known here.
  private static func body(
    of declared: DeclaredResource,
    _ names: [String: String],
    _ limits: DocumentLimits
  ) -> Datum? {
    switch declared.type {
    case "kubernetes_manifest", "k8s_manifest":
      let stated = declared.properties.first("manifest", "content")
      return declared.type == "k8s_manifest" ? ManifestText.read(stated, limits) : stated
    case "kubectl_manifest": return ManifestText.read(declared.properties["yaml_body"], limits)
    default: return KubernetesSpelling.body(of: declared, names: names)
    }
  }

  /// They change objects that others make, or are what only the cluster's operators see.
  private static let irrelevant: Set<String> = [
    "kubernetes_annotations", "kubernetes_labels", "kubernetes_node_taint",
    "kubernetes_certificate_signing_request", "kubernetes_certificate_signing_request_v1",
    "kubernetes_token_request_v1", "kubectl_file_documents",
  ]

  private static func notice(of release: DeclaredResource) -> Notice? {
    guard let location = release.origin.location else { return nil }
    let values = release.properties
    let name = values["name"].string.known ?? release.name
    let chart = values["chart"].string.known ?? "CHART"
    var command = "helm template \(name) \(chart)"
    if let repository = values["repository"].string.known {
      command += " --repo \(repository)"
    }
    if let version = values["version"].string.known { command += " --version \(version)" }
    if let namespace = values["namespace"].string.known { command += " --namespace \(namespace)" }
    return Notice(
      .unsupportedFormat,
      location,
      "A Helm chart, which is not rendered here. Assess what it renders to, with the values of this "
        + "release: \(command) --values VALUES | unmoor assess -"
    )
  }
}

/// A manifest that stands as YAML inside a text.
enum ManifestText {
  /// The object that the text describes, with the places of the text if it has none of its own.
  static func read(_ datum: Datum, _ limits: DocumentLimits) -> Datum {
    if datum.isObject { return datum }
    guard let text = datum.sketch, datum.gap == nil else {
      return .unknown("the manifest is not known", datum.origin)
    }
    // A gap leaves a mark in the value that it is a part of.
    guard let stream = try? YAMLReader.documents(in: Array(text.utf8), limits: limits),
      stream.failure == nil, let root = stream.documents.first?.root
    else { return .unknown("the manifest is no YAML", datum.origin) }
    return placed(root, datum.origin, depth: 0)
  }

  private static func placed(_ node: Node, _ origin: Origin, depth: Int) -> Datum {
    guard depth < 100 else { return .unknown("it is nested too deeply", origin) }
    switch node.kind {
    case .mapping:
      let entries = node.entries.map {
        DatumObject.Entry(
          $0.key.text,
          placed($0.value, origin, depth: depth + 1),
          keyOrigin: origin
        )
      }
      return Datum(.object(DatumObject(entries)), origin)
    case .sequence:
      let elements = node.elements.map { placed($0, origin, depth: depth + 1) }
      return Datum(.list(DatumList(elements)), origin)
    case .scalar:
      if node.isNull { return Datum(.null, origin) }
      if node.text.contains("…") { return partial(node.text, origin) }
      if let flag = node.bool { return Datum(.flag(flag), origin) }
      return Datum(.text(node.text), origin)
    }
  }

  private static func partial(_ text: String, _ origin: Origin) -> Datum {
    let gap = Gap("a part of the manifest is known only later")
    var parts: [TextPart] = []
    for (index, piece) in text.split(separator: "…", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { parts.append(.gap(gap)) }
      if !piece.isEmpty { parts.append(.text(String(piece))) }
    }
    return Datum(parts: parts, origin)
  }
}
