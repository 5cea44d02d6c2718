import DocumentTrees
import Foundation
import Scanners
import TestSupport
import Testing
import Workloads

/// Stand-alone policies and answers of the command line.
@Suite struct IAMScannerTests {
  static func scan(_ text: String, as path: String = "policy.json") async -> ScanResult {
    let files = MemoryFiles([path: text])
    let limits = DocumentLimits()
    let found = await Discovery(files: files, limits: limits).discover(paths: [path])
    return IAMScanner().scan(
      found.files.filter { $0.format == .iamPolicy },
      in: ScanContext(files: files, limits: limits, builds: StubBuilds())
    )
  }

  @Test func readsEveryElementOfAStatement() async throws {
    let result = await Self.scan(
      """
      {
        "Version": "2012-10-17",
        "Statement": {
          "Sid": "One", "Effect": "Allow",
          "Action": ["s3:GetObject", "s3:Put*"], "NotResource": "arn:aws:s3:::b/*",
          "Principal": {"AWS": ["111122223333", "*"], "Service": "ecs-tasks.amazonaws.com"},
          "Condition": {"StringEquals": {"aws:SourceAccount": ["1", "2"]}, "Bool": {"aws:SecureTransport": true}}
        }
      }
      """
    )
    let role = try #require(result.resources.first)
    #expect(role[Role.use].known == "policy")
    #expect(role.name == "policy")
    let statement = try #require(role.parts(Statement.kind).first)
    #expect(statement.name == "One")
    #expect(statement[Statement.effect].known == "Allow")
    #expect(statement[Statement.actions].map(\.known) == ["s3:GetObject", "s3:Put*"])
    #expect(statement[Statement.actions][1].location?.range.start == Place(line: 5, column: 32))
    #expect(statement[Statement.notResources].map(\.known) == ["arn:aws:s3:::b/*"])
    #expect(
      statement[Statement.principals].map(\.known)
        == ["AWS:111122223333", "AWS:*", "Service:ecs-tasks.amazonaws.com"]
    )
    #expect(
      statement[Statement.conditions].map(\.known) == [
        "StringEquals aws:SourceAccount=1", "StringEquals aws:SourceAccount=2",
        "Bool aws:SecureTransport=true",
      ]
    )
    #expect(
      statement[Statement.conditionKeys].map(\.known)
        == ["aws:sourceaccount", "aws:securetransport"]
    )
    #expect(statement[Statement.purpose].known == "resource")
    #expect(result.notices.isEmpty)
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    var what: String
    var text: String
    var path = "policy.json"
    var purpose = "identity"
    var testDescription: String { what }
  }

  static let statement = #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}"#
  static let trust =
    #"{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecs-tasks.amazonaws.com"}}"#

  @Test(arguments: [
    Shape(what: "a policy without version", text: #"{"Statement":[\#(statement)]}"#),
    Shape(what: "a bare list of statements", text: "[\(statement)]"),
    Shape(
      what: "get-policy-version",
      text: #"{"PolicyVersion":{"Document":{"Version":"2012-10-17","Statement":[\#(statement)]}}}"#
    ),
    Shape(
      what: "get-role-policy",
      text: #"{"RoleName":"r","PolicyName":"p","PolicyDocument":{"Statement":[\#(statement)]}}"#
    ),
    Shape(
      what: "create-policy with the document as text",
      text:
        #"{"PolicyName":"p","PolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}"}"#
    ),
    Shape(
      what: "a document with percent signs, as the API answers",
      text:
        #"{"PolicyName":"p","PolicyDocument":"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"}"#
    ),
    Shape(what: "a trust policy", text: #"{"Statement":[\#(trust)]}"#, purpose: "trust"),
    Shape(
      what: "get-role",
      text: #"{"Role":{"RoleName":"r","AssumeRolePolicyDocument":{"Statement":[\#(trust)]}}}"#,
      purpose: "trust"
    ),
    Shape(
      what: "YAML",
      text: "Statement:\n  - {Effect: Allow, Action: 's3:GetObject', Resource: '*'}\n",
      path: "policy.yml"
    ),
  ])
  func findsThePolicyIn(_ shape: Shape) async throws {
    let result = await Self.scan(shape.text, as: shape.path)
    let statements = result.resources.flatMap { $0.parts(Statement.kind) }
    #expect(statements.count == 1)
    #expect(statements.first?[Statement.purpose].known == shape.purpose)
    #expect(result.notices.isEmpty)
    #expect(result.inputs[shape.path]?.state == .read)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var line: Int
    var message: String
    var testDescription: String { message }
  }

  @Test(arguments: [
    Mistake(
      text:
        "{\"Statement\": [\n {\"Effect\": \"Permit\", \"Action\": \"*\", \"Resource\": \"*\"}]}",
      line: 2,
      message: "Effect must be Allow or Deny, not Permit."
    ),
    Mistake(
      text: "[{\"Effect\": \"Allow\", \"Action\": \"*\",\n \"Resourse\": \"*\"}]",
      line: 2,
      message: "Resourse is no element of a statement; is Resource meant?"
    ),
    Mistake(
      text: "{\"Statement\": [{\"Effect\": \"Allow\",\n \"Actions\": \"*\", \"Action\": \"*\"}]}",
      line: 2,
      message: "Actions is no element of a statement; is Action meant?"
    ),
    Mistake(
      text: """
        {"Statement": [
        {"Sid": "A", "Effect": "Allow", "Action": "*"},
        {"Sid": "A", "Effect": "Deny", "Action": "*"}]}
        """,
      line: 3,
      message: "The Sid A is used twice in one policy."
    ),
    Mistake(
      text:
        "{\"Statement\": [\n{\"Effect\": \"Allow\", \"Resource\": \"*\"}], \"Version\": \"2012-10-17\"}",
      line: 2,
      message: "A statement without Action allows and denies nothing."
    ),
  ])
  func saysWhatIsWrong(_ mistake: Mistake) async throws {
    let notices = await Self.scan(mistake.text).notices
    #expect(notices.map(\.message) == [mistake.message])
    #expect(notices.first?.kind == .invalidValue)
    #expect(notices.first?.location.range.start.line == Int32(mistake.line))
  }

  @Test(arguments: [
    "policies/scp-deny-regions.json", "service-control/root.json", "boundary.json",
  ])
  func whatOnlyLimitsIsToldByItsPath(_ path: String) async {
    let result = await Self.scan(#"{"Statement":[\#(Self.statement)]}"#, as: path)
    #expect(result.resources.first?[Role.use].known == "limit")
  }

  @Test(arguments: [
    "", "[]", "{}", "[[]]", "[{\"Effect\": 1, \"Action\": {}}]",
    "{\"Statement\": 3, \"Version\": 1}",
    "{\"Statement\": [1, null, [], {\"Effect\": [\"Allow\"], \"Action\": [[[[[\"a\"]]]]]}]}",
    "{\"PolicyName\": \"p\", \"PolicyDocument\": \"{\"}",
    "{\"Role\": 3, \"RoleDetailList\": [3, {\"RoleName\": [1]}]}",
  ])
  func odditiesDoNoHarm(_ text: String) async {
    let result = await Self.scan(text)
    #expect(result.resources.count <= 2)
  }

  @Test func policiesOfAWSAreReadWithoutComplaint() async throws {
    guard let folder = Corpus.folder("iam") else { return }
    let files = Corpus.files(below: folder) { $0.pathExtension == "json" }
    #expect(files.count >= 234)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      let result = await Self.scan(text, as: file.lastPathComponent)
      #expect(result.notices.isEmpty, "\(file.lastPathComponent): \(result.notices)")
      let wanted = text.components(separatedBy: "\"Effect\"").count - 1
      #expect(result.resources.map(\.parts.count) == [wanted], "\(file.lastPathComponent)")
      let unknown = result.resources.flatMap(\.parts).filter { $0[Statement.effect].known == nil }
      #expect(unknown.isEmpty, "\(file.lastPathComponent)")
    }
  }
}
