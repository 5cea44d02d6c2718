internal import DocumentTrees
internal import Workloads

/// What is shared while one set of Compose files is read: files already parsed, notices, bounds.
final class ComposeSession {
  let files: any FileTree
  let builds: any BuildReader
  let options: ComposeOptions
  let limits: DocumentLimits

  var result = ScanResult()
  /// Streams by path; `nil` for a file that could not be read and was reported.
  var streams: [String: YAMLStream?] = [:]
  /// Services of extended files with their own `extends` resolved, by file, scope and name.
  var extended: [String: Extended] = [:]
  /// Why the `extends` at a place could not be followed.
  var unresolved: [SourceLocation: String] = [:]

  struct Extended {
    var service: ComposeValue
    /// How many services it is built on, one on top of the other.
    var depth: Int
  }

  private var seenNotices: Set<Notice> = []
  private var noticesByFile: [String: Int] = [:]
  private var unsetVariables: Set<UnsetVariable> = []
  private var remainingNodes = 0
  private var remainingTextBytes = maximumTextBytes
  private var isExhausted = false

  /// Notices kept of one file, so that a hostile one cannot flood a report.
  private static let maximumNotices = 200
  /// Nodes that merging and reading may look at, which bounds what `extends` can multiply.
  private let maximumNodes: Int
  private static let defaultNodes = 1_000_000
  /// Bytes of texts after interpolation, and of files of variables however often they are read.
  private static let maximumTextBytes = 64 << 20

  private struct UnsetVariable: Hashable {
    var file: String
    var name: String
  }

  init(
    files: any FileTree,
    builds: any BuildReader,
    options: ComposeOptions,
    limits: DocumentLimits
  ) {
    self.files = files
    self.builds = builds
    self.options = options
    self.limits = limits
    maximumNodes = min(Self.defaultNodes, limits.maximumExpandedNodes)
    beginProject()
  }

  // MARK: Notices

  func notice(_ kind: Notice.Kind, _ location: SourceLocation, _ message: String) {
    let notice = Notice(kind, location, message)
    guard seenNotices.insert(notice).inserted else { return }
    let count = noticesByFile[location.file, default: 0] + 1
    noticesByFile[location.file] = count
    if count <= Self.maximumNotices {
      result.notices.append(notice)
    } else if count == Self.maximumNotices + 1 {
      result.notices.append(
        Notice(
          .limit,
          location,
          "Only the first \(Self.maximumNotices) notices of this file are listed."
        )
      )
    }
  }

  func unsetVariable(_ name: String, _ location: SourceLocation, isRequired: Bool) {
    let variable = UnsetVariable(file: location.file, name: name)
    guard unsetVariables.insert(variable).inserted else { return }
    notice(
      .unsetVariable,
      location,
      isRequired
        ? "Variable \(name) is required and not set; what depends on it is unknown."
        : "Variable \(name) is not set and has no default; what depends on it is unknown."
    )
  }

  func invalid(_ value: ComposeValue, _ problem: String) {
    notice(.invalidValue, value.location, problem)
  }

  func unsupported(_ entry: ComposeEntry, in part: String) {
    guard !entry.key.hasPrefix("x-"), let location = entry.place.location else { return }
    let key = String(entry.key.prefix(80))
    notice(.unsupportedField, location, "\(part) has no field \(key) in the Compose specification.")
  }

  func use(_ path: String, _ format: FileFormat, _ state: Input.State = .read) {
    var other = ScanResult()
    other.inputs[path] = InputUse(format, state)
    result.merge(other)
  }

  // MARK: Bounds

  /// Gives a new project its own share.
  func beginProject() {
    remainingNodes = maximumNodes
    remainingTextBytes = Self.maximumTextBytes
    isExhausted = false
  }

  /// Pays for bytes of text; false, with a notice, if there were too many.
  func spendText(_ count: Int, at location: SourceLocation) -> Bool {
    remainingTextBytes -= count
    if remainingTextBytes >= 0 { return true }
    notice(
      .limit,
      location,
      "The project's texts are longer than \(Self.maximumTextBytes) bytes once expanded."
    )
    return false
  }

  /// Pays for nodes that are looked at; false if no more may be.
  func spend(_ count: Int, at location: SourceLocation? = nil) -> Bool {
    remainingNodes -= count + 1
    if remainingNodes >= 0 { return true }
    if !isExhausted, let location {
      isExhausted = true
      notice(
        .limit,
        location,
        "The Compose files stand for more than \(maximumNodes) nodes once merged; "
          + "what follows is not read."
      )
    }
    return false
  }

  // MARK: Interpolation

  /// The text of a scalar, its variables replaced; `nil` for `null` and for what is no scalar.
  func text(_ value: ComposeValue) -> ComposeText? {
    guard let node = value.node, value.kind == .scalar else { return nil }
    let dollar = UInt8(ascii: "$")
    guard node.withTextBytes({ $0.contains(dollar) }) else { return ComposeText(node.text) }
    let scope = value.context.variables
    let (text, problems) = node.withTextBytes { bytes in
      Interpolation.expand(bytes, resolve: scope.resolve)
    }
    let location = value.location
    for problem in problems {
      switch problem {
      case .unset(let name): unsetVariable(name, location, isRequired: false)
      case .required(let name): unsetVariable(name, location, isRequired: true)
      case .invalid:
        invalid(value, "A $ begins no variable here; Compose wants $$ for a plain dollar sign.")
      case .tooLong: notice(.limit, location, "This text is too long once expanded.")
      }
    }
    guard spendText(text.bytes.count, at: location) else {
      let gap = ComposeText.Gap(variable: "", reason: "the text is too long once expanded")
      return ComposeText(bytes: [ComposeText.gap], gaps: [gap])
    }
    return text
  }
}
