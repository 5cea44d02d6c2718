internal import DocumentTrees
internal import Templates
package import Workloads

/// Reads ECS task definitions and services as the API's JSON.
package struct ECSScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.ecsTaskDefinition]

  /// What such files call their objects, as types for the readers of resources.
  static let taskDefinitionType = "task definition"
  static let serviceType = "service"

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    // All files are one deployment: a service in one names the task definition in another.
    var deployment = Deployment(project: "", format: .ecsTaskDefinition)
    var result = ScanResult()
    var notices = AWSNotices()
    for file in files {
      result.inputs[file.path] = InputUse(.ecsTaskDefinition)
      for (index, document) in file.documents.enumerated() {
        guard let root = document.root else { continue }
        var collector = Collector(file: file.path, document: index)
        collector.add(Datum(root, in: file.path))
        deployment.resources += collector.found
        for odd in collector.odd {
          notices.add(.invalidValue, odd, "Neither a task definition nor a service of ECS.")
        }
      }
    }
    result.merge(AWSResources.read(deployment, limits: context.limits))
    result.notices += notices.finish()
    return result
  }

  /// Finds the definitions of a document.
  private struct Collector {
    let file: String
    let document: Int
    var found: [DeclaredResource] = []
    var odd: [Origin] = []

    mutating func add(_ datum: Datum) {
      if datum.isList {
        for element in datum.elements { addObject(element) }
      } else {
        addObject(datum)
      }
    }

    private mutating func addObject(_ datum: Datum) {
      let fields = AWSFields(datum)
      if fields.has("containerDefinitions") {
        add(ECSScanner.taskDefinitionType, datum)
      } else if datum["taskDefinition"].isObject {
        add(ECSScanner.taskDefinitionType, datum)
      } else if fields["taskDefinitions"].isList {
        for element in fields.elements("taskDefinitions") {
          add(ECSScanner.taskDefinitionType, element)
        }
      } else if fields["services"].isList {
        for element in fields.elements("services") { add(ECSScanner.serviceType, element) }
      } else if datum["service"].isObject {
        add(ECSScanner.serviceType, datum["service"])
      } else if fields.has("taskDefinition") {
        add(ECSScanner.serviceType, datum)
      } else if !datum.isNothing {
        odd.append(datum.origin)
      }
    }

    private mutating func add(_ type: String, _ datum: Datum) {
      let fields = AWSFields(datum["taskDefinition"].isObject ? datum["taskDefinition"] : datum)
      let fallback =
        RelativePath.name(of: file).split(separator: ".").first.map(String.init) ?? file
      let name = fields.text("family", "serviceName").known ?? fallback
      found.append(
        DeclaredResource(
          type: type,
          name: name,
          address: "\(file)#\(document).\(found.count)",
          properties: datum,
          origin: place(of: fields)
        )
      )
    }

    /// Where the definition says its name; a whole file is no place to point at.
    private func place(of fields: AWSFields) -> Origin {
      for name in ["family", "serviceName"] where fields.has(name) { return fields.place(of: name) }
      guard let start = fields.origin.location?.range.start else { return fields.origin }
      return Origin(SourceLocation(file: file, range: PlaceRange(start: start, end: start)))
    }
  }
}
