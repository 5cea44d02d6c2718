/// A text with its variables put in, as far as their values are known.
///
/// Keeps where every value came from. What is unknown stays a part of its own, so that the rest
/// of the text can still be looked at.
package struct ExpandedText: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    /// Something whose value nobody can know from the files, and why.
    case unknown(reason: String)
  }

  package var parts: [Part]
  /// Places of the text itself and of what gave its variables their values; at most 16.
  package var sources: [PlaceRange]
  /// Names of arguments the caller of the build gave and that are in the text; at most 16.
  package var buildArguments: [String]

  package init(_ text: String, sources: [PlaceRange] = []) {
    parts = text.isEmpty ? [] : [.text(text)]
    self.sources = sources
    buildArguments = []
  }

  package init(unknown reason: String, sources: [PlaceRange] = []) {
    parts = [.unknown(reason: reason)]
    self.sources = sources
    buildArguments = []
  }

  /// The text if all of it is known.
  package var text: String? {
    var result = ""
    for part in parts {
      guard case .text(let text) = part else { return nil }
      result += text
    }
    return result
  }

  /// Why the first unknown part is unknown.
  package var unknownReason: String? {
    for case .unknown(let reason) in parts { return reason }
    return nil
  }

  /// What stands before the first unknown part.
  package var knownPrefix: String {
    var result = ""
    for part in parts {
      guard case .text(let text) = part else { break }
      result += text
    }
    return result
  }

  /// Whether the text is empty; nil if that depends on what is unknown.
  var isEmpty: Bool? {
    if parts.isEmpty { return true }
    return parts.contains { if case .text = $0 { true } else { false } } ? false : nil
  }

  static let maximumSources = 16

  mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    if case .text(var last)? = parts.last {
      // Taken out first so that it grows in place.
      parts[parts.count - 1] = .text("")
      last += text
      parts[parts.count - 1] = .text(last)
    } else {
      parts.append(.text(text))
    }
  }

  mutating func append(_ other: ExpandedText) {
    for part in other.parts {
      switch part {
      case .text(let text): append(text)
      case .unknown:
        // One reason is enough for the reader and keeps hostile files small.
        if parts.last != part, parts.count < 32 { parts.append(part) }
      }
    }
    addOrigins(of: other)
  }

  mutating func addOrigins(of other: ExpandedText) {
    for source in other.sources { add(source: source) }
    for name in other.buildArguments where buildArguments.count < Self.maximumSources {
      if !buildArguments.contains(name) { buildArguments.append(name) }
    }
  }

  mutating func add(source: PlaceRange) {
    guard sources.count < Self.maximumSources, !sources.contains(source) else { return }
    sources.append(source)
  }
}
