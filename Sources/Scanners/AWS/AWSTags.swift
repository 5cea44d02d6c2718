internal import Templates
internal import Workloads

/// Tags in all their forms.
enum AWSTags {
  /// The tags of a list of pairs, or of a mapping; `more` says why there may be others.
  static func read(_ datum: Datum) -> (tags: [NamedValue], more: String?) {
    if datum.isNothing { return ([], nil) }
    var tags: [NamedValue] = []
    if datum.isList {
      for element in datum.elements {
        let fields = AWSFields(element)
        let key = fields.text("key")
        guard let name = key.known else { continue }
        tags.append(NamedValue(name, fields["value"].string, element.origin))
      }
    } else {
      tags = datum.entries.map { NamedValue($0.key, $0.value.string, $0.keyOrigin) }
    }
    return (tags, datum.more?.reason)
  }

  /// A resource's own tags and those of its surroundings; its own win.
  static func all(
    _ datum: Datum,
    inherited: [DatumObject.Entry]
  ) -> (tags: [NamedValue], more: String?) {
    var (tags, more) = read(datum)
    let own = Set(tags.map(\.name))
    for entry in inherited where !own.contains(entry.key) {
      tags.append(NamedValue(entry.key, entry.value.string, entry.keyOrigin))
    }
    return (tags, more)
  }
}
