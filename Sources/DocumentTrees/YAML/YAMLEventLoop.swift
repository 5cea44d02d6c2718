internal import CLibYAML

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Drives libyaml over a text and hands its events to a tree builder.
struct YAMLEventLoop {
  var builder: TreeBuilder
  var documents: [Document] = []
  var failure: DocumentError?
  /// Offset of a byte that cannot be part of a YAML text, if one ended the loop.
  var unreadableOffset: Int?

  struct Document {
    var root: NodeReference?
    var issues: [DocumentIssue]
    var range: PlaceRange
    /// Whether it ends where the text does, without a `...`.
    var endsWithText: Bool
  }

  /// libyaml compares every tag with every `%TAG` directive of its document.
  private static let maximumTagDirectives = 64

  init(limits: DocumentLimits, byteCount: Int) {
    builder = TreeBuilder(limits: limits, byteCount: byteCount)
  }

  mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let text = bytes.baseAddress, !bytes.isEmpty else { return }
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      failure = DocumentError("No memory to read the text", at: Place(line: 1, column: 1))
      return
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_input_string(&parser, text, bytes.count)
    do throws(DocumentError) {
      var event = yaml_event_t()
      var documentStart = Place(line: 1, column: 1)
      while true {
        guard yaml_parser_parse(&parser, &event) == 1 else {
          throw error(of: parser, in: bytes)
        }
        // The event's memory is freed on every path, the throwing one included.
        defer { yaml_event_delete(&event) }
        if event.type == YAML_STREAM_END_EVENT { return }
        try take(event, documentStart: &documentStart)
      }
    } catch {
      failure = error
    }
  }

  /// Forgets a last document that runs to the end of the text.
  mutating func dropUnfinishedDocument() {
    if documents.last?.endsWithText == true { documents.removeLast() }
  }

  // MARK: Events

  private mutating func take(
    _ event: yaml_event_t,
    documentStart: inout Place
  ) throws(DocumentError) {
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try builder.addScalar(
        UnsafeBufferPointer(start: scalar.value, count: scalar.length),
        style: style(scalar.style),
        range: range(event),
        properties: .init(tag: bytes(scalar.tag), anchor: bytes(scalar.anchor))
      )
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      try builder.beginCollection(
        .mapping,
        style: mapping.style == YAML_FLOW_MAPPING_STYLE ? .flow : .block,
        start: place(event.start_mark),
        properties: .init(tag: bytes(mapping.tag), anchor: bytes(mapping.anchor))
      )
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      try builder.beginCollection(
        .sequence,
        style: sequence.style == YAML_FLOW_SEQUENCE_STYLE ? .flow : .block,
        start: place(event.start_mark),
        properties: .init(tag: bytes(sequence.tag), anchor: bytes(sequence.anchor))
      )
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      // The end of a block collection, and of a pair like `[a: b]`, is not a token of its own but
      // libyaml's next token, lines below. Such a collection ends with its last child.
      let isBracket =
        builder.openStyle == .flow && event.start_mark.index != event.end_mark.index
      builder.endCollection(end: isBracket ? place(event.end_mark) : nil)
    case YAML_ALIAS_EVENT:
      if let name = bytes(event.data.alias.anchor) {
        try builder.addAlias(name, range: range(event))
      }
    case YAML_DOCUMENT_START_EVENT:
      let directives = event.data.document_start.tag_directives
      if let first = directives.start, let end = directives.end,
        end - first > Self.maximumTagDirectives
      {
        throw DocumentError(
          "More than \(Self.maximumTagDirectives) %TAG directives",
          at: place(event.start_mark)
        )
      }
      documentStart = place(event.start_mark)
      builder.beginDocument()
    case YAML_DOCUMENT_END_EVENT:
      finishDocument(event, start: documentStart)
    default:
      break
    }
  }

  private mutating func finishDocument(_ event: yaml_event_t, start: Place) {
    var root = builder.endDocument()
    if let reference = root, !reference.isAlias {
      let record = builder.records[reference.index]
      let isNothing =
        record.kind == .scalar && record.range.start == record.range.end && record.extra == 0
      if isNothing { root = nil }
    }
    documents.append(
      Document(
        root: root,
        issues: builder.issues,
        range: PlaceRange(start: start, end: place(event.end_mark)),
        endsWithText: event.data.document_end.implicit == 1
      )
    )
  }

  private func bytes(_ text: UnsafeMutablePointer<yaml_char_t>?) -> UnsafeBufferPointer<UInt8>? {
    text.map {
      UnsafeBufferPointer(
        start: $0,
        count: strlen(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      )
    }
  }

  private func place(_ mark: yaml_mark_t) -> Place {
    // A text has fewer than 2³⁰ bytes, so nothing is cut off.
    Place(
      unclampedLine: Int32(truncatingIfNeeded: mark.line) &+ 1,
      column: Int32(truncatingIfNeeded: mark.column) &+ 1
    )
  }

  private func range(_ event: yaml_event_t) -> PlaceRange {
    PlaceRange(start: place(event.start_mark), end: place(event.end_mark))
  }

  private func style(_ style: yaml_scalar_style_t) -> NodeStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  // MARK: Errors

  /// What libyaml found wrong; its texts are constants and never repeat the file's.
  private mutating func error(
    of parser: yaml_parser_t,
    in bytes: UnsafeBufferPointer<UInt8>
  ) -> DocumentError {
    let problem = parser.problem.map { String(cString: $0) } ?? "not readable"
    switch parser.error {
    case YAML_READER_ERROR:
      let offset = min(Int(parser.problem_offset), bytes.count)
      unreadableOffset = offset
      return DocumentError(sentence(problem), at: Place(ofOffset: offset, in: bytes))
    case YAML_MEMORY_ERROR:
      return DocumentError("No memory to read the text", at: place(parser.mark))
    default:
      let context = parser.context.map { " " + String(cString: $0) } ?? ""
      return DocumentError(sentence(problem + context), at: place(parser.problem_mark))
    }
  }

  private func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }
}
