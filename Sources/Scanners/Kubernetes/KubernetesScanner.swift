import DocumentTrees
import Templates
package import Workloads

/// Reads Kubernetes manifests, and what KEDA, Dapr and others add to them.
package struct KubernetesScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.kubernetes, .kustomization, .helmTemplate]

  private let maximumCost: Int

  /// A container costs about a hundred; the default lets through what no repository ever holds.
  package init(maximumCost: Int = 5_000_000) { self.maximumCost = maximumCost }

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    let notes = ManifestNotes(budget: maximumCost)
    HelmCharts.report(files.filter { $0.format == .helmTemplate }, context, notes, &result)
    let kustomizations = Kustomizations(files)
    kustomizations.report(notes, &result)
    let generators = KustomizeGenerators(context)
    var objects = kustomizations.all.flatMap(generators.objects)
    for file in files where file.format == .kubernetes {
      result.inputs[file.path] = InputUse(.kubernetes)
      if kustomizations.patches.contains(file.path) { continue }
      objects += ManifestFile(file, notes).objects
    }
    result.merge(Self.read(objects, notes, kustomizations: kustomizations))
    result.notices += notes.notices
    return result
  }

  /// What objects say together, wherever they were written.
  static func read(
    _ objects: [ManifestObject],
    _ notes: ManifestNotes,
    kustomizations: Kustomizations = Kustomizations([])
  ) -> ScanResult {
    let index = ManifestIndex(objects)
    let reader = WorkloadReader(index: index, notes: notes)
    var resources = ManifestResources(index: index, notes: notes)
    let images = KustomizeImages(kustomizations)
    var built: [BuiltWorkload] = []
    for object in objects {
      if let template = WorkloadReader.template(of: object) {
        let isKustomized = kustomizations.folders.contains(object.folder)
        if var workload = reader.read(object, template, isKustomized: isKustomized) {
          images.apply(to: &workload.workload, in: object.file)
          built.append(workload)
        }
        // A ScaledJob is what runs and what scales at once.
        if object.kind != "ScaledJob" { continue }
      }
      resources.read(object)
    }
    var joins = ManifestJoins(built, index: index, notes: notes)
    joins.attach(resources.found)
    var result = ScanResult()
    result.workloads = WorkloadNames.unique(joins.built.map(\.workload))
    RepeatedDefinitions.mark(&result.workloads, of: joins.built.map(\.object))
    result.resources = joins.unattached
    return result
  }
}

/// Gives workloads ids of their own.
///
/// The first of a name in its project has the plain id; a second one of another kind, or of another
/// file, has its kind behind it, and further ones a number. Files come in the order of their paths,
/// so that the same inputs give the same ids.
enum WorkloadNames {
  static func unique(_ workloads: [Workload]) -> [Workload] {
    var used: Set<String> = []
    return workloads.map { workload in
      var workload = workload
      let plain = workload.id
      if !used.insert(workload.id).inserted {
        workload.id = "\(plain).\(workload.kind.lowercased())"
        var number = 2
        while !used.insert(workload.id).inserted {
          workload.id = "\(plain).\(workload.kind.lowercased())#\(number)"
          number += 1
        }
      }
      return workload
    }
  }
}
