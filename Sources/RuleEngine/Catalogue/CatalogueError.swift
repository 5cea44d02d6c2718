/// Why reference data could not be read, and where: the fault of whoever wrote the data.
package struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
  package var file: String
  /// 1-based; 0 if the whole file is meant.
  package var line: Int
  package var problem: String

  package init(_ problem: String, file: String, line: Int = 0) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  package var description: String {
    line > 0 ? "\(file):\(line): \(problem)" : "\(file): \(problem)"
  }
}
