import DocumentTrees
import Workloads

/// Collects notices; many alike in one file become one.
final class ManifestNotes {
  private(set) var notices: [Notice] = []
  private var positions: [Key: Int] = [:]

  private struct Key: Hashable {
    var kind: Notice.Kind
    var file: String
    var message: String
  }

  func add(_ kind: Notice.Kind, _ location: SourceLocation, _ message: String) {
    let key = Key(kind: kind, file: location.file, message: message)
    guard positions[key] == nil else { return }
    positions[key] = notices.count
    notices.append(Notice(kind, location, message))
  }

  /// A field that Kubernetes does not have in this place.
  func unknownField(_ name: String, in part: String, at location: SourceLocation?) {
    guard let location else { return }
    // A name that somebody made very long says no more than its beginning.
    let shown = name.count > 60 ? name.prefix(60) + "…" : name
    add(.unsupportedField, location, "\(part) has no field \(shown); it was not assessed.")
  }
}
