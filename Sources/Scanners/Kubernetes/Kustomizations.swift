import DocumentTrees
import Templates
import Workloads

/// One kustomization file.
struct Kustomization {
  let path: String
  let folder: String
  let body: Datum
  let place: SourceLocation

  init?(_ file: DiscoveredFile) {
    guard let root = file.documents.lazy.compactMap(\.root).first, root.isMapping else {
      return nil
    }
    path = file.path
    folder = RelativePath.directory(of: file.path)
    body = Datum(root, in: file.path)
    place = SourceLocation(file: file.path, line: Int(root.range.start.line))
  }

  /// Applied by a kustomization that names it, and by nothing else.
  var isComponent: Bool { body["kind"].string.known == "Component" }

  /// Paths of files that are only parts of others.
  var patches: [String] {
    var names: [String] = []
    for element in body["patches"].elements + body["patchesJson6902"].elements {
      if let name = element["path"].string.known { names.append(name) }
    }
    for field in [
      "patchesStrategicMerge", "configurations", "transformers", "generators", "validators",
    ] {
      names += body[field].elements.compactMap { $0.string.known }
    }
    names += body["replacements"].elements.compactMap { $0["path"].string.known }
    return names.filter { !$0.contains("\n") }.compactMap { RelativePath.resolve($0, in: folder) }
  }

  /// Names of what it includes: files, folders, addresses.
  var included: [String] {
    ["resources", "bases", "components"].flatMap { body[$0].elements }.compactMap(\.string.known)
  }

  /// How many patches it applies, those written into it too.
  var patchCount: Int {
    let fields = ["patches", "patchesStrategicMerge", "patchesJson6902"]
    return fields.reduce(0) { $0 + body[$1].elements.count }
  }

  /// What it changes in everything that it includes, by the names of its fields.
  var changes: [String] {
    let fields = [
      "namePrefix", "nameSuffix", "namespace", "replicas", "replacements", "vars", "helmCharts",
      "helmChartInflationGenerator",
    ]
    return fields.filter { !body[$0].isNothing }
      // Those of a component change what others include.
      + (isComponent && !body["images"].isNothing ? ["images"] : [])
  }

  /// Whether what it includes has to be fetched.
  static func isRemote(_ name: String) -> Bool {
    name.contains("://") || name.contains("?ref=") || name.hasPrefix("github.com/")
      || name.hasPrefix("git@")
  }
}

/// All kustomizations of the tree: what they patch is no workload of its own.
struct Kustomizations {
  /// Files that are only parts of others, applied by a kustomization.
  let patches: Set<String>
  /// Folders with a kustomization.
  let folders: Set<String>
  let all: [Kustomization]

  init(_ files: [DiscoveredFile]) {
    all = files.filter { $0.format == .kustomization }.compactMap(Kustomization.init)
    folders = Set(all.map(\.folder))
    patches = Set(all.flatMap(\.patches))
  }

  func report(_ notes: ManifestNotes, _ result: inout ScanResult) {
    for one in all {
      result.inputs[one.path] = InputUse(.kustomization)
      let details = [patched(one), changed(one), remote(one)].joined()
      let path = one.folder.isEmpty ? "." : one.folder
      notes.add(
        .overlay,
        one.place,
        one.isComponent
          ? """
          A component, which only a kustomization that names it applies; its resources are assessed \
          as they stand.\(details)
          """
          : """
          A kustomization; the resources beside it are assessed as they stand.\(details) Assess \
          what it makes of them: kubectl kustomize \(path) | unmoor assess -
          """
      )
    }
  }

  private func patched(_ one: Kustomization) -> String {
    switch one.patchCount {
    case 0: ""
    case 1: " Its patch is left out."
    case let count: " Its \(count) patches are left out."
    }
  }

  private func changed(_ one: Kustomization) -> String {
    one.changes.isEmpty ? "" : " Not taken into account: \(one.changes.joined(separator: ", "))."
  }

  private func remote(_ one: Kustomization) -> String {
    let count = one.included.count(where: Kustomization.isRemote)
    if count == 0 { return "" }
    return " What it fetches from \(count == 1 ? "an address" : "\(count) addresses") is not here."
  }
}
