package import DocumentTrees

/// What a project's `.unmoor.yaml` says: its own answers where the tool's do not fit.
///
/// It lies at the scanned root. What it changes is named in the report's notices, so that a reader
/// sees which answers are the project's own.
package struct ProjectSettings: Sendable {
  package static let fileName = ".unmoor.yaml"

  /// Targets to assess; empty: all.
  package var targets: [String] = []
  /// Files to leave out, in the patterns of `.gitignore`.
  package var exclude: [String] = []
  var rules: [RuleSetting] = []
  package var workloads: [WorkloadSetting] = []
  var waivers: [WaiverSetting] = []

  /// A rule switched off or weighed otherwise.
  struct RuleSetting: Sendable {
    /// An id, or a pattern of ids such as `image/*`.
    var pattern: String
    var isOff = false
    var severity: Severity?
    var effects: [String: TargetEffect] = [:]
    var reason: String?
    var place: Place
  }

  /// What becomes of a workload.
  package struct WorkloadSetting: Sendable {
    /// An id, a name, or a pattern of either.
    package var pattern: String
    package var disposition: Disposition?
    /// The id or name of the workload that it is another definition of; empty: of none.
    package var sameAs: String?
    package var reason: String?
    package var place: Place

    package func names(id: String, name: String) -> Bool {
      Glob(pattern).matches(id) || Glob(pattern).matches(name)
    }
  }

  /// Findings that somebody accepted.
  struct WaiverSetting: Sendable {
    var rule: String?
    var workload: String?
    var file: String?
    var fingerprint: String?
    var waiver: Waiver
    var place: Place
  }

  package init() {}

  /// Reads the file's text; the first problem ends it.
  package init(_ bytes: [UInt8], file: String = fileName) throws(RuleError) {
    let root: Node?
    do {
      let document = try YAMLReader.document(in: bytes, limits: DocumentLimits())
      if let issue = document?.issues.first {
        throw RuleError(file: file, place: issue.place, problem: issue.problem)
      }
      root = document?.root
    } catch let error as DocumentError {
      throw RuleError(file: file, place: error.place, problem: error.problem)
    } catch let error as RuleError {
      throw error
    } catch {
      throw RuleError(file: file, place: Place(line: 1, column: 1), problem: "cannot be read")
    }
    // An empty file changes nothing.
    guard let root else { return }
    let reader = FieldReader(file: file, node: root, what: "settings file")
    try reader.allowOnly(["version", "targets", "exclude", "rules", "workloads", "waivers"])
    if let version = reader.optional("version"), version.text != "1" {
      throw reader.error("this version of the tool reads version 1", at: version)
    }
    targets = try reader.texts("targets")
    exclude = try reader.texts("exclude")
    for (key, value) in try reader.mapping("rules") {
      rules.append(try Self.rule(key, value, file))
    }
    for (key, value) in try reader.mapping("workloads") {
      workloads.append(try Self.workload(key, value, file))
    }
    for value in try reader.list("waivers") { waivers.append(try Self.waiver(value, file)) }
  }

  private static func rule(
    _ key: Node,
    _ value: Node,
    _ file: String
  ) throws(RuleError) -> RuleSetting {
    var setting = RuleSetting(pattern: key.text, place: key.range.start)
    let reader = FieldReader(file: file, node: value, what: "rule setting")
    if value.isScalar {
      // YAML 1.1 reads a bare `off` as false; both spellings mean the same here.
      if value.text == "off" || value.bool11 == false {
        setting.isOff = true
      } else {
        setting.severity = try reader.word(value, of: Severity.self)
      }
      return setting
    }
    try reader.allowOnly(["off", "severity", "targets", "reason"])
    setting.isOff = reader.optional("off")?.bool11 ?? false
    if let severity = reader.optional("severity") {
      setting.severity = try reader.word(severity, of: Severity.self)
    }
    for (target, effect) in try reader.mapping("targets") {
      setting.effects[target.text] = try reader.word(effect, of: TargetEffect.self)
    }
    setting.reason = try reader.optionalText("reason")
    return setting
  }

  private static func workload(
    _ key: Node,
    _ value: Node,
    _ file: String
  ) throws(RuleError) -> WorkloadSetting {
    var setting = WorkloadSetting(pattern: key.text, place: key.range.start)
    let reader = FieldReader(file: file, node: value, what: "workload setting")
    if value.isScalar {
      setting.disposition = try reader.word(value, of: Disposition.self)
      return setting
    }
    try reader.allowOnly(["disposition", "sameAs", "reason"])
    if let disposition = reader.optional("disposition") {
      setting.disposition = try reader.word(disposition, of: Disposition.self)
    }
    if let same = value["sameAs"] {
      setting.sameAs = same.text == "none" || same.isNull ? "" : same.text
    }
    setting.reason = try reader.optionalText("reason")
    return setting
  }

  private static func waiver(_ value: Node, _ file: String) throws(RuleError) -> WaiverSetting {
    let reader = FieldReader(file: file, node: value, what: "waiver")
    try reader.allowOnly(["rule", "workload", "file", "fingerprint", "reason", "owner", "until"])
    let until = try reader.optionalText("until")
    if let until, !isDate(until) {
      throw reader.error("'until' is a date as YYYY-MM-DD", at: value["until"])
    }
    let setting = WaiverSetting(
      rule: try reader.optionalText("rule"),
      workload: try reader.optionalText("workload"),
      file: try reader.optionalText("file"),
      fingerprint: try reader.optionalText("fingerprint"),
      waiver: Waiver(
        reason: try reader.text("reason"),
        owner: try reader.optionalText("owner"),
        until: until
      ),
      place: value.range.start
    )
    if setting.rule == nil, setting.fingerprint == nil {
      throw reader.error("a waiver names a 'rule' or a 'fingerprint'")
    }
    return setting
  }

  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == 3 && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
  }
}
