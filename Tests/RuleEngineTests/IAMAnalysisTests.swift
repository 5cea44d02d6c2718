import Testing
import Workloads

@testable import RuleEngine

/// What roles and statements are found to allow.
@Suite struct IAMAnalysisTests {
  static let reader = Result {
    let knowledge = try IAMKnowledge(RuleData.files)
    return IAMReader(table: knowledge.table, facts: try knowledge.facts())
  }

  struct S: Sendable {
    var effect = "Allow"
    var actions: [String] = []
    var notActions: [String] = []
    var on: [String] = ["*"]
    var conditions: [String] = []
    /// Reasons.
    var unknownActions: String?
    var unknownResources: String?
    var purpose = "identity"
    var principals: [String] = []
  }

  private static func values(_ texts: [String], _ reason: String? = nil) -> [Value<String>] {
    var values = texts.map { Value<String>.known($0) }
    if let reason { values.append(.unknown(reason)) }
    return values
  }

  static func role(_ statements: [S], managed: [String] = [], unseen: String? = nil) -> Resource {
    var role = Resource(
      Role.kind,
      name: "app",
      type: "role",
      format: .iamPolicy,
      project: "",
      origin: .none
    )
    role[Role.use] = .known("task")
    role[Role.managedPolicies] = values(managed)
    if let unseen { role[Role.unknownPolicies] = .unknown(unseen) }
    for statement in statements {
      var part = role.part(Statement.kind, name: "", origin: .none)
      part[Statement.effect] = .known(statement.effect)
      part[Statement.purpose] = .known(statement.purpose)
      part[Statement.actions] = values(statement.actions, statement.unknownActions)
      part[Statement.notActions] = values(statement.notActions)
      part[Statement.resources] = values(statement.on, statement.unknownResources)
      part[Statement.conditions] = values(statement.conditions)
      part[Statement.principals] = values(statement.principals)
      role.parts.append(part)
    }
    return role
  }

  static func analyse(
    _ statements: S...,
    managed: [String] = [],
    unseen: String? = nil
  ) throws -> RoleAnalysis {
    RoleAnalysis(role(statements, managed: managed, unseen: unseen), try reader.get())
  }

  // MARK: Statements

  @Test func expandsWildcardsInAnyCase() throws {
    let found = try Self.analyse(S(actions: ["S3:putBUCKETpol*", "s3:ListAllMyBuckets"]))
      .statements[0]
    #expect(found.unscoped.known == ["s3:PutBucketPolicy"])
    #expect(found.unscopedWrites.known == ["s3:PutBucketPolicy"])
    #expect(found.exposedPermissions.known == ["s3:PutBucketPolicy"])
  }

  @Test func actionsWithoutResourceTypesNeedTheStar() throws {
    let found = try Self.analyse(
      S(actions: [
        "ecr:GetAuthorizationToken", "xray:Put*", "ssmmessages:*", "ec2:DescribeInstances",
      ])
    ).statements[0]
    #expect(found.unconstrained.known == true)
    #expect(found.unscoped.known == [])
    #expect(found.unscopedWrites.known == [])
    #expect(found.exposedPermissions.known == [])
  }

  @Test func anOpenARNIsOpenForItsOwnServiceOnly() throws {
    let found = try Self.analyse(
      S(actions: ["s3:GetObject", "dynamodb:Scan"], on: ["arn:aws:s3:::*"])
    ).statements[0]
    #expect(found.exposedData.known == ["s3:GetObject"])
    #expect(found.unscoped.known == ["s3:GetObject"])
  }

  @Test func notActionIsEverythingElse() throws {
    let found = try Self.analyse(S(notActions: ["iam:*", "s3:*", "kms:*"])).statements[0]
    #expect(found.grantsEverything.known == false)
    #expect(found.unscoped.known?.contains("sqs:SendMessage") == true)
    #expect(found.unscoped.known?.contains { $0.hasPrefix("iam:") } == false)
    #expect(found.passesAnyRole.known == false)
    #expect(found.exposedData.known?.contains("secretsmanager:GetSecretValue") == true)
    #expect(found.exposedData.known?.contains("kms:Decrypt") == false)
  }

  @Test func denialCancelsWhatItCoversWithoutCondition() throws {
    let allow = S(actions: ["s3:GetObject", "iam:PassRole"])
    let whole = try Self.analyse(allow, S(effect: "Deny", actions: ["s3:Get*"])).statements[0]
    #expect(whole.exposedData.known == [])
    #expect(whole.passesAnyRole.known == true)
    for weak in [
      S(effect: "Deny", actions: ["s3:GetObject"], on: ["arn:aws:s3:::payroll/*"]),
      S(effect: "Deny", actions: ["s3:GetObject"], conditions: ["Bool aws:SecureTransport=false"]),
      S(effect: "Deny", notActions: ["s3:GetObject", "iam:PassRole"]),
    ] {
      let found = try Self.analyse(allow, weak).statements[0]
      #expect(found.exposedData.known == ["s3:GetObject"])
    }
    let everythingElse = try Self.analyse(
      allow,
      S(effect: "Deny", notActions: ["iam:PassRole"])
    ).statements[0]
    #expect(everythingElse.exposedData.known == [])
  }

  @Test func unknownSpreadsOnlyAsFarAsItMust() throws {
    let resource = S(actions: ["s3:GetObject"], on: [], unknownResources: "no default")
    #expect(try Self.analyse(resource).statements[0].exposedData.unknownReason == "no default")
    #expect(try Self.analyse(resource).statements[0].unscoped.unknownReason == "no default")
    #expect(try Self.analyse(resource).statements[0].exposedPermissions.known == [])
    #expect(try Self.analyse(resource).statements[0].passesAnyRole.known == false)
    let harmless = S(actions: ["xray:PutTraceSegments"], on: [], unknownResources: "no default")
    #expect(try Self.analyse(harmless).statements[0].unscoped.known == [])
    let scoped = S(on: ["arn:aws:s3:::b/*"], unknownActions: "no default")
    #expect(try Self.analyse(scoped).statements[0].exposedData.known == [])
    #expect(try Self.analyse(scoped).statements[0].grantsEverything.unknownReason == "no default")
    let found = S(actions: ["s3:GetObject"], unknownActions: "no default")
    #expect(try Self.analyse(found).statements[0].exposedData.known == ["s3:GetObject"])
  }

  @Test func servicesOutsideTheTableAreNamed() throws {
    let found = try Self.analyse(S(actions: ["aps:RemoteWrite", "sqs:*", "braket:*"])).statements[0]
    #expect(found.unlistedServices == ["aps", "braket"])
    #expect(found.wholeServices.known == ["sqs:*", "braket:*"])
    let only = try Self.analyse(S(actions: ["aps:RemoteWrite"])).statements[0]
    #expect(only.unscoped.unknownReason == "the actions of aps are not in the table of AWS actions")
  }

  @Test(arguments: [
    ("s3:Put*", true), ("s3:Delete*", true), ("kms:Create*", true), ("sqs:*Permission", true),
    ("s3:Get*", false), ("s3:List*", false), ("s3:PutObject*", false), ("s3:*", false),
    ("s3:PutObject", false),
  ])
  func verbsWithAStarAreWideIfTheyChangeThings(_ action: String, _ isWide: Bool) throws {
    let found = try Self.analyse(S(actions: [action])).statements[0]
    #expect((found.wideVerbs.known == [action]) == isWide)
  }

  @Test(arguments: [
    ("StringEquals aws:ResourceTag/app=x", true), ("StringEquals aws:ResourceAccount=1", true),
    ("StringEquals kms:ViaService=s3.eu-west-1.amazonaws.com", true),
    ("StringLike kms:EncryptionContext:aws:s3:arn=arn:aws:s3:::b*", true),
    ("ArnEquals ecs:cluster=arn:aws:ecs:a:1:cluster/c", true),
    ("StringEquals aws:RequestedRegion=eu-west-1", false), ("Bool aws:SecureTransport=true", false),
    ("StringNotEquals aws:ResourceAccount=1", false), ("StringLike aws:SourceArn=*", false),
    ("Null aws:ResourceTag/app=false", false), ("StringEquals s3:x-amz-acl=private", false),
  ])
  func conditionsNarrowOrDoNot(_ condition: String, _ isNarrow: Bool) throws {
    let found = try Self.analyse(S(actions: ["s3:*"], conditions: [condition])).statements[0]
    #expect(found.isNarrowed.known == isNarrow)
  }

  // MARK: Trust

  struct Trust: Sendable, CustomTestStringConvertible {
    var principals: [String]
    var conditions: [String] = []
    var gap: String
    var testDescription: String { "\(principals) \(conditions)" }
  }

  @Test(arguments: [
    Trust(principals: ["Service:ecs-tasks.amazonaws.com"], gap: "source"),
    Trust(
      principals: ["Service:ecs-tasks.amazonaws.com"],
      conditions: ["StringEquals aws:SourceAccount=1"],
      gap: ""
    ),
    Trust(
      principals: ["Service:ecs-tasks.amazonaws.com"],
      conditions: ["ArnLike aws:SourceArn=*"],
      gap: "source"
    ),
    Trust(principals: ["Service:lambda.amazonaws.com"], gap: ""),
    Trust(
      principals: ["Service:lambda.amazonaws.com", "Service:ec2.amazonaws.com"],
      gap: "several-services"
    ),
    Trust(
      principals: ["Service:lambda.amazonaws.com", "Service:lambda.amazonaws.com.cn"],
      gap: ""
    ),
    Trust(principals: ["AWS:arn:aws:iam::444455556666:root"], gap: "account"),
    Trust(principals: ["AWS:444455556666"], gap: "account"),
    Trust(
      principals: ["AWS:arn:aws:iam::444455556666:root"],
      conditions: ["StringEquals sts:ExternalId=x"],
      gap: ""
    ),
    Trust(principals: ["AWS:arn:aws:iam::444455556666:role/x"], gap: ""),
    Trust(principals: ["AWS:arn:aws:iam::…:root"], gap: ""),
    Trust(
      principals: ["Federated:arn:aws:iam::1:oidc-provider/x"],
      conditions: ["StringEquals x:aud=y"],
      gap: "subject"
    ),
    Trust(
      principals: ["Federated:arn:aws:iam::1:oidc-provider/x"],
      conditions: ["StringEquals x:aud=y", "StringLike x:sub=*"],
      gap: "subject"
    ),
    Trust(
      principals: ["Federated:arn:aws:iam::1:oidc-provider/x"],
      conditions: ["StringEquals x:sub=y"],
      gap: "audience"
    ),
    Trust(
      principals: ["Federated:…"],
      conditions: ["StringEquals x:sub=y", "StringEquals x:aud=y"],
      gap: ""
    ),
  ])
  func trustLacksWhatItLacks(_ trust: Trust) throws {
    let federated = trust.principals.contains { $0.hasPrefix("Federated:") }
    let found = try Self.analyse(
      S(
        actions: [federated ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole"],
        on: [],
        conditions: trust.conditions,
        purpose: "trust",
        principals: trust.principals
      )
    ).statements[0]
    #expect(found.trustGap.known == trust.gap)
    #expect(found.trustsAnyone.known == false)
    #expect(found.unscoped.known == [])
  }

  // MARK: Roles

  static let run = S(actions: ["ecs:RegisterTaskDefinition", "ecs:RunTask"])
  static let task = "run a task with another role"

  @Test func pathsNeedAllTheirActionsFromAnywhere() throws {
    let whole = try Self.analyse(Self.run, S(actions: ["iam:PassRole"])).escalations()
    #expect(whole.wide.known == [Self.task])
    let part = try Self.analyse(Self.run, S(actions: ["iam:GetRole"])).escalations()
    #expect(part.wide.known == [] && part.limited.known == [])
  }

  @Test func namedRolesLimitWhatPassingThemGives() throws {
    let named = S(actions: ["iam:PassRole"], on: ["arn:aws:iam::1:role/orders"])
    let found = try Self.analyse(Self.run, named).escalations()
    #expect(found.wide.known == [] && found.limited.known == [Self.task])
  }

  @Test func rolesPassedToAnotherServiceDoNotRunTasks() throws {
    let lambda = S(
      actions: ["iam:PassRole"],
      conditions: ["StringEquals iam:PassedToService=lambda.amazonaws.com"]
    )
    let other = try Self.analyse(Self.run, lambda).escalations()
    #expect(other.wide.known == [] && other.limited.known == [])
    let tasks = S(
      actions: ["iam:PassRole"],
      conditions: ["StringLike iam:PassedToService=ecs-tasks.*"]
    )
    #expect(try Self.analyse(Self.run, tasks).escalations().wide.known == [Self.task])
  }

  @Test func rightsOverItselfAreWide() throws {
    let own = S(actions: ["iam:PutRolePolicy"], on: ["arn:aws:iam::…:role/app"])
    #expect(try Self.analyse(own).escalations().wide.known == ["write inline policies"])
    let other = S(actions: ["iam:PutRolePolicy"], on: ["arn:aws:iam::…:role/other"])
    #expect(try Self.analyse(other).escalations().limited.known == ["write inline policies"])
  }

  @Test func whatCannotBeSeenIsAQuestionUnlessAPathIsFound() throws {
    let open = try Self.analyse(Self.run, unseen: "no default").escalations()
    #expect(open.wide.unknownReason == "no default")
    let found = try Self.analyse(
      S(actions: ["lambda:UpdateFunctionCode"]),
      unseen: "no default"
    ).escalations()
    #expect(found.wide.known?.count == 1)
    let managed = try Self.analyse(
      Self.run,
      managed: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]
    )
    #expect(managed.escalations().wide.known == [])
    let custom = try Self.analyse(managed: ["arn:aws:iam::1:policy/ours"])
    #expect(custom.escalations().wide.unknownReason == "the policy ours is not in the inputs")
  }

  @Test func executionRolesNeedLittle() throws {
    let usual = try Self.analyse(
      S(actions: ["secretsmanager:GetSecretValue"], on: ["arn:aws:secretsmanager:*:*:secret:a-*"]),
      S(actions: ["logs:CreateLogStream", "logs:PutLogEvents", "ecr:GetAuthorizationToken"]),
      managed: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]
    )
    #expect(usual.excessForExecution() == [])
    let much = try Self.analyse(
      S(actions: ["secretsmanager:GetSecretValue", "logs:*", "s3:PutObject", "logs:Put*"])
    )
    #expect(
      much.excessForExecution()
        == ["secretsmanager:GetSecretValue", "logs:*", "s3:PutObject", "logs:Put*"]
    )
  }

  @Test func actionsAreAllowedOnResources() throws {
    let secrets = try Self.analyse(
      S(actions: ["secretsmanager:*"], on: ["arn:aws:secretsmanager:*:*:secret:app-*"]),
      S(effect: "Deny", actions: ["secretsmanager:DeleteSecret"])
    )
    let get = "secretsmanager:GetSecretValue"
    #expect(secrets.isAllowed(get).known == true)
    #expect(secrets.isAllowed("secretsmanager:DeleteSecret").known == false)
    #expect(secrets.isAllowed("ssm:GetParameter").known == false)
    #expect(
      secrets.isAllowed(get, on: "arn:aws:secretsmanager:eu-west-1:1:secret:app-db").known == true
    )
    #expect(
      secrets.isAllowed(get, on: "arn:aws:secretsmanager:eu-west-1:1:secret:other").known == false
    )
    #expect(secrets.isAllowed(get, on: "…").known == nil)
    #expect(try Self.analyse(unseen: "why").isAllowed(get).unknownReason == "why")
  }
}
