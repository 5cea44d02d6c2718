import Testing

@testable import RuleEngine

/// The data that ships: the table of actions and the ways to more rights.
@Suite struct IAMKnowledgeTests {
  static func knowledge() throws -> IAMKnowledge { try IAMKnowledge(RuleData.files) }

  /// From `facts/iam-least-privilege.md`, section 3, and AWS's service authorization reference.
  @Test(arguments: [
    ("ecr:GetAuthorizationToken", "R", false), ("xray:PutTraceSegments", "W", false),
    ("cloudwatch:PutMetricData", "W", false), ("ssmmessages:OpenDataChannel", "W", false),
    ("s3:ListAllMyBuckets", "L", false), ("ecr:BatchGetImage", "R", true),
    ("logs:CreateLogStream", "W", true), ("logs:PutLogEvents", "W", true),
    ("secretsmanager:GetSecretValue", "R", true), ("ssm:GetParameters", "R", true),
    ("kms:Decrypt", "W", true), ("ecs:RunTask", "W", true), ("iam:PassRole", "P", true),
    ("s3:PutBucketPolicy", "P", true), ("kms:CreateGrant", "P", true),
    ("lambda:AddPermission", "P", true), ("ec2:DescribeInstances", "L", false),
    ("sqs:SendMessage", "W", true),
  ])
  func tableSaysLevelAndResources(_ name: String, _ level: String, _ hasResources: Bool) throws {
    let service = String(name.prefix { $0 != ":" })
    let actions = try #require(try Self.knowledge().table.actions(of: service))
    let action = try #require(actions.first { $0.name == name })
    #expect(String(UnicodeScalar(action.level.rawValue)) == level)
    #expect(action.hasResources == hasResources)
  }

  @Test func tableIsWhole() throws {
    let table = try Self.knowledge().table
    let services = table.services()
    #expect(services == services.sorted())
    #expect(services.count == 63)
    // As the head of the file says.
    #expect(services.reduce(0) { $0 + (table.actions(of: $1)?.count ?? 0) } == 4896)
    #expect(table.actions(of: "s") == nil)
    #expect(table.actions(of: "") == nil)
    #expect(table.actions(of: "# AWS actions") == nil)
  }

  /// A misspelt action would never be allowed, so that its path would never be found.
  @Test func everyActionOfTheDataIsInTheTable() throws {
    let knowledge = try Self.knowledge()
    let facts = try knowledge.facts()
    let named =
      facts.paths.flatMap(\.sets).flatMap { $0 } + facts.data + facts.streams
      + facts.executionAny + facts.executionScoped
    for action in named {
      guard let actions = knowledge.table.actions(of: action.service) else { continue }
      #expect(actions.contains { $0.name == action.text }, "\(action.text)")
    }
    #expect(facts.paths.count >= 20)
    #expect(Set(facts.paths.map(\.id)).count == facts.paths.count)
  }

  @Test(arguments: [
    ("*", "", true), ("*", "abc", true), ("a*", "abc", true), ("*c", "abc", true),
    ("a?c", "abc", true), ("a*b*c", "a--b--b--c", true), ("a", "abc", false), ("?", "", false),
    ("a*d", "abc", false), ("**", "x", true), ("", "", true), ("", "x", false),
    ("get*value", "getsecretvalue", true),
  ])
  func patternsMatchWholeTexts(_ pattern: String, _ text: String, _ isMatch: Bool) {
    #expect(IAMPattern.matches(Array(pattern.utf8), Array(text.utf8)) == isMatch)
  }

  @Test func manyStarsTakeNoLongerThanTheTextIsLong() {
    let pattern = Array(String(repeating: "*a", count: 2000).utf8) + [UInt8(ascii: "b")]
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 4096)
    #expect(!IAMPattern.matches(pattern, text))
  }

  /// From `facts/iam-least-privilege.md`, section 2.4.
  @Test(arguments: [
    ("*", true), ("**", true), ("arn:aws:s3:::*", true), ("arn:aws:sqs:*:*:*", true),
    ("arn:aws:iam::111122223333:role/*", true), ("arn:aws:kms:*:*:key/*", true),
    ("arn:aws:dynamodb:eu-west-1:111122223333:table/*", true), ("arn:aws:s3:::*/*", true),
    ("arn:aws:logs:*:*:log-group:*", true), ("arn:aws:secretsmanager:*:*:secret:*", true),
    ("arn:aws:*", true), ("arn:*", true),
    ("arn:aws:s3:::bucket/*", false), ("arn:aws:s3:::key/*", false),
    ("arn:aws:logs:*:*:log-group:/ecs/app:*", false),
    ("arn:aws:secretsmanager:*:*:secret:app-*", false),
    ("arn:aws:ssm:*:*:parameter/app/*", false), ("arn:aws:iam::*:role/app/*", false),
    ("arn:aws:dynamodb:*:*:table/app/index/*", false), ("…", false), ("…/*", false),
    ("arn:aws:sqs:eu-west-1:111122223333:orders", false), ("", false), ("bucket*", false),
  ])
  func resourcesAreOpenOrNamed(_ text: String, _ isOpen: Bool) {
    #expect(ResourcePattern(text).isUnconstrained == isOpen)
  }
}
