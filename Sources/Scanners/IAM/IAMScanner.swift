import DocumentTrees
import Templates
package import Workloads

/// Reads stand-alone IAM policies, and what the command line of AWS answers about them.
package struct IAMScanner: FormatScanner {
  package let formats: Set<FileFormat> = [.iamPolicy]

  package init() {}

  package func scan(_ files: [DiscoveredFile], in context: ScanContext) -> ScanResult {
    var result = ScanResult()
    for file in files.sorted(by: { $0.path < $1.path }) {
      var documents = IAMDocuments(file: file.path)
      for root in file.documents.compactMap(\.root) {
        documents.collect(Datum(root, in: file.path))
      }
      result.resources += documents.graph.resolve()
      result.notices += documents.graph.reader.notices
      for document in file.documents {
        for issue in document.issues {
          let range = PlaceRange(start: issue.place, end: issue.place)
          result.notices.append(
            Notice(
              .duplicateKey,
              SourceLocation(file: file.path, range: range),
              "\(issue.problem.prefix(1).uppercased() + issue.problem.dropFirst())."
            )
          )
        }
      }
      result.inputs[file.path] = InputUse(file.format, file.failure == nil ? .read : .partial)
    }
    return result
  }
}
