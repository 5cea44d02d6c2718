import DocumentTrees
import Foundation
import Templates
import TestSupport
import Testing
import Workloads

/// The specification suite of HCL: each case decodes a text by a specification in HCL and names the
/// value, its type and all diagnostics with their places.
@Suite struct HCLSpecSuiteTests {
  @Test func allCasesAgree() throws {
    guard let folder = Corpus.folder("hcl-spec/hashicorp__hcl/specsuite/tests") else { return }
    let tests = Corpus.files(below: folder) { $0.pathExtension == "t" }
    #expect(tests.count >= 14)
    var passed = 0
    var problems: [String] = []
    for test in tests {
      let name = test.deletingPathExtension().lastPathComponent
      do {
        if let problem = try Self.problem(of: test) {
          problems.append("\(name): \(problem)")
        } else {
          passed += 1
        }
      } catch {
        problems.append("\(name): \(error)")
      }
    }
    print("HCL specification suite: \(passed) passed, \(problems.count) failed of \(tests.count)")
    #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
  }

  /// What differs from what the case expects.
  private static func problem(of test: URL) throws -> String? {
    let base = test.deletingPathExtension()
    let expected = HCLParser.file(Array(try Data(contentsOf: test)))
    let specification = HCLParser.file(
      Array(try Data(contentsOf: base.appendingPathExtension("hcldec")))
    )
    guard expected.failures.isEmpty, specification.failures.isEmpty else {
      return "the case itself cannot be read: \(expected.failures + specification.failures)"
    }
    let input = HCLParser.file(Array(try Data(contentsOf: base.appendingPathExtension("hcl"))))
    let decoder = try HCLDecoder(specification.body)
    let value = try decoder.value(of: input.body)
    let found = (input.failures + decoder.failures).compactMap(\.range).map(text).sorted()
    let wanted = try diagnostics(expected.body).sorted()
    if found != wanted { return "diagnostics at \(found), expected \(wanted)" }
    if !wanted.isEmpty { return nil }
    let evaluator = HCLEvaluator(file: "t", session: HCLSession())
    if let result = expected.body.attribute("result") {
      let wish = try evaluator.value(result.value)
      if !HCLDecoder.same(value, wish) { return "value \(ConsoleText.of(value))" }
    }
    if let type = expected.body.attribute("result_type") {
      // A value of the type stays what it is.
      let converted = try TerraformType(type.value).convert(value, evaluator)
      if !HCLDecoder.same(converted, value) { return "type of \(ConsoleText.of(value))" }
    }
    return nil
  }

  private static func text(_ range: PlaceRange) -> String {
    "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
  }

  private static func diagnostics(_ body: HCLBody) throws -> [String] {
    let evaluator = HCLEvaluator(file: "t", session: HCLSession())
    return try body.blocks.filter { $0.type == "diagnostics" }.flatMap { block in
      try block.body.blocks.map { error in
        let places = try ["from", "to"].map { name in
          let place = try #require(error.body.blocks.first { $0.type == name }).body
          let numbers = try ["line", "column"].map { key in
            let attribute = try #require(place.attribute(key))
            return try evaluator.value(attribute.value).string.known ?? ""
          }
          return numbers.joined(separator: ":")
        }
        return places.joined(separator: "-")
      }
    }
  }
}

/// As much of hcldec's specification language as the suite uses.
private final class HCLDecoder {
  private let root: HCLBlock
  private let variables: [String: Datum]
  private(set) var failures: [HCLFailure] = []
  private let session = HCLSession()

  init(_ body: HCLBody) throws {
    root = try #require(body.blocks.first { $0.type != "variables" })
    var variables: [String: Datum] = [:]
    let evaluator = HCLEvaluator(file: "hcldec", session: session)
    for attribute in body.blocks.first(where: { $0.type == "variables" })?.body.attributes ?? [] {
      variables[attribute.name] = try evaluator.value(attribute.value)
    }
    self.variables = variables
  }

  private var evaluator: HCLEvaluator {
    HCLEvaluator(file: "hcl", session: session, names: HCLFixedNames(variables))
  }

  func value(of body: HCLBody) throws -> Datum {
    let value = try decode(root, body)
    try refuseOthers(in: body, Self.names(root))
    return value
  }

  /// What is neither read as an attribute nor as a block.
  private func refuseOthers(
    in body: HCLBody,
    _ names: (attributes: Set<String>, blocks: Set<String>)
  ) throws {
    if root.type == "literal" { return }
    for attribute in body.attributes where !names.attributes.contains(attribute.name) {
      failures.append(HCLFailure(.value, "unexpected", attribute.nameRange))
    }
    for block in body.blocks where !names.blocks.contains(block.type) {
      failures.append(HCLFailure(.value, "unexpected", block.range))
    }
  }

  private static func names(
    _ specification: HCLBlock
  ) -> (attributes: Set<String>, blocks: Set<String>) {
    switch specification.type {
    case "attr": return ([specification.labels.first?.text ?? ""], [])
    case "object":
      return specification.body.blocks.reduce(into: ([], [])) { all, child in
        let own = names(child)
        all.0.formUnion(own.attributes)
        all.1.formUnion(own.blocks)
      }
    case "block", "block_map", "block_list": return ([], [blockType(specification)])
    default: return ([], [])
    }
  }

  private static func blockType(_ specification: HCLBlock) -> String {
    if case .text(let text)? = specification.body.attribute("block_type")?.value.kind {
      return text
    }
    return specification.labels.first?.text ?? ""
  }

  private func decode(_ specification: HCLBlock, _ body: HCLBody) throws -> Datum {
    switch specification.type {
    case "literal":
      let attribute = try #require(specification.body.attribute("value"))
      return try evaluator.value(attribute.value)
    case "attr":
      let name = try #require(specification.labels.first?.text)
      guard let attribute = body.attribute(name) else { return Datum(.null, .none) }
      let type = try TerraformType(try #require(specification.body.attribute("type")).value)
      return try type.convert(try evaluator.value(attribute.value), evaluator)
    case "object":
      var object = DatumObject()
      for child in specification.body.blocks {
        object.set(child.labels.first?.text ?? "", try decode(child, body))
      }
      return Datum(.object(object), .none)
    case "block", "block_list", "block_map":
      let inner = try #require(specification.body.blocks.first)
      let type = Self.blockType(specification)
      let values = try body.blocks.filter { $0.type == type }.map { block in
        let value = try decode(inner, block.body)
        try refuseOthers(in: block.body, Self.names(inner))
        return (block.labels.first?.text ?? "", value)
      }
      if specification.type == "block" { return values.first?.1 ?? Datum(.null, .none) }
      if specification.type == "block_list" {
        return Datum(.list(DatumList(values.map(\.1))), .none)
      }
      var object = DatumObject()
      for (key, value) in values { object.set(key, value) }
      return Datum(.object(object), .none)
    default: throw HCLFailure(.value, "a specification \(specification.type)")
    }
  }

  /// Whether two values are the same, whatever sort of list or mapping they are.
  static func same(_ left: Datum, _ right: Datum) -> Bool {
    switch (left.hcl, right.hcl) {
    case (.null, .null): return true
    case (.flag(let one), .flag(let other)): return one == other
    case (.number(let one), .number(let other)): return one == other
    case (.text(let one), .text(let other)): return one == other
    case (.list(let one), .list(let other)):
      return one.elements.count == other.elements.count
        && zip(one.elements, other.elements).allSatisfy { same($0, $1) }
    case (.object(let one), .object(let other)):
      return one.entries.count == other.entries.count
        && one.entries.allSatisfy { entry in
          other[entry.key].map { same(entry.value, $0) } ?? false
        }
    default: return false
    }
  }
}
