import Synchronization

/// The actions of AWS services, with access level and whether resources can limit them.
///
/// The table's text is searched when a service is asked for; nothing is read before.
final class ActionTable: Sendable {
  static let path = "catalogue/iam-actions.tsv"

  enum Level: UInt8, Sendable {
    case permissions = 0x50  // P
    case write = 0x57  // W
    case tagging = 0x54  // T
    case read = 0x52  // R
    case list = 0x4C  // L
  }

  struct Action: Sendable {
    /// `s3:GetObject`, as AWS spells it.
    let name: String
    let level: Level
    /// Whether a statement can name resources for it.
    let hasResources: Bool
    /// The part behind the colon in lower case.
    let lowered: [UInt8]
  }

  private let text: String
  private let known = Mutex<[String: [Action]?]>([:])

  init(text: String) { self.text = text }

  /// The actions of a service by its prefix; nil if it is not in the table.
  func actions(of service: String) -> [Action]? {
    known.withLock { known in
      if let actions = known[service] { return actions }
      let actions = read(service)
      known[service] = .some(actions)
      return actions
    }
  }

  /// The prefixes of all services of the table, sorted.
  func services() -> [String] {
    var services: [String] = []
    _ = withLines { (name, _) -> Bool? in
      services.append(name)
      return nil
    }
    return services
  }

  private func read(_ service: String) -> [Action]? {
    guard !service.isEmpty else { return nil }
    return withLines { name, fields in
      name == service ? Self.parse(service, fields) : nil
    }
  }

  /// The first result of `body` for a service's name and the bytes behind it.
  private func withLines<Result>(
    _ body: (String, Slice<UnsafeBufferPointer<UInt8>>) -> Result?
  ) -> Result? {
    var text = text
    return text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        defer { start = end + 1 }
        guard end > start, bytes[start] != UInt8(ascii: "#"),
          let tab = bytes[start..<end].firstIndex(of: UInt8(ascii: "\t"))
        else { continue }
        let name = String(decoding: bytes[start..<tab], as: UTF8.self)
        if let result = body(name, bytes[(tab + 1)..<end]) { return result }
      }
      return nil
    }
  }

  private static func parse(
    _ service: String,
    _ fields: Slice<UnsafeBufferPointer<UInt8>>
  ) -> [Action] {
    var actions: [Action] = []
    for field in fields.split(separator: UInt8(ascii: "\t")) {
      guard let first = field.first, let level = Level(rawValue: first),
        let colon = field.firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      let hasResources = field.index(after: field.startIndex) == colon
      for name in field[(colon + 1)...].split(separator: UInt8(ascii: " ")) {
        actions.append(
          Action(
            name: "\(service):\(String(decoding: name, as: UTF8.self))",
            level: level,
            hasResources: hasResources,
            lowered: name.map(IAMPattern.lower)
          )
        )
      }
    }
    return actions
  }
}
