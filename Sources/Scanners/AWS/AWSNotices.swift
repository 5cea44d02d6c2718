internal import DocumentTrees
internal import Templates
internal import Workloads

/// Gathers what is odd in the definitions of one run; many alike in one file become one notice.
struct AWSNotices {
  private var notices: [Notice] = []
  private var unknownFields: [Key: Group] = [:]
  private var order: [Key] = []

  private struct Key: Hashable {
    var file: String
    var subject: String
  }

  private struct Group {
    var location: SourceLocation
    var names: [String]
  }

  init() {}

  mutating func add(_ kind: Notice.Kind, _ origin: Origin, _ message: String) {
    guard let location = origin.location else { return }
    let notice = Notice(kind, location, message)
    // Instances of one counted resource say the same thing at the same place.
    if !notices.contains(notice) { notices.append(notice) }
  }

  /// Notes the fields of an object that its shape does not have.
  mutating func check(_ fields: AWSFields, against shape: AWSShape) {
    for entry in fields.entries where !shape.knows(entry.key) && !entry.value.isNothing {
      group(shape.subject, entry.key, entry.keyOrigin)
    }
  }

  mutating func unreadType(_ type: String, _ origin: Origin) {
    group("", type, origin)
  }

  private mutating func group(_ subject: String, _ name: String, _ origin: Origin) {
    guard let location = origin.location else { return }
    let key = Key(file: location.file, subject: subject)
    if unknownFields[key] == nil {
      unknownFields[key] = Group(location: location, names: [])
      order.append(key)
    }
    if unknownFields[key]?.names.contains(name) == false { unknownFields[key]?.names.append(name) }
  }

  /// Everything gathered, in the order of its appearance.
  func finish() -> [Notice] {
    let grouped = order.compactMap { key -> Notice? in
      guard let group = unknownFields[key] else { return nil }
      // Names come from the file; a few of them say enough.
      var names = group.names.prefix(8).joined(separator: ", ")
      if group.names.count > 8 { names += " and \(group.names.count - 8) more" }
      if key.subject.isEmpty {
        return Notice(
          .information,
          group.location,
          "Resources of these types are known and not assessed: \(names)."
        )
      }
      return Notice(
        .unsupportedField,
        group.location,
        "\(key.subject) has fields that are not known here: \(names)."
      )
    }
    return notices + grouped
  }
}

/// The fields that an object of the API has.
struct AWSShape: Sendable {
  /// As the beginning of a sentence: `A container definition`.
  let subject: String
  /// Names of the API whose values are read.
  let read: [String]
  /// Names that are left out on purpose, with the reason.
  let ignored: [String: String]
  private let plainNames: Set<String>

  init(_ subject: String, _ read: [String], ignored: [String: String] = [:]) {
    self.subject = subject
    self.read = read
    self.ignored = ignored
    plainNames = Set((read + ignored.keys).map(AWSFields.plain))
  }

  func knows(_ name: String) -> Bool { plainNames.contains(AWSFields.plain(name)) }
}
