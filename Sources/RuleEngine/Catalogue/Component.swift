/// What the catalogue knows an image to be.
package enum Component: Hashable, Sendable {
  case stateful(StatefulService)
  case platform(PlatformService)

  package var title: String {
    switch self {
    case .stateful(let service): service.title
    case .platform(let service): service.title
    }
  }

  package var disposition: Disposition {
    switch self {
    case .stateful(let service): service.disposition
    case .platform(let service): service.disposition
    }
  }

  package var replacement: Replacement {
    switch self {
    case .stateful(let service): service.replacement
    case .platform(let service): service.replacement
    }
  }

  /// What it is, in words: "a relational database (PostgreSQL)".
  package var phrase: String {
    switch self {
    case .stateful(let service): Self.phrase(service.kind, service.title)
    case .platform(let service): Self.article(service.title)
    }
  }

  /// A title that only repeats the kind is left out.
  private static func phrase(_ kind: String, _ title: String) -> String {
    let repeats = title.lowercased() == kind.split(separator: "-").joined(separator: " ")
    return repeats ? article(kind) : "\(article(kind)) (\(title))"
  }

  /// A kind or a title within a sentence: `mqtt-broker` is "an MQTT broker".
  private static func article(_ noun: String) -> String {
    let words = noun.split { $0 == "-" || $0 == " " }
    guard let first = words.first else { return noun }
    let upper = first.uppercased()
    let isAcronym = acronyms.contains(upper)
    let shown = isAcronym ? upper : first == "Dapr" ? "Dapr" : first.lowercased()
    let letter = shown.first.map(String.init) ?? ""
    let takesAn = isAcronym ? "AEFHILMNORSX".contains(letter) : "aeiou".contains(letter)
    let rest = words.dropFirst().map(String.init)
    return (takesAn ? "an " : "a ") + ([shown] + rest).joined(separator: " ")
  }

  private static let acronyms: Set<String> = ["API", "CI", "CMS", "DNS", "HTTP", "MQTT"]
}

/// A component, and how sure it is that the image is one.
package struct ComponentMatch: Hashable, Sendable {
  package var component: Component
  /// The pattern that the image's name fits.
  package var pattern: String
  /// Only the last part of the name fits: `team/postgres`.
  package var isByNameOnly: Bool

  package init(component: Component, pattern: String, isByNameOnly: Bool) {
    self.component = component
    self.pattern = pattern
    self.isByNameOnly = isByNameOnly
  }
}
