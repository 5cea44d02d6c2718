import DocumentTrees
import Workloads

@testable import Templates

/// Evaluates Bicep texts in memory.
struct BicepCase {
  let session: BicepSession
  let root: BicepScope?

  init(_ files: [String: String], parameters: String? = nil) {
    session = BicepSession(
      path: "main.bicep",
      sources: BicepSources(files: MemoryFiles(files))
    )
    root = BicepReader.root("main.bicep", parameters, session)
  }

  init(_ main: String) { self.init(["main.bicep": main]) }

  /// The value of an expression, as a text.
  static func value(_ expression: String, with files: [String: String] = [:]) -> String {
    var files = files
    files["main.bicep", default: ""] += "\noutput it object = \(expression)\n"
    return BicepCase(files).output("it")
  }

  func output(_ name: String) -> String {
    withExtendedLifetime(session) { root?.output(name).map(Self.text) ?? "no output" }
  }

  func origin(of name: String) -> Origin? {
    withExtendedLifetime(session) { root?.output(name)?.origin }
  }

  /// What is deployed.
  static func deployment(
    _ files: [String: String],
    parameters: String? = nil
  ) -> Deployment {
    BicepReader.deployment(
      "main.bicep",
      parameters: parameters,
      sources: BicepSources(files: MemoryFiles(files))
    )
  }

  /// A value in a form that is easily compared: `{a: [1, 'x'], b: ?}`.
  static func text(_ value: Datum) -> String {
    switch value.shape {
    case .null: return "null"
    case .absent: return "absent"
    case .flag(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .number(let number): return NumberText.of(number)
    case .text(let text): return "'\(text)'"
    case .partial: return "'\(value.sketch ?? "")'"
    case .unknown(let gap):
      guard let reference = gap.reference else { return "?" }
      return "→\(reference.address)"
        + (reference.attribute.isEmpty ? "" : " \(reference.attribute)")
    case .list(let elements, let more):
      let texts = elements.map(text) + (more == nil ? [] : ["…"])
      return "[\(texts.joined(separator: ", "))]"
    case .object(let entries, let more):
      let texts = entries.map { "\($0.key): \(text($0.value))" } + (more == nil ? [] : ["…"])
      return "{\(texts.joined(separator: ", "))}"
    }
  }
}
