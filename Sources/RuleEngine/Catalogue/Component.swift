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
    case .stateful(let service): "\(Self.article(service.kind)) (\(service.title))"
    case .platform(let service): Self.article(service.title)
    }
  }

  private static func article(_ noun: String) -> String {
    // `relational-database` → "relational database"; a title keeps its own capitals inside.
    let words = noun.split(separator: "-").joined(separator: " ")
    let first = words.first?.lowercased() ?? ""
    let phrase = words.first?.isUppercase == true ? first + words.dropFirst() : words
    let named = words.hasPrefix("API") || words.hasPrefix("CI") ? words : phrase
    return ("aeiou".contains(first) ? "an " : "a ") + (words.hasPrefix("Dapr") ? words : named)
  }
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
