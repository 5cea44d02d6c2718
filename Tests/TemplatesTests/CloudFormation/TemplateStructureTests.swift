import DocumentTrees
import Templates
import Testing
import Workloads

/// Conditions, loops, includes, stacks within stacks, parameter files and SAM.
@Suite struct TemplateStructureTests {
  // MARK: Conditions

  @Test(arguments: [
    ("!Equals [a, a]", "true"),
    ("!Equals [a, b]", "false"),
    ("!Equals ['1', 1]", "true"),
    ("!Equals [!Ref Open, x]", "?the parameter Open has no default"),
    ("!Equals [!Ref Open, !Ref Open]", "true"),
    ("!Equals [!Ref Stage, prod]", "false"),
    ("!Equals [prod, !Ref Stage]", "false"),
    ("!Equals [!Ref Stage, dev]", "?the parameter Stage has no default"),
    ("!Equals [!Sub 'prod-${Open}', dev-x]", "false"),
    ("!Equals [!Sub '${Open}-eu', x-us]", "false"),
    ("!Equals [!Sub '${Open}-eu', x-eu]", "?the parameter Open has no default"),
    ("!Equals [!Join [',', [a, b]], 'a,b']", "true"),
    ("!Not [!Equals [a, b]]", "true"),
    ("!And [!Equals [a, a], !Equals [!Ref Open, x]]", "?the parameter Open has no default"),
    ("!And [!Equals [a, b], !Equals [!Ref Open, x]]", "false"),
    ("!Or [!Equals [a, a], !Equals [!Ref Open, x]]", "true"),
    ("!Or [!Equals [a, b], !Equals [!Ref Open, x]]", "?the parameter Open has no default"),
    ("{Condition: Other}", "true"),
    ("!Condition Other", "true"),
    ("{'Fn::And': [{Condition: Other}, {'Fn::Not': [{Condition: Other}]}]}", "false"),
  ])
  func conditionIs(_ condition: String, _ expected: String) throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Parameters:
        Open: {Type: String}
        Stage: {Type: String, AllowedValues: [dev, test]}
      Conditions:
        Other: !Equals [x, x]
        C: \(condition)
      Resources:
        R:
          Type: A::B::C
          Condition: C
      """
    ])
    let declared = try probe.resource("R").isDeclared
    let shown = declared.known.map(String.init) ?? "?" + (declared.unknownReason ?? "")
    #expect(shown == expected)
    #expect(declared.location?.range.start.line == 10)
    #expect(probe.notices == [])
  }

  @Test func conditionsThatDependOnThemselvesEnd() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Conditions:
        A: !Not [!Condition B]
        B: !Not [!Condition A]
      Resources:
        R: {Type: A::B::C, Condition: A}
      """
    ])
    #expect(
      try probe.resource("R").isDeclared.unknownReason == "the condition A depends on itself"
    )
    #expect(probe.notices == ["invalid-value t.yaml:2 The condition A depends on itself."])
  }

  // MARK: Loops

  @Test func loopsAreWrittenOut() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Transform: AWS::LanguageExtensions
      Parameters:
        Names: {Type: CommaDelimitedList, Default: "orders,web-shop"}
      Resources:
        Fn::ForEach::Services:
          - Name
          - !Ref Names
          - Service&{Name}:
              Type: AWS::ECS::Service
              Properties:
                ServiceName: !Sub "${Name}-svc"
                Cluster: !Ref Name
                Tags: ["for ${Name}"]
                Fn::ForEach::Flags:
                  - Flag
                  - [One, Two]
                  - "${Flag}": !Ref Flag
        R:
          Type: A::B::C
          Properties:
            V: !GetAtt Serviceorders.Name
      """
    ])
    #expect(probe.notices == [])
    #expect(
      probe["t.yaml"].resources.map(\.name) == ["Serviceorders", "Servicewebshop", "R"]
    )
    #expect(
      TemplateProbe.show(try probe.resource("Servicewebshop").properties)
        == "{ServiceName: web-shop-svc, Cluster: web-shop, Tags: [for web-shop], One: One, Two: Two}"
    )
    #expect(TemplateProbe.show(try probe.value()) == "@Serviceorders.Name")
  }

  @Test func loopsOverTheUnknownLeaveTheRestUnknown() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Parameters:
        Names: {Type: CommaDelimitedList}
      Resources:
        Fn::ForEach::Services:
          - Name
          - !Ref Names
          - Service${Name}: {Type: AWS::ECS::Service}
        R:
          Type: A::B::C
          Properties:
            V: !Ref Servicex
      """
    ])
    #expect(
      probe.notices == [
        "information t.yaml:4 Fn::ForEach::Services cannot be written out: the parameter Names has"
          + " no default."
      ]
    )
    #expect(try probe.value().string.unknownReason == "the parameter Names has no default")
  }

  @Test func loopsWithinLoopsAreBounded() throws {
    let many = (0..<900).map(String.init).joined(separator: ",")
    let probe = try TemplateProbe([
      "t.yaml": """
      Resources:
        Fn::ForEach::A:
          - A
          - [\(many)]
          - Fn::ForEach::B:
              - B
              - [\(many)]
              - Fn::ForEach::C:
                  - C
                  - [\(many)]
                  - R${A}x${B}x${C}: {Type: A::B::C, Properties: {V: !Ref A}}
      """
    ])
    #expect(probe.notices.count == 1)
    #expect(probe.notices.first?.hasPrefix("limit t.yaml:") == true)
  }

  @Test func textsThatGrowAreBounded() throws {
    var bounds = CloudFormationReader.Bounds()
    bounds.textBytes = 10_000
    let long = String(repeating: "x", count: 3000)
    let probe = try TemplateProbe(
      [
        "t.yaml": """
        Parameters:
          P: {Type: String, Default: \(long)}
        Resources:
          R: {Type: A::B::C, Properties: {V: !Sub "${P}${P}${P}${P}${P}"}}
        """
      ],
      bounds: bounds
    )
    #expect(try probe.value().string.unknownReason == "the template is too large to evaluate")
    #expect(probe.notices.first?.hasPrefix("limit t.yaml:4") == true)
  }

  // MARK: Includes

  @Test func includesComeFromBelowTheRoot() throws {
    let probe = try TemplateProbe([
      "infra/t.yaml": """
      Resources:
        R:
          Type: A::B::C
          Properties:
            Own: 1
            Fn::Transform:
              Name: AWS::Include
              Parameters: {Location: ./part.yaml}
            Whole:
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}
            Away:
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: "s3://b/part.yaml"}}
            Outside:
              Fn::Transform: {Name: AWS::Include, Parameters: {Location: ../../part.yaml}}
            Macro:
              Fn::Transform: {Name: Mine}
      """,
      "infra/part.yaml": "Size: !Sub 'x${AWS::Region}'\nPlain: 2\n",
    ])
    let properties = try probe.resource("R", in: "infra/t.yaml").properties
    #expect(
      TemplateProbe.show(properties)
        == "{Own: 1, Size: x…, Plain: 2, Whole: {Size: x…, Plain: 2},"
        + " Away: ?a part of the template is included when deployed,"
        + " Outside: ?a part of the template is included when deployed,"
        + " Macro: ?the macro Mine gives it when deployed}"
    )
    #expect(
      TemplateProbe.places(properties["Plain"].origin) == "infra/part.yaml:2:8 < infra/t.yaml:7:9"
    )
    #expect(probe["infra/t.yaml"].files == ["infra/t.yaml", "infra/part.yaml"])
    #expect(
      probe.notices.map { $0.prefix { $0 != " " } } == [
        "information", "outside-root", "information",
      ]
    )
  }

  @Test func includesThatIncludeThemselvesEnd() throws {
    let loop = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}"
    let probe = try TemplateProbe([
      "t.yaml": "Resources:\n  R:\n    Type: A::B::C\n    Properties:\n      \(loop)\n",
      "part.yaml": loop + "\n",
    ])
    #expect(probe["t.yaml"].resources.count == 1)
    #expect(probe.notices.first?.hasPrefix("limit part.yaml:1") == true)
  }

  // MARK: Several templates

  @Test func nestedStacksGetTheirParameters() throws {
    let probe = try TemplateProbe([
      "infra/main.yaml": """
      Parameters:
        Env: {Type: String, Default: prod}
      Resources:
        Net:
          Type: AWS::CloudFormation::Stack
          Properties:
            TemplateURL: ./net.yaml
            Tags: [{Key: team, Value: shop}]
            Parameters:
              Name: !Sub "${Env}-net"
              Zones: "a,b"
        R:
          Type: A::B::C
          Properties:
            V: !GetAtt Net.Outputs.Label
            W: !GetAtt Net.Outputs.VpcId
            X: !GetAtt Net.Outputs.Nothing
      """,
      "infra/net.yaml": """
      Parameters:
        Name: {Type: String, Default: wrong}
        Zones: {Type: CommaDelimitedList}
      Resources:
        Vpc:
          Type: AWS::EC2::VPC
          Properties: {Name: !Ref Name, Zones: !Ref Zones}
      Outputs:
        Label: {Value: !Sub "label ${Name}"}
        VpcId: {Value: !Ref Vpc}
      """,
    ])
    #expect(probe.notices == [])
    #expect(probe.deployments.map(\.project) == ["infra/main.yaml", "infra/net.yaml"])
    let vpc = try probe.resource("Vpc", in: "infra/net.yaml")
    #expect(TemplateProbe.show(vpc.properties) == "{Name: prod-net, Zones: [a, b]}")
    #expect(
      TemplateProbe.places(vpc.properties["Name"].origin)
        == "infra/net.yaml:7:24 < infra/main.yaml:10:15 < infra/main.yaml:2:32"
    )
    #expect(vpc.inheritedTags.map { "\($0.key)=\($0.value.string.known ?? "")" } == ["team=shop"])
    let user = try probe.resource("R", in: "infra/main.yaml").properties
    #expect(
      TemplateProbe.show(user) == "{V: label prod-net, W: @Vpc, X: @Net.Outputs.Nothing}"
    )
    #expect(user["W"].references.map(\.address) == ["infra/net.yaml#Vpc"])
  }

  @Test func templatesNestedSeveralTimesAreToldApart() throws {
    let stack = "Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters:"
    let probe = try TemplateProbe([
      "t.yaml": """
      Resources:
        A: {\(stack) {P: one}}}
        B: {\(stack) {P: two}}}
      """,
      "n.yaml": """
      Parameters: {P: {Type: String}}
      Resources: {R: {Type: A::B::C, Properties: {V: !Ref P}}}
      """,
    ])
    #expect(probe.deployments.map(\.project) == ["n.yaml@A", "n.yaml@B", "t.yaml"])
    #expect(try probe.value(in: "n.yaml@A").string.known == "one")
    #expect(try probe.value(in: "n.yaml@B").string.known == "two")
  }

  @Test func nestedStacksThatCannotBeReadAreNamed() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Resources:
        Self: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: t.yaml}}
        Gone: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: gone.yaml}}
        Out: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ../x.yaml}}
        Web:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: "https://s3.amazonaws.com/b/x.yaml"}
        Cdk:
          Type: AWS::CloudFormation::Stack
          Properties: {TemplateURL: !Sub "https://${AWS::URLSuffix}/x"}
          Metadata: {"aws:asset:path": c.yaml}
        App: {Type: AWS::Serverless::Application, Properties: {Location: {ApplicationId: x}}}
      """,
      "c.yaml": "Resources: {R: {Type: A::B::C, Properties: {V: 1}}}",
    ])
    #expect(probe.deployments.map(\.project) == ["c.yaml", "t.yaml"])
    #expect(
      probe.notices == [
        "invalid-value t.yaml:2 The nested stack Self nests its own template.",
        "missing-file t.yaml:3 gone.yaml, the template of Gone, is not there.",
        "outside-root t.yaml:4 The template of the nested stack Out lies outside of the scanned"
          + " folder.",
        "information t.yaml:7 The template of the nested stack Web is at a URL and was not read.",
        "information t.yaml:12 The template of the nested stack App is known only once deployed;"
          + " give its file to assess it.",
      ]
    )
  }

  @Test func exportsAreFoundIfOneTemplateHasThem() throws {
    let export = """
      Parameters: {Env: {Type: String, Default: prod}}
      Resources: {Vpc: {Type: AWS::EC2::VPC}}
      Outputs:
        Vpc: {Value: !Ref Vpc, Export: {Name: !Sub "${Env}-vpc"}}
        Both: {Value: x, Export: {Name: both}}
        Loop: {Value: !ImportValue loop, Export: {Name: loop}}
      """
    let probe = try TemplateProbe([
      "a.yaml": export,
      "b.yaml": """
      Resources: {Vpc: {Type: AWS::EC2::VPC}}
      Outputs: {Both: {Value: x, Export: {Name: both}}}
      """,
      "t.yaml": """
      Parameters: {Open: {Type: String}}
      Resources:
        R:
          Type: A::B::C
          Properties:
            V: !ImportValue prod-vpc
            Both: !ImportValue both
            Loop: !ImportValue loop
            Open: {Fn::ImportValue: !Sub "${Open}-vpc"}
      """,
    ])
    let properties = try probe.resource("R").properties
    #expect(properties["V"].references.map(\.address) == ["a.yaml#Vpc"])
    #expect(TemplateProbe.places(properties["V"].origin) == "6:10 < a.yaml:4:16")
    #expect(properties["Both"].string.unknownReason == "another stack exports it as both")
    #expect(properties["Loop"].string.unknownReason == "another stack exports it as loop")
    #expect(
      properties["Open"].string.unknownReason
        == "another stack exports it, under a name that is not known: the parameter Open has no"
        + " default"
    )
  }

  // MARK: Parameter files

  private static let parametrised = """
    Parameters:
      P: {Type: String, Default: from-template}
      L: {Type: CommaDelimitedList, Default: "x"}
    Resources:
      R: {Type: A::B::C, Properties: {V: !Ref P, L: !Ref L}}
    """

  @Test(arguments: [
    ("t.params.json", #"{"Parameters": {"P": "given", "L": "a,b"}}"#),
    ("t-parameters.json", #"[{"ParameterKey": "P", "ParameterValue": "given"}]"#),
    ("t_prod.parameters.json", #"{"P": "given"}"#),
    ("t-params.json", #"["P=given"]"#),
  ])
  func parameterFileBesideTheTemplateCounts(_ name: String, _ text: String) throws {
    let probe = try TemplateProbe(["t.yaml": Self.parametrised, name: text])
    let value = try probe.value()
    #expect(value.string.known == "given")
    #expect(value.origin.via.map(\.file) == [name])
    #expect(probe["t.yaml"].files == ["t.yaml", name])
    #expect(probe["t.yaml"].parameters.first { $0.name == "P" }?.value.string.known == "given")
  }

  @Test func parameterFilesOfOthersDoNotCount() throws {
    for (name, text) in [
      ("other.params.json", #"{"P": "given"}"#), ("t.params.json", #"{"Unheard": "given"}"#),
      ("t.params.json", "not json"), ("tt.params.json", #"{"P": "given"}"#),
    ] {
      let probe = try TemplateProbe(["t.yaml": Self.parametrised, name: text])
      #expect(try probe.value().string.known == "from-template", "\(name)")
    }
  }

  @Test func severalParameterFilesLeaveTheDefaults() throws {
    let probe = try TemplateProbe([
      "t.yaml": Self.parametrised, "t-dev.params.json": #"{"P": "dev"}"#,
      "t-prod.params.json": #"{"P": "prod"}"#,
    ])
    #expect(try probe.value().string.known == "from-template")
    #expect(
      probe.notices == [
        "information t.yaml:1 Several parameter files belong to the template"
          + " (t-dev.params.json, t-prod.params.json); the defaults of its parameters were used."
      ]
    )
  }

  // MARK: Resources

  @Test func resourcesKeepWhatStandsBesideTheirProperties() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Parameters: {Secret: {Type: String, NoEcho: true, Default: hunter2}, Open: {Type: String}}
      Resources:
        TaskDefB2: 
          Type: AWS::ECS::TaskDefinition
          DeletionPolicy: Retain
          DependsOn: [R]
          Metadata: {"aws:cdk:path": Shop/Web/TaskDef/Resource}
        R: {Type: A::B::C}
        Broken: {Properties: {}}
        Odd: text
      """
    ])
    let task = try probe.resource("TaskDefB2")
    #expect(task.name == "Web/TaskDef")
    #expect(task.address == "t.yaml#TaskDefB2")
    #expect(task.attributes["DeletionPolicy"].string.known == "Retain")
    #expect(task.attributes["DependsOn"].elements.count == 1)
    #expect(task.properties.isAbsent)
    #expect(TemplateProbe.places(task.origin) == "3:3")
    let parameters = probe["t.yaml"].parameters
    #expect(parameters.map(\.name) == ["Secret", "Open"])
    #expect(parameters.map(\.isSecret) == [true, false])
    #expect(parameters[0].value.string.known == "hunter2")
    #expect(parameters[1].value.isAbsent)
    #expect(
      probe.notices == [
        "invalid-value t.yaml:9 The resource Broken has no Type.",
        "invalid-value t.yaml:10 The resource Odd is no mapping.",
      ]
    )
  }

  @Test func globalsOfServerlessTemplatesAreMerged() throws {
    let probe = try TemplateProbe([
      "t.yaml": """
      Transform: AWS::Serverless-2016-10-31
      Globals:
        Function:
          Timeout: 10
          MemorySize: 128
          Layers: [common]
          Environment: {Variables: {A: 1, B: 2}}
      Resources:
        F:
          Type: AWS::Serverless::Function
          Properties:
            PackageType: Image
            MemorySize: 512
            Layers: [own]
            Environment: {Variables: {B: 3}}
            Role: !GetAtt FRole.Arn
            Api: !Ref ServerlessRestApi
      """
    ])
    #expect(
      TemplateProbe.show(try probe.resource("F").properties)
        == "{Timeout: 10, MemorySize: 512, Layers: [common, own],"
        + " Environment: {Variables: {A: 1, B: 3}}, PackageType: Image,"
        + " Role: @FRole.Arn, Api: @ServerlessRestApi}"
    )
    #expect(
      probe.notices == [
        "information t.yaml:9 Lambda runs these images, which is serverless already; they are not"
          + " assessed as workloads: F."
      ]
    )
  }
}
