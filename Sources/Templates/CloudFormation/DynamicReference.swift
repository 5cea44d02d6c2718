import Workloads

/// A dynamic reference: a part of a text that CloudFormation fetches when it deploys.
///
/// In a `Datum` it is a gap whose `identity` is the reference as written. So it is unknown to
/// whoever reads a text, and whoever asks can still tell that a secret store fills it in.
package struct DynamicReference: Hashable, Sendable {
  package enum Service: String, Hashable, Sendable {
    case secretsManager = "secretsmanager"
    case parameter = "ssm"
    case secureParameter = "ssm-secure"
  }

  package var service: Service
  /// As written, with `…` for what is not known: `{{resolve:secretsmanager:db:SecretString:pw}}`.
  package var text: String

  private static let opening = "{{resolve:"

  package init?(_ text: String) {
    guard text.hasPrefix(Self.opening), text.hasSuffix("}}") else { return nil }
    let name = text.dropFirst(Self.opening.count).prefix { $0 != ":" && $0 != "}" }
    guard let service = Service(rawValue: String(name)) else { return nil }
    self.service = service
    self.text = text
  }

  var reason: String {
    switch service {
    case .secretsManager: "it is resolved from Secrets Manager when deployed"
    case .parameter, .secureParameter: "it is read from Systems Manager when deployed"
    }
  }

  /// The same value with its dynamic references as gaps; what is no text stays as it is.
  ///
  /// Parts of a reference may be unknown themselves (`{{resolve:secretsmanager:${Name}}}`); what
  /// they point at is kept.
  static func resolve(_ datum: Datum) -> Datum {
    guard let parts = datum.parts,
      parts.contains(where: { if case .text(let text) = $0 { mayHold(text) } else { false } })
    else { return datum }
    var done: [TextPart] = []
    var open: [TextPart]?
    func add(_ part: TextPart) {
      if open != nil { open?.append(part) } else { done.append(part) }
    }
    for part in parts {
      guard case .text(let text) = part else {
        add(part)
        continue
      }
      var rest = text[...]
      while !rest.isEmpty {
        let mark = open == nil ? opening : "}}"
        guard let place = find(mark, in: rest) else {
          add(.text(String(rest)))
          break
        }
        if let inside = open {
          let written = inside + [.text(String(rest[..<place]) + "}}")]
          done += gaps(for: written)
          open = nil
          rest = rest[place...].dropFirst(2)
        } else {
          if place > rest.startIndex { done.append(.text(String(rest[..<place]))) }
          open = [.text(opening)]
          rest = rest[place...].dropFirst(opening.count)
        }
      }
    }
    return Datum(parts: done + (open ?? []), datum.origin)
  }

  private static func gaps(for written: [TextPart]) -> [TextPart] {
    let text = written.map { if case .text(let text) = $0 { text } else { "…" } }.joined()
    guard let found = DynamicReference(text) else { return written }
    let pointed = Datum(.partial(written), .none).references.first
    return [.gap(Gap(found.reason, reference: pointed, identity: text))]
  }

  static func mayHold(_ text: String) -> Bool { find(opening, in: text[...]) != nil }

  private static func find(_ mark: String, in text: Substring) -> String.Index? {
    let bytes = text.utf8
    let first = mark.utf8.first
    var index = bytes.startIndex
    while let found = bytes[index...].firstIndex(where: { $0 == first }) {
      if bytes[found...].starts(with: mark.utf8) { return found }
      index = bytes.index(after: found)
    }
    return nil
  }
}

extension Datum {
  /// The secrets and parameters that CloudFormation fetches into this text.
  package var dynamicReferences: [DynamicReference] {
    (parts ?? []).compactMap { part in
      if case .gap(let gap) = part { gap.identity.flatMap(DynamicReference.init) } else { nil }
    }
  }
}
