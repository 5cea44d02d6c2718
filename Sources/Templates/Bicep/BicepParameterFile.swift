import DocumentTrees
import Workloads

/// The values that a parameter file gives: `main.bicepparam` or `main.parameters.json`.
enum BicepParameterFile {
  /// The values by name; nil where the file has none.
  static func values(_ path: String, for root: BicepScope) -> (String) -> Datum? {
    if path.hasSuffix(".bicepparam") {
      guard let scope = scope(path, root.session, []) else { return { _ in nil } }
      return { scope.given($0, 0) }
    }
    let values = json(path, root.session)
    return { values[$0] }
  }

  private static func scope(
    _ path: String,
    _ session: BicepSession,
    _ chain: [String]
  ) -> BicepScope? {
    guard !chain.contains(path), chain.count < 8, let file = session.file(path) else { return nil }
    let scope = BicepScope(file, path: path, prefix: "\(path)#", session: session)
    scope.declare()
    for statement in file.statements {
      guard case .extends(let written) = statement.kind, let base = written.plainText else {
        continue
      }
      let location = scope.location(written.range)
      guard let target = scope.localPath(base, at: location, what: "parameter file") else {
        continue
      }
      scope.extended = self.scope(target, session, chain + [path])
      if scope.extended == nil { scope.sayMissing(base, target, at: location) }
    }
    return scope
  }

  /// The values of a JSON parameter file.
  private static func json(_ path: String, _ session: BicepSession) -> [String: Datum] {
    guard case .bytes(let bytes) = session.files.read(path) else { return [:] }
    session.deployment.files.insert(path)
    let document: DocumentTree
    do throws(DocumentError) {
      document = try JSONReader.document(in: ARMText.withoutComments(bytes), limits: session.limits)
    } catch {
      let place = error.place
      session.note(
        .unreadable,
        SourceLocation(file: path, line: Int(place.line), column: Int(place.column)),
        "The parameter file cannot be read: \(error.problem)."
      )
      return [:]
    }
    var values: [String: Datum] = [:]
    guard let root = document.root else { return [:] }
    for entry in Datum(root, in: path)["parameters"].entries {
      let value = entry.value["value"]
      if !value.isAbsent {
        values[entry.key] = filled(value, 0)
      } else if !entry.value["reference"].isAbsent {
        values[entry.key] = .unknown("it is a secret of a key vault", entry.value.origin)
      }
    }
    return values
  }

  /// The value with `${VARIABLE}` and `${VARIABLE=default}` filled in, as the deployment tool does.
  private static func filled(_ value: Datum, _ depth: Int) -> Datum {
    guard depth < 32 else { return value }
    switch value.shape {
    case .text(let text) where text.contains("${"):
      return Datum(parts: parts(of: text), value.origin)
    case .list(let elements, let more):
      guard elements.contains(where: { hasHole($0, 0) }) else { return value }
      let filled = elements.map { self.filled($0, depth + 1) }
      return Datum(.list(DatumList(filled, more: more)), value.origin)
    case .object(let entries, let more):
      guard entries.contains(where: { hasHole($0.value, 0) }) else { return value }
      let filled = entries.map {
        DatumObject.Entry(
          $0.key,
          self.filled($0.value, depth + 1),
          keyOrigin: $0.keyOrigin
        )
      }
      return Datum(.object(DatumObject(filled, more: more)), value.origin)
    default: return value
    }
  }

  private static func hasHole(_ value: Datum, _ depth: Int) -> Bool {
    guard depth < 32 else { return false }
    switch value.shape {
    case .text(let text): return text.contains("${")
    case .list(let elements, _): return elements.contains { hasHole($0, depth + 1) }
    case .object(let entries, _): return entries.contains { hasHole($0.value, depth + 1) }
    default: return false
    }
  }

  static func parts(of text: String) -> [TextPart] {
    var parts: [TextPart] = []
    var rest = text[...]
    func add(_ text: some StringProtocol) {
      if text.isEmpty { return }
      if case .text(let before)? = parts.last {
        parts[parts.count - 1] = .text(before + text)
      } else {
        parts.append(.text(String(text)))
      }
    }
    while let dollar = rest.firstIndex(of: "$") {
      let behind = rest.index(after: dollar)
      guard behind < rest.endIndex, rest[behind] == "{",
        let close = rest[behind...].firstIndex(of: "}")
      else {
        add(rest[...dollar])
        rest = rest[behind...]
        continue
      }
      add(rest[..<dollar])
      let inner = rest[rest.index(after: behind)..<close]
      rest = rest[rest.index(after: close)...]
      if let equals = inner.firstIndex(of: "=") {
        add(inner[inner.index(after: equals)...])
      } else {
        parts.append(.gap(Gap("the environment variable \(inner) is not set here")))
      }
    }
    add(rest)
    return parts
  }
}

extension BicepScope {
  /// The value that a parameter file or one that it extends gives.
  func given(_ name: String, _ depth: Int) -> Datum? {
    if case .parameter(let statement)? = symbols[name] {
      return value(of: .parameter(statement), name)
    }
    return depth < 8 ? extended?.given(name, depth + 1) : nil
  }

  /// All values of a parameter file, as `base` has them.
  func all(_ origin: Origin) -> Datum {
    var object = DatumObject()
    for (name, symbol) in symbols.sorted(by: { $0.key < $1.key }) {
      if case .parameter = symbol, let value = given(name, 0) { object.set(name, value) }
    }
    return Datum(.object(object), origin)
  }
}
