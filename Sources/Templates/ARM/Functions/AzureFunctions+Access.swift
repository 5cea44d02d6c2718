package import Workloads

// Going into values as Azure does.
extension AzureFunctions {
  /// `value.key`; keys match in any case.
  package static func member(_ value: Datum, _ key: String, _ origin: Origin) -> Datum {
    lookup(value, key, origin) ?? .unknown("it has no property \(key)", origin)
  }

  /// `value[key]` of a list or an object.
  package static func index(_ value: Datum, _ key: Datum, _ origin: Origin) -> Datum {
    switch key.shape {
    case .text(let text): return member(value, text, origin)
    case .unknown, .partial: return .unknown(key.shape.reason ?? "", origin)
    default: break
    }
    guard let position = key.plainInteger else {
      return .unknown("an index is neither a number nor a text", origin)
    }
    switch value.shape {
    case .list:
      return value.element(at: .known(position))
        ?? .unknown("the list has no element \(position)", origin)
    case .unknown(let gap):
      return Datum(.unknown(gap.at("[\(position)]")), origin)
    default: return .unknown("it is not a list", origin)
    }
  }

  /// The value of a key; nil if there surely is none.
  static func lookup(_ value: Datum, _ key: String, _ origin: Origin) -> Datum? {
    switch value.shape {
    case .object(let entries, let more):
      let found = value[key]
      if !found.isAbsent, more == nil || entries.contains(where: { $0.key == key }) {
        return found
      }
      let lower = key.lowercased()
      if let entry = entries.first(where: { $0.key.lowercased() == lower }) { return entry.value }
      return more.map { Datum(.unknown($0.at(key)), origin) }
    case .unknown(let gap): return Datum(.unknown(gap.at(key)), origin)
    case .partial(let parts): return .unknown(Datum.reasons(parts), origin)
    default: return nil
    }
  }
}

extension Gap {
  /// The gap of a part of what is missing: a reference goes on along the path.
  func at(_ key: String) -> Gap {
    guard var reference else { return self }
    // Values inside a resource are no deeper than this; a longer path is a loop's doing.
    guard reference.attribute.utf8.count < 512 else { return self }
    reference.attribute = reference.attribute.isEmpty ? key : "\(reference.attribute).\(key)"
    return Gap(reason, reference: reference)
  }
}
