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

  /// What reading may still cost: aliases make a small file stand for a huge one.
  private var budget: Int

  init(budget: Int) { self.budget = budget }

  /// Whether so much more may be read.
  func allows(_ cost: Int, at location: @autoclosure () -> SourceLocation) -> Bool {
    if budget >= cost {
      budget -= cost
      return true
    }
    if budget >= 0 {
      budget = -1
      add(.limit, location(), "The manifests hold too much; the rest is not assessed.")
    }
    return false
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
