import Workloads

enum TerraformWords {
  /// What a call of a module has besides arguments.
  static let callWords: Set<String> = [
    "source", "version", "count", "for_each", "providers", "depends_on",
  ]
  /// What a resource has besides its own attributes and blocks.
  static let resourceWords: Set<String> = [
    "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection",
    "timeouts",
  ]
}

extension HCLStep {
  /// The name of a step that is an attribute.
  var name: String? { if case .attribute(let name) = kind { name } else { nil } }
}

extension Sequence<HCLStep> {
  /// The attributes as one path: `network.ip`.
  var attributePath: String { compactMap(\.name).joined(separator: ".") }
}

enum TerraformPath {
  /// The path from one folder to another, `.` for the same.
  static func relative(_ folder: String, from start: String) -> String {
    let target = folder.split(separator: "/")
    let base = start.split(separator: "/")
    let shared = zip(target, base).prefix { $0 == $1 }.count
    let parts =
      Array(repeating: "..", count: base.count - shared) + target[shared...].map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
