import DocumentTrees
import Workloads

extension HCLFunctions {
  static let files: [String: HCLFunction] = [
    "file": .init(1...1) { (call) throws(HCLFailure) in
      switch try call.content(0) {
      case .bytes(let bytes):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw call.failure("the file is no text")
        }
        let result = try call.result(text)
        return call.tree(of: bytes).map {
          Datum(.encoded(EncodedText($0.value, as: $0.encoding, parts: [.text(text)])), call.origin)
        } ?? result
      case .unknown(let reason): return call.unknown(reason)
      }
    },
    "filebase64": .init(1...1) { (call) throws(HCLFailure) in
      switch try call.content(0) {
      case .bytes(let bytes): return try call.result(Base64.encode(bytes))
      case .unknown(let reason): return call.unknown(reason)
      }
    },
    "fileexists": .init(1...1) { (call) throws(HCLFailure) in
      guard let path = RelativePath.resolve(try call.text(0), in: call.session.root) else {
        return call.unknown("the file is outside of the scanned folder")
      }
      return call.result(call.session.files.kind(of: path) == .file)
    },
    "fileset": .init(2...2) { (call) throws(HCLFailure) in
      guard let folder = RelativePath.resolve(try call.text(0), in: call.session.root) else {
        return call.unknown("the folder is outside of the scanned one")
      }
      let pattern = HCLGlob(try call.text(1))
      var found: [String] = []
      try call.collect(in: folder, below: "", pattern, &found, depth: 0)
      return try call.set(found.map { Datum(.text($0), call.origin) })
    },
    "templatefile": .init(2...2, .accepted) { (call) throws(HCLFailure) in
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      if case .unknown(let gap) = call.arguments[1].hcl { return call.unknown(gap.reason) }
      let name = try call.text(0)
      guard case .bytes(let bytes) = try call.content(0) else {
        return call.unknown("the template is not below the scanned folder")
      }
      let path = RelativePath.resolve(name, in: call.session.root) ?? name
      let template = try HCLParser.template(bytes)
      return try call.rendered(template, file: path, try call.object(1))
    },
    "templatestring": .init(2...2, .accepted) { (call) throws(HCLFailure) in
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      if case .unknown(let gap) = call.arguments[1].hcl { return call.unknown(gap.reason) }
      let template = try HCLParser.template(Array(try call.text(0).utf8))
      let file = call.origin.location?.file ?? ""
      return try call.rendered(template, file: file, try call.object(1))
    },
    "basename": .init(1...1) { (call) throws(HCLFailure) in
      let path = try call.text(0)
      let last = path.split(separator: "/").last.map(String.init)
      return try call.result(last ?? (path.isEmpty ? "." : "/"))
    },
    "dirname": .init(1...1, .inside) { (call) throws(HCLFailure) in
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      return try call.result(HCLPath.directory(try call.text(0)))
    },
    "abspath": unknowable("it depends on the machine"),
    "pathexpand": .init(1...1) { (call) throws(HCLFailure) in
      let path = try call.text(0)
      return path.hasPrefix("~")
        ? call.unknown("it depends on the machine") : try call.result(path)
    },
  ]
}

enum HCLPath {
  /// As Go's `path.Dir`, cleaned.
  static func directory(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path[..<slash].split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }
}

extension HCLCall {
  enum Content {
    case bytes([UInt8])
    case unknown(String)
  }

  func content(_ index: Int) throws(HCLFailure) -> Content {
    guard let path = RelativePath.resolve(try text(index), in: session.root) else {
      return .unknown("the file is outside of the scanned folder")
    }
    switch session.files.read(path) {
    case .bytes(let bytes):
      guard bytes.count <= session.limits.maximumBytes else {
        throw HCLFailure(.limit, "\(name): the file is too large", range)
      }
      try session.pay(bytes.count)
      session.filesRead.insert(path)
      return .bytes(bytes)
    case .outsideRoot: return .unknown("the file is outside of the scanned folder")
    case .unreadable: return .unknown("the file cannot be read")
    // A build may make it before Terraform runs.
    case .missing, .directory: return .unknown("the file does not exist")
    }
  }

  /// What a JSON or YAML file holds, with its places there: what reads the text later, reads these.
  fileprivate func tree(
    of bytes: [UInt8]
  ) -> (value: Datum, encoding: EncodedText.Encoding)? {
    guard bytes.count <= 1 << 18, let name = try? text(0),
      let path = RelativePath.resolve(name, in: session.root)
    else { return nil }
    var limits = session.limits
    limits.maximumExpandedNodes = min(limits.maximumExpandedNodes, 100_000)
    let root: Node?
    let isYAML = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    if isYAML {
      let stream = try? YAMLReader.documents(in: bytes, limits: limits)
      guard let stream, stream.failure == nil, stream.documents.count == 1 else { return nil }
      root = stream.documents.first?.root
    } else {
      let start = bytes.first { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }
      guard start == UInt8(ascii: "{") || start == UInt8(ascii: "[") else { return nil }
      root = try? JSONReader.document(in: bytes, limits: limits).root
    }
    guard let root, root.isMapping || root.isSequence else { return nil }
    // A tree takes more room than its text.
    guard (try? session.pay(bytes.count * 8)) != nil else { return nil }
    let via = origin.location.map { [$0] } ?? []
    let place = Origin(SourceLocation(file: path, line: 1), via: via)
    return (Datum.hcl(root, in: place), isYAML ? .yaml : .json)
  }

  fileprivate func rendered(
    _ template: HCLExpression,
    file: String,
    _ variables: DatumObject
  ) throws(HCLFailure) -> Datum {
    var inner = HCLEvaluator(file: file, session: session)
    inner.folder = evaluator.folder
    for entry in variables.entries { inner.variables[entry.key] = entry.value }
    do throws(HCLFailure) {
      var result = try HCLConvert.text(try inner.value(template))
      result.origin = evaluator.passed(result, range).origin
      return result
    } catch {
      if let more = variables.more, error.kind == .value { return unknown(more.reason) }
      throw HCLFailure(error.kind, "\(name): \(error.message)", range)
    }
  }

  fileprivate func collect(
    in folder: String,
    below prefix: String,
    _ pattern: HCLGlob,
    _ found: inout [String],
    depth: Int
  ) throws(HCLFailure) {
    guard depth < 32 else { return }
    for entry in session.files.entries(in: folder) ?? [] {
      try session.step()
      let path = prefix.isEmpty ? entry.name : prefix + "/" + entry.name
      if entry.kind == .file, pattern.matches(path) {
        found.append(path)
      } else if entry.kind == .directory, !entry.isLink {
        try collect(
          in: RelativePath.join(folder, entry.name),
          below: path,
          pattern,
          &found,
          depth: depth + 1
        )
      }
    }
  }
}

/// The patterns of `fileset`: `*`, `**`, `?`, `[a-z]` and `{a,b}`.
struct HCLGlob {
  private let alternatives: [[[UInt8]]]

  init(_ pattern: String) {
    alternatives = Self.expanded(pattern, depth: 0).prefix(1000).map { text in
      text.split(separator: "/").map { Array($0.utf8) }
    }
  }

  private static func expanded(_ pattern: String, depth: Int) -> [String] {
    guard depth < 6, let open = pattern.firstIndex(of: "{"),
      let close = pattern[open...].firstIndex(of: "}")
    else { return [pattern] }
    let head = pattern[..<open]
    let tail = pattern[pattern.index(after: close)...]
    let middle = pattern[pattern.index(after: open)..<close]
    return middle.split(separator: ",", omittingEmptySubsequences: false).prefix(100).flatMap {
      expanded("\(head)\($0)\(tail)", depth: depth + 1)
    }
  }

  func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map { Array($0.utf8) }
    return alternatives.contains { Self.matches($0[...], parts[...]) }
  }

  private static func matches(
    _ pattern: ArraySlice<[UInt8]>,
    _ parts: ArraySlice<[UInt8]>
  ) -> Bool {
    // Row by row, so that many `**` cost no more than their product with the path.
    var reachable = Array(repeating: false, count: parts.count + 1)
    reachable[0] = true
    for piece in pattern {
      var next = Array(repeating: false, count: parts.count + 1)
      if piece == Array("**".utf8) {
        var isOpen = false
        for index in 0...parts.count {
          isOpen = isOpen || reachable[index]
          next[index] = isOpen
        }
      } else {
        for (index, part) in parts.enumerated() where reachable[index] {
          next[index + 1] = part.count < 4096 && matches(piece, part)
        }
      }
      reachable = next
    }
    return reachable[parts.count]
  }

  /// One part of a path, again row by row.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var reachable = Array(repeating: false, count: text.count + 1)
    reachable[0] = true
    var index = 0
    while index < pattern.count {
      var next = Array(repeating: false, count: text.count + 1)
      if pattern[index] == UInt8(ascii: "*") {
        var isOpen = false
        for place in 0...text.count {
          isOpen = isOpen || reachable[place]
          next[place] = isOpen
        }
        index += 1
      } else {
        let (set, length) = set(pattern[index...])
        for (place, byte) in text.enumerated() where reachable[place] && set(byte) {
          next[place + 1] = true
        }
        index += length
      }
      reachable = next
    }
    return reachable[text.count]
  }

  private static func set(_ pattern: ArraySlice<UInt8>) -> ((UInt8) -> Bool, Int) {
    let first = pattern[pattern.startIndex]
    if first == UInt8(ascii: "?") { return ({ _ in true }, 1) }
    if first == UInt8(ascii: "\\"), pattern.count > 1 {
      let literal = pattern[pattern.startIndex + 1]
      return ({ $0 == literal }, 2)
    }
    guard first == UInt8(ascii: "["), let end = pattern.dropFirst(2).firstIndex(of: 0x5D) else {
      return ({ $0 == first }, 1)
    }
    var content = pattern[(pattern.startIndex + 1)..<end]
    let isNegated = content.first == UInt8(ascii: "^") || content.first == UInt8(ascii: "!")
    if isNegated { content = content.dropFirst() }
    var ranges: [ClosedRange<UInt8>] = []
    while let low = content.popFirst() {
      if content.first == UInt8(ascii: "-"), let high = content.dropFirst().first, low <= high {
        ranges.append(low...high)
        content = content.dropFirst(2)
      } else {
        ranges.append(low...low)
      }
    }
    let wanted = ranges
    return (
      { byte in wanted.contains { $0.contains(byte) } != isNegated },
      end - pattern.startIndex + 1
    )
  }
}
