import DocumentTrees
import Templates
import Workloads

/// The ConfigMaps and Secrets that kustomizations generate, as if they stood in manifests.
///
/// Their names are taken without the hash that kustomize adds, as the pods beside them use them.
struct KustomizeGenerators {
  private let files: any FileTree

  init(_ context: ScanContext) { files = context.files }

  func objects(of kustomization: Kustomization) -> [ManifestObject] {
    [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")].flatMap { field, kind in
      kustomization.body[field].elements.prefix(Self.maximum).compactMap { element in
        object(kind, element, kustomization)
      }
    }
  }

  private static let maximum = 1000

  private func object(
    _ kind: String,
    _ element: Datum,
    _ kustomization: Kustomization
  ) -> ManifestObject? {
    guard element["name"].settled.known != nil else { return nil }
    var metadata = DatumObject()
    metadata.set("name", element["name"])
    let namespace = [element["namespace"], kustomization.body["namespace"]].first { !$0.isNothing }
    if let namespace { metadata.set("namespace", namespace) }
    var data = DatumObject()
    for entry in entries(of: element, kustomization.folder).prefix(Self.maximum) { data.set(entry) }
    var body = DatumObject()
    body.set("apiVersion", Datum(.text("v1"), element.origin))
    body.set("kind", Datum(.text(kind), element.origin))
    body.set("metadata", Datum(.object(metadata), element.origin))
    if !element["type"].isNothing { body.set("type", element["type"]) }
    body.set(
      kind == "Secret" ? "stringData" : "data",
      Datum(.object(data), element.origin)
    )
    return ManifestObject(Datum(.object(body), element.origin), file: kustomization.path)
  }

  private func entries(of element: Datum, _ folder: String) -> [DatumObject.Entry] {
    let environments = element["envs"].elements + [element["env"]].filter { !$0.isNothing }
    return element["literals"].elements.compactMap(literal)
      + element["files"].elements.compactMap { file($0, folder) }
      + environments.flatMap { variables($0, folder) }
  }

  /// `NAME=value`; quotes around the value are no part of it.
  private func literal(_ element: Datum) -> DatumObject.Entry? {
    guard let text = element.settled.known, let sign = text.firstIndex(of: "=") else { return nil }
    var value = text[text.index(after: sign)...]
    for quote in ["\"", "'"]
    where value.count > 1 && value.hasPrefix(quote) && value.hasSuffix(quote) {
      value = value.dropFirst().dropLast()
    }
    return DatumObject.Entry(
      String(text[..<sign]),
      Datum(.text(String(value)), element.origin)
    )
  }

  /// `path`, or `key=path`.
  private func file(_ element: Datum, _ folder: String) -> DatumObject.Entry? {
    guard let text = element.settled.known else { return nil }
    let parts = text.split(separator: "=", maxSplits: 1)
    guard let name = parts.last, let path = RelativePath.resolve(String(name), in: folder) else {
      return nil
    }
    let key = parts.count == 2 ? String(parts[0]) : RelativePath.name(of: path)
    if let bytes = read(path), let content = String(validating: bytes, as: UTF8.self) {
      return DatumObject.Entry(key, Datum(.text(content), element.origin))
    }
    return DatumObject.Entry(key, .unknown("a template fills it in from a file", element.origin))
  }

  /// Lines of `NAME=value`, as they stand.
  private func variables(_ element: Datum, _ folder: String) -> [DatumObject.Entry] {
    guard let name = element.settled.known, let path = RelativePath.resolve(name, in: folder),
      let bytes = read(path)
    else { return [] }
    return Dotenv.read(bytes, file: path, format: .raw).entries.compactMap { entry in
      guard case .known(let value) = entry.value else { return nil }
      let place = SourceLocation(file: path, range: entry.range)
      let via = element.location.map { [$0] } ?? []
      return DatumObject.Entry(entry.name, Datum(.text(value), Origin(place, via: via)))
    }
  }

  /// Small files inside the root; larger ones are no settings.
  private func read(_ path: String) -> [UInt8]? {
    guard case .bytes(let bytes) = files.read(path), bytes.count <= 1 << 16 else { return nil }
    return bytes
  }
}
