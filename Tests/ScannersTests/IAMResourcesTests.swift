import DocumentTrees
import Scanners
import Templates
import Testing
import Workloads

/// Roles and policies of deployments, however they are spelt and attached.
@Suite struct IAMResourcesTests {
  static func object(_ entries: KeyValuePairs<String, Datum>) -> Datum {
    Datum(.object(DatumObject(entries.map { DatumObject.Entry($0.key, $0.value) })), .none)
  }

  static func text(_ text: String) -> Datum { Datum(.text(text), .none) }

  static func list(_ elements: [Datum]) -> Datum { Datum(.list(DatumList(elements)), .none) }

  static func reference(_ name: String, _ attribute: String = "") -> Datum {
    .reference(
      DatumReference("t#\(name)", attribute: attribute),
      because: "it is known only once deployed",
      .none
    )
  }

  static func policy(_ action: String, on resource: Datum = text("*")) -> Datum {
    object([
      "Statement": object(["Effect": text("Allow"), "Action": text(action), "Resource": resource])
    ])
  }

  static let trust = object([
    "Statement": object([
      "Effect": text("Allow"), "Action": text("sts:AssumeRole"),
      "Principal": object(["Service": text("ecs-tasks.amazonaws.com")]),
    ])
  ])

  static func declare(_ type: String, _ name: String, _ properties: Datum) -> DeclaredResource {
    DeclaredResource(
      type: type,
      name: name,
      address: "t#\(name)",
      properties: properties,
      origin: .none
    )
  }

  static func read(_ resources: [DeclaredResource]) -> [Resource] {
    IAMResources.read(resources, of: Deployment(project: "t", format: .cloudFormation))
  }

  static func actions(_ role: Resource) -> [String] {
    role.parts(Statement.kind).filter { $0[Statement.purpose].known == "identity" }
      .flatMap { $0[Statement.actions].compactMap(\.known) }
  }

  @Test func cloudFormationGathersWhatIsAttachedToARole() throws {
    let roles = Self.read([
      Self.declare(
        "AWS::IAM::Policy",
        "Extra",
        Self.object([
          "PolicyName": Self.text("extra"), "PolicyDocument": Self.policy("sqs:SendMessage"),
          "Roles": Self.list([Self.reference("Role")]),
        ])
      ),
      Self.declare(
        "AWS::IAM::ManagedPolicy",
        "Shared",
        Self.object(["PolicyDocument": Self.policy("sns:Publish")])
      ),
      Self.declare(
        "AWS::IAM::Role",
        "Role",
        Self.object([
          "AssumeRolePolicyDocument": Self.trust,
          "Policies": Self.list([
            Self.object([
              "PolicyName": Self.text("own"), "PolicyDocument": Self.policy("s3:GetObject"),
            ])
          ]),
          "ManagedPolicyArns": Self.list([
            Self.reference("Shared"), Self.text("arn:aws:iam::aws:policy/ReadOnlyAccess"),
          ]),
        ])
      ),
    ])
    #expect(roles.count == 1)
    let role = try #require(roles.first)
    #expect(role[Role.use].known == "task")
    #expect(Self.actions(role) == ["s3:GetObject", "sns:Publish", "sqs:SendMessage"])
    #expect(
      role.parts(Statement.kind).map { $0[Statement.policyName].known }
        == ["trust policy", "own", "Shared", "extra"]
    )
    #expect(role[Role.managedPolicies].map(\.known) == ["arn:aws:iam::aws:policy/ReadOnlyAccess"])
    #expect(role[Role.unknownPolicies].isAbsent)
  }

  @Test func terraformAttachesByReferenceAndByName() throws {
    let json = #"{"Statement":[{"Effect":"Allow","Action":["sqs:SendMessage"],"Resource":"*"}]}"#
    let roles = Self.read([
      Self.declare(
        "aws_iam_role",
        "web",
        Self.object([
          "name": Self.text("web-task"), "assume_role_policy": Self.trust,
          "inline_policy": Self.list([
            Self.object(["name": Self.text("in"), "policy": Self.policy("s3:GetObject")])
          ]),
        ])
      ),
      Self.declare(
        "aws_iam_role_policy",
        "queue",
        Self.object(["role": Self.text("web-task"), "policy": Self.text(json)])
      ),
      Self.declare(
        "aws_iam_policy",
        "topic",
        Self.object(["name": Self.text("topic"), "policy": Self.policy("sns:Publish")])
      ),
      Self.declare(
        "aws_iam_role_policy_attachment",
        "topic",
        Self.object([
          "role": Self.reference("web", "name"), "policy_arn": Self.reference("topic", "arn"),
        ])
      ),
      Self.declare("aws_iam_policy", "nobody", Self.object(["policy": Self.policy("iam:*")])),
    ])
    #expect(roles.map { $0[Role.use].known } == ["task", "policy"])
    #expect(Self.actions(roles[0]) == ["s3:GetObject", "sqs:SendMessage", "sns:Publish"])
    #expect(Self.actions(roles[1]) == ["iam:*"])
  }

  @Test func gapsOfATextStayWhereTheyStand() throws {
    let gap = Gap(
      "it is known only once deployed",
      reference: DatumReference("t#Bucket", attribute: "arn")
    )
    let partial = Datum(
      .partial([
        .text(#"{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[""#), .gap(gap),
        .text(#"/*", "arn:aws:s3:::b/\"x"]},{"Effect":"Deny","Action":"#), .gap(Gap("no default")),
        .text("}]}"),
      ]),
      .none
    )
    let roles = Self.read([
      Self.declare("aws_iam_policy", "p", Self.object(["policy": partial]))
    ])
    let statements = roles[0].parts(Statement.kind)
    #expect(statements[0][Statement.resources].map(\.known) == ["…/*", "arn:aws:s3:::b/\"x"])
    #expect(statements[1][Statement.actions].map(\.unknownReason) == ["no default"])
  }

  struct Unseen: Sendable {
    var properties: @Sendable () -> Datum
    var isUnknown: Bool
  }

  @Test(arguments: [
    Unseen(properties: { object(["ManagedPolicyArns": .unknown("no default")]) }, isUnknown: true),
    Unseen(
      properties: { object(["Policies": list([object(["PolicyDocument": .unknown("why")])])]) },
      isUnknown: true
    ),
    Unseen(properties: { object(["AssumeRolePolicyDocument": .unknown("why")]) }, isUnknown: false),
    Unseen(properties: { object([:]) }, isUnknown: false),
  ])
  func whatCannotBeSeenIsSaid(_ unseen: Unseen) {
    let roles = Self.read([Self.declare("AWS::IAM::Role", "Role", unseen.properties())])
    #expect((roles[0][Role.unknownPolicies].unknownReason != nil) == unseen.isUnknown)
  }

  @Test func aReferenceToTheRoleItselfIsItsARN() {
    let role = Self.declare(
      "AWS::IAM::Role",
      "Role",
      Self.object([
        "RoleName": Self.text("app"),
        "Policies": Self.list([
          Self.object([
            "PolicyDocument": Self.policy("iam:PutRolePolicy", on: Self.reference("Role", "Arn"))
          ]),
          Self.object([
            "PolicyDocument": Self.policy("iam:PassRole", on: Self.reference("Other", "Arn"))
          ]),
          Self.object(["PolicyDocument": Self.policy("sqs:*", on: .unknown("no default"))]),
        ]),
      ])
    )
    let resources = Self.read([role])[0].parts.flatMap { $0[Statement.resources] }
    #expect(resources.map(\.known) == ["arn:aws:iam::…:role/app", "…", nil])
  }

  @Test func anAttachmentToSomebodyElseIsShown() {
    let roles = Self.read([
      Self.declare(
        "aws_iam_role_policy_attachment",
        "admin",
        Self.object([
          "role": Self.text("elsewhere"),
          "policy_arn": Self.text("arn:aws:iam::aws:policy/AdministratorAccess"),
        ])
      )
    ])
    #expect(roles.map(\.name) == ["elsewhere"])
    #expect(
      roles[0][Role.managedPolicies].map(\.known) == ["arn:aws:iam::aws:policy/AdministratorAccess"]
    )
    #expect(roles[0][Role.unknownPolicies].unknownReason == "elsewhere is not in the inputs")
  }

  @Test func boundariesOnlyLimit() {
    let roles = Self.read([
      Self.declare(
        "AWS::IAM::ManagedPolicy",
        "Boundary",
        Self.object(["PolicyDocument": Self.policy("*")])
      ),
      Self.declare(
        "AWS::IAM::Role",
        "Role",
        Self.object(["PermissionsBoundary": Self.reference("Boundary")])
      ),
    ])
    #expect(roles.map { $0[Role.use].known } == ["other", "limit"])
  }

  struct Use: Sendable, CustomTestStringConvertible {
    var principal: KeyValuePairs<String, String>
    var condition: String = ""
    var use: String
    var testDescription: String { use }
  }

  @Test(arguments: [
    Use(principal: ["Service": "ecs-tasks.amazonaws.com"], use: "task"),
    Use(principal: ["Service": "ec2.amazonaws.com"], use: "instance"),
    Use(principal: ["Service": "eks-fargate-pods.amazonaws.com"], use: "execution"),
    Use(principal: ["Service": "codebuild.amazonaws.com"], use: "ci"),
    Use(
      principal: [
        "Federated": "arn:aws:iam::1:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"
      ],
      use: "pod"
    ),
    Use(
      principal: ["Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"],
      use: "ci"
    ),
    Use(
      principal: ["Federated": "arn:aws:iam::1:oidc-provider/x"],
      condition: "system:serviceaccount:shop:api",
      use: "pod"
    ),
    Use(principal: ["Service": "lambda.amazonaws.com"], use: "other"),
    Use(principal: ["AWS": "111122223333"], use: "other"),
  ])
  func useIsToldByTheTrustPolicy(_ use: Use) {
    var statement = DatumObject()
    statement.set("Effect", Self.text("Allow"))
    statement.set("Action", Self.text("sts:AssumeRoleWithWebIdentity"))
    var principal = DatumObject()
    for (key, value) in use.principal { principal.set(key, Self.text(value)) }
    statement.set("Principal", Datum(.object(principal), .none))
    if !use.condition.isEmpty {
      let test = Self.object(["x:sub": Self.text(use.condition)])
      statement.set("Condition", Self.object(["StringEquals": test]))
    }
    let document = Self.object(["Statement": Datum(.object(statement), .none)])
    let roles = Self.read([
      Self.declare("aws_iam_role", "r", Self.object(["assume_role_policy": document]))
    ])
    #expect(roles[0][Role.use].known == use.use)
  }
}
