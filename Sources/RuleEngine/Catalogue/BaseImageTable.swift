/// The rows of `base-images.tsv`, indexed by repository; a row is read when it is asked for.
struct BaseImageTable: Sendable {
  /// One line of the table.
  struct Row: Sendable {
    /// Repository, with the registry unless that is Docker Hub.
    let repository: String
    let tag: ImageTag
    /// Where the row's text lies in the table.
    let bytes: Range<Int>
    let line: Int
  }

  static let path = "catalogue/base-images.tsv"
  static let columns = [
    "image", "family", "os", "libc", "role", "lean", "leaner_alternative", "size_mb", "size_class",
    "basis", "eol", "extended_until", "user", "shell", "confidence", "eol_source", "size_source",
    "size_date",
  ]

  let rows: [Row]
  private let text: [UInt8]
  private let byRepository: [String: [Int]]

  init(text: String) throws(CatalogueError) {
    let bytes = Array(text.utf8)
    var rows: [Row] = []
    var byRepository: [String: [Int]] = [:]
    var hasHeader = false
    var seen: Set<String> = []
    var line = 0
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      let range = start..<end
      line += 1
      start = end + 1
      if range.isEmpty || bytes[range.lowerBound] == UInt8(ascii: "#") { continue }
      guard hasHeader else {
        hasHeader = true
        guard Self.fields(of: bytes[range]) == Self.columns else {
          throw CatalogueError(
            "the columns must be \(Self.columns.joined(separator: ", "))",
            file: Self.path,
            line: line
          )
        }
        continue
      }
      let tabs = bytes[range].count { $0 == UInt8(ascii: "\t") }
      guard tabs == Self.columns.count - 1 else {
        throw CatalogueError(
          "\(tabs + 1) columns instead of \(Self.columns.count)",
          file: Self.path,
          line: line
        )
      }
      let first = bytes[range].prefix { $0 != UInt8(ascii: "\t") }
      let image = String(decoding: first, as: UTF8.self)
      guard seen.insert(image).inserted else {
        throw CatalogueError("\(image) is listed twice", file: Self.path, line: line)
      }
      // A colon behind the last slash begins the tag.
      let colon = first.lastIndex { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
      let tagStart = colon.flatMap { first[$0] == UInt8(ascii: ":") ? $0 : nil }
      let repository = String(decoding: first[..<(tagStart ?? first.endIndex)], as: UTF8.self)
      let tag = tagStart.map { String(decoding: first[($0 + 1)...], as: UTF8.self) } ?? ""
      byRepository[repository, default: []].append(rows.count)
      rows.append(Row(repository: repository, tag: ImageTag(tag), bytes: range, line: line))
    }
    guard hasHeader else { throw CatalogueError("has no columns", file: Self.path) }
    self.rows = rows
    self.text = bytes
    self.byRepository = byRepository
  }

  func rows(of repository: String) -> [Row] {
    byRepository[repository, default: []].map { rows[$0] }
  }

  func contains(_ repository: String) -> Bool { byRepository[repository] != nil }

  /// Everything that a row states.
  func fact(_ row: Row) throws(CatalogueError) -> BaseImageFact {
    let fields = Self.fields(of: text[row.bytes])
    func error(_ column: Int) -> CatalogueError {
      CatalogueError(
        "\(fields[column]) is not possible as \(Self.columns[column])",
        file: Self.path,
        line: row.line
      )
    }
    func stated(_ column: Int) -> String? { fields[column] == "-" ? nil : fields[column] }
    func flag(_ column: Int) throws(CatalogueError) -> Bool? {
      switch fields[column] {
      case "yes": true
      case "no": false
      case "-": nil
      default: throw error(column)
      }
    }
    guard let role = BaseImageFact.Role(rawValue: fields[4]) else { throw error(4) }
    guard let sizeClass = BaseImageFact.SizeClass(rawValue: fields[8]) else { throw error(8) }
    guard let confidence = FactConfidence(rawValue: fields[14]) else { throw error(14) }
    let size = stated(7).flatMap(Double.init)
    guard fields[7] == "-" || size != nil else { throw error(7) }
    for column in [10, 11] {
      if let date = stated(column), !Self.isDate(date) { throw error(column) }
    }
    return BaseImageFact(
      family: fields[1],
      os: stated(2),
      libc: stated(3),
      role: role,
      lean: try flag(5),
      leanerAlternative: stated(6),
      sizeMB: size,
      sizeClass: sizeClass,
      sizeIsMeasured: size != nil,
      eol: stated(10),
      extendedSupportUntil: stated(11),
      eolSource: stated(15).map(Self.source),
      nonRoot: stated(12).map { $0 != "root" },
      hasShell: try flag(13),
      matchedEntry: fields[0],
      nearness: .exact,
      confidence: confidence,
      source: stated(16).map(Self.source)
    )
  }

  /// Writes out the two abbreviations of the table.
  private static func source(_ text: String) -> String {
    if text.hasPrefix("endoflife:") {
      return "endoflife-date/endoflife.date:products/" + text.dropFirst("endoflife:".count)
    }
    if text.hasPrefix("repo-info:") {
      return "docker-library/repo-info:repos/" + text.dropFirst("repo-info:".count)
    }
    return text
  }

  private static func fields(of line: ArraySlice<UInt8>) -> [String] {
    line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a text has the form `2026-11-23`.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }) else {
      return false
    }
    return (1...12).contains(Int(parts[1]) ?? 0) && (1...31).contains(Int(parts[2]) ?? 0)
  }
}
