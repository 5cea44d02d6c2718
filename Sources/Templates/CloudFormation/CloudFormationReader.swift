package import DocumentTrees
import Workloads

/// Reads and evaluates CloudFormation and SAM templates.
///
/// All templates of a scan are read together, because they name each other: as nested stacks, and
/// by what one exports and another imports.
package struct CloudFormationReader: Sendable {
  /// Bounds on what one template may cost; beyond them values are unknown, and a notice says so.
  package struct Bounds: Sendable {
    /// Nodes evaluated for a template and the stacks nested in it.
    package var steps = 1_000_000
    /// Bytes of texts that functions make.
    package var textBytes = 64 << 20
    package var depth = 100
    package var loopElements = 1000
    /// Nested stacks of all templates together.
    package var nestedStacks = 500

    package init() {}
  }

  private let files: any FileTree
  private let limits: DocumentLimits
  private let bounds: Bounds

  package init(
    files: any FileTree,
    limits: DocumentLimits = DocumentLimits(),
    bounds: Bounds = Bounds()
  ) {
    self.files = files
    self.limits = limits
    self.bounds = bounds
  }

  /// A deployment for every template; several for one that is nested several times.
  ///
  /// A template that another nests is evaluated with the parameters it is given there.
  package func deployments(of templates: [CloudFormationTemplate]) -> [Deployment] {
    let session = TemplateSession(
      files: files,
      limits: limits,
      bounds: bounds,
      templates: templates
    )
    // The session owns every evaluator, and those know it without owning it.
    return withExtendedLifetime(session) { session.deployments() }
  }
}

/// A template as found: its path below the root and its topmost node.
package struct CloudFormationTemplate: Sendable {
  package var path: String
  package var root: Node

  package init(path: String, root: Node) {
    self.path = path
    self.root = root
  }
}
