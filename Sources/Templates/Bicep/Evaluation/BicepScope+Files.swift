import DocumentTrees
import Workloads

// Functions that read files when a template is compiled: below the scanned folder only.
extension BicepScope {
  func load(_ name: String, _ arguments: [Datum], _ origin: Origin) -> Datum {
    guard let location = origin.location, let first = arguments.first else {
      return .unknown("\(name) needs a path", origin)
    }
    guard let written = first.string.known else {
      return .unknown(first.string.unknownReason ?? "\(name) needs a path", origin)
    }
    guard !written.isEmpty, !written.contains("\\"),
      let path = RelativePath.resolve(written, in: directory)
    else {
      session.note(
        .outsideRoot,
        location,
        "A file that \(name) names lies outside of the scanned folder; it is not read."
      )
      return .unknown("the file it is read from lies outside of the scanned folder", origin)
    }
    if name == "loadDirectoryFileInfo" { return directoryInfo(path, arguments, origin) }
    guard case .bytes(let bytes) = session.files.read(path) else {
      sayMissing(written, path, at: location)
      return .unknown("\(written) cannot be read", origin)
    }
    session.deployment.files.insert(path)
    guard bytes.count <= session.limits.maximumBytes, session.spend(bytes.count / 64, at: location)
    else {
      session.note(.limit, location, "\(written) is too large; what is read from it is unknown.")
      return .unknown("\(written) is too large", origin)
    }
    let there = Origin(location, via: [SourceLocation(file: path, line: 1)])
    switch name {
    case "loadFileAsBase64": return Datum(.text(Self.base64(bytes)), there)
    case "loadTextContent":
      let encoding = arguments.count > 1 ? arguments[1].string.known : "utf-8"
      guard let text = Self.text(bytes, encoding) else {
        return .unknown("\(written) is in another encoding", origin)
      }
      return Datum(.text(text), there)
    default: return tree(name, bytes, path, written, arguments, origin)
    }
  }

  /// The tree of a JSON or YAML file, or what a path leads to in it.
  private func tree(
    _ name: String,
    _ bytes: [UInt8],
    _ path: String,
    _ written: String,
    _ arguments: [Datum],
    _ origin: Origin
  ) -> Datum {
    let location = origin.location ?? location(.fileStart)
    let document: DocumentTree?
    do throws(DocumentError) {
      // Comments are allowed where the compiler reads JSON.
      document =
        name == "loadJsonContent"
        ? try JSONReader.document(in: ARMText.withoutComments(bytes), limits: session.limits)
        : try YAMLReader.document(in: bytes, limits: session.limits)
    } catch {
      session.note(
        .unreadable,
        SourceLocation(file: path, line: Int(error.place.line), column: Int(error.place.column)),
        "\(written) cannot be read: \(error.problem)."
      )
      return .unknown("\(written) cannot be read", Origin(location))
    }
    guard let root = document?.root else { return Datum(.null, origin) }
    let value = Datum(root, in: path)
    guard arguments.count > 1, let query = arguments[1].string.known, query != "$" else {
      return reached(value, origin)
    }
    guard let keys = Self.keys(ofPath: query) else {
      return .unknown("the path into \(written) is not followed", origin)
    }
    var found = value
    for key in keys {
      if let position = Int(key), found.isList {
        found = AzureFunctions.index(found, Datum(.integer(position), origin), origin)
      } else {
        found = AzureFunctions.member(found, key, origin)
      }
    }
    return reached(found, origin)
  }

  /// The keys of a JSONPath without wildcards: `$.a.b[0]['c']`, also without its `$`.
  static func keys(ofPath query: String) -> [String]? {
    var keys: [String] = []
    var key = ""
    var characters = Array(query.unicodeScalars)[...]
    if characters.first == "$" { characters = characters.dropFirst() }
    func end() {
      if !key.isEmpty { keys.append(key) }
      key = ""
    }
    while let character = characters.popFirst() {
      switch character {
      case ".":
        if characters.isEmpty || characters.first == "." { return nil }
        end()
      case "[":
        end()
        guard let close = characters.firstIndex(of: "]") else { return nil }
        var inner = characters[..<close]
        characters = characters[(close + 1)...]
        if inner.first == "'" || inner.first == "\"" {
          guard inner.count > 1, inner.first == inner.last else { return nil }
          inner = inner.dropFirst().dropLast()
        } else if !inner.allSatisfy({ ("0"..."9").contains($0) }) || inner.isEmpty {
          return nil
        }
        keys.append(String(String.UnicodeScalarView(inner)))
      case "*", "?", "@", "(", ")": return nil
      default: key.unicodeScalars.append(character)
      }
    }
    end()
    return keys
  }

  private func directoryInfo(_ path: String, _ arguments: [Datum], _ origin: Origin) -> Datum {
    guard let entries = session.files.entries(in: path) else {
      return .unknown("the directory it lists does not exist", origin)
    }
    // Patterns have `*` and `?`; without one all files are listed.
    let pattern = arguments.count > 1 ? arguments[1].string.known : "*"
    guard let pattern, session.spend(entries.count, at: origin.location ?? location(.fileStart))
    else {
      return .unknown("the pattern of its files is not known", origin)
    }
    var files: [Datum] = []
    for entry in entries where entry.kind == .file && Self.matches(entry.name, pattern) {
      let dot = entry.name.lastIndex(of: ".")
      var info = DatumObject()
      info.set("relativePath", Datum(.text(RelativePath.join(path, entry.name)), origin))
      info.set(
        "baseName",
        Datum(.text(dot.map { String(entry.name[..<$0]) } ?? entry.name), origin)
      )
      info.set("extension", Datum(.text(dot.map { String(entry.name[$0...]) } ?? ""), origin))
      files.append(Datum(.object(info), origin))
    }
    return Datum(.list(DatumList(files)), origin)
  }

  /// Whether a name fits a pattern of `*` and `?`, in time linear in both.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let text = Array(name.utf8)
    let pattern = Array(pattern.utf8)
    var (position, next) = (0, 0)
    var star: (pattern: Int, text: Int)?
    while position < text.count {
      if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
        star = (next, position)
        next += 1
      } else if next < pattern.count,
        pattern[next] == text[position] || pattern[next] == UInt8(ascii: "?")
      {
        position += 1
        next += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        next = last.pattern + 1
        position = last.text + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  // MARK: Encodings

  /// The text of bytes; nil if they are in no encoding that is read.
  static func text(_ bytes: [UInt8], _ encoding: String?) -> String? {
    switch encoding?.lowercased() {
    case "utf-8", "us-ascii":
      let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
      return String(validating: body, as: UTF8.self)
    case "iso-8859-1":
      return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case "utf-16", "utf-16be":
      var isBig = encoding?.lowercased() == "utf-16be"
      var body = bytes[...]
      if body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) {
        isBig = body.first == 0xFE
        body = body.dropFirst(2)
      }
      guard body.count.isMultiple(of: 2) else { return nil }
      let units = stride(from: body.startIndex, to: body.endIndex, by: 2).map { index in
        let (first, second) = (UInt16(body[index]), UInt16(body[index + 1]))
        return isBig ? first << 8 | second : second << 8 | first
      }
      return String(validating: units, as: UTF16.self)
    default: return nil
    }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 3 * 4 + 4)
    var index = 0
    while index < bytes.count {
      let rest = min(3, bytes.count - index)
      var group = 0
      for offset in 0..<3 { group = group << 8 | (offset < rest ? Int(bytes[index + offset]) : 0) }
      for place in 0..<4 {
        let digit = alphabet[group >> (18 - 6 * place) & 63]
        text.append(place <= rest ? digit : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: text, as: UTF8.self)
  }
}
