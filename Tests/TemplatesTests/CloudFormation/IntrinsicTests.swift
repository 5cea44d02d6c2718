import Templates
import Testing
import Workloads

/// What each intrinsic function gives, one row per function and oddity.
@Suite struct IntrinsicTests {
  static let surroundings = """
    AWSTemplateFormatVersion: "2010-09-09"
    Parameters:
      Name: {Type: String, Default: orders}
      Size: {Type: Number, Default: 3}
      Open: {Type: String}
      Stage: {Type: String, AllowedValues: [dev, test]}
      Only: {Type: String, AllowedValues: [eu]}
      Zones: {Type: CommaDelimitedList, Default: "a, b,c"}
      Nets: {Type: "List<AWS::EC2::Subnet::Id>"}
      None: {Type: CommaDelimitedList, Default: ""}
      Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /app/image}
      Empty: {Type: String, Default: ""}
    Mappings:
      Sizes:
        small: {Cpu: 256, Memory: 512, Nets: [n1, n2]}
        large: {Cpu: 256, Memory: 2048, Nets: [n3, n4]}
    Conditions:
      Yes: !Equals [!Ref Name, orders]
      No: !Not [!Condition Yes]
      Maybe: !Equals [!Ref Open, x]
    Resources:
      Role: {Type: "AWS::IAM::Role"}
      R:
        Type: Test::Thing::It
        Properties:

    """

  private static func probe(_ expression: String) throws -> TemplateProbe {
    try TemplateProbe(["t.yaml": surroundings + "      V: " + expression + "\n"])
  }

  @Test(arguments: [
    // Ref
    ("!Ref Name", "orders"),
    ("{Ref: Name}", "orders"),
    ("!Ref Size", "3"),
    ("!Ref Open", "?the parameter Open has no default"),
    ("!Ref Only", "eu"),
    ("!Ref Stage", "?the parameter Stage has no default"),
    ("!Ref Empty", ""),
    ("!Ref Zones", "[a, b, c]"),
    ("!Ref None", "[]"),
    ("!Ref Nets", "?the parameter Nets has no default"),
    ("!Ref Image", "?it is read from Systems Manager when deployed"),
    ("!Ref Role", "@Role"),
    ("!Ref AWS::NoValue", "-"),
    ("!Ref AWS::Region", "?the region is known only once deployed"),
    ("!Ref AWS::Partition", "?the partition is known only once deployed"),
    ("[1, !Ref AWS::NoValue, 3]", "[1, 3]"),
    ("{a: !Ref AWS::NoValue, b: 2}", "{b: 2}"),
    ("{Ref: Name, Other: 1}", "{Ref: Name, Other: 1}"),
    // GetAtt
    ("!GetAtt Role.Arn", "@Role.Arn"),
    ("{'Fn::GetAtt': Role.Arn}", "@Role.Arn"),
    ("{'Fn::GetAtt': [Role, Arn]}", "@Role.Arn"),
    ("!GetAtt [Role, Endpoint.Address]", "@Role.Endpoint.Address"),
    ("!GetAtt Role.Endpoint.Address", "@Role.Endpoint.Address"),
    // Sub
    ("!Sub '${Name}-svc'", "orders-svc"),
    ("!Sub 'arn:${AWS::Partition}:s3:::${Name}/*'", "arn:…:s3:::orders/*"),
    ("!Sub '${Role.Arn}'", "@Role.Arn"),
    ("!Sub 'x ${Role}'", "x …"),
    ("!Sub 'is ${!Literal} and $ and ${Size}'", "is ${Literal} and $ and 3"),
    ("!Sub ['${Who}/${Name}', {Who: !Ref Only}]", "eu/orders"),
    ("{'Fn::Sub': ['${Name}', {Name: mine}]}", "mine"),
    ("!Sub 'open ${Name'", "open ${Name"),
    ("!Sub ''", ""),
    ("!Sub '${Zones}'", "?a part of it is not a text"),
    // Join
    ("!Join ['-', [a, !Ref Name, !Ref Size]]", "a-orders-3"),
    ("!Join [':', [a, !Ref Open, c]]", "a:…:c"),
    ("!Join [',', !Ref Zones]", "a,b,c"),
    ("!Join [',', !Ref Nets]", "?the parameter Nets has no default"),
    ("!Join [',', [!Ref AWS::NoValue, b]]", "b"),
    ("!Join ['', []]", ""),
    // Select
    ("!Select [1, [a, b]]", "b"),
    ("!Select ['0', !Ref Zones]", "a"),
    ("!Select [!Ref Open, [x, x]]", "x"),
    ("!Select [!Ref Open, [x, y]]", "?the parameter Open has no default"),
    ("!Select [0, !GetAZs '']", "?the availability zones are known only once deployed"),
    ("!Select [0, [!If [Maybe, a, !Ref AWS::NoValue], b]]", "?the parameter Open has no default"),
    // Split
    ("!Split [',', 'a,b,,c']", "[a, b, , c]"),
    ("!Split ['::', 'a::b']", "[a, b]"),
    ("!Split ['/', !Sub 'https://${Open}/x']", "[https:, , *]"),
    ("!Select [0, !Split ['/', !Sub 'https://${Open}/x']]", "https:"),
    ("!Select [2, !Split ['/', !Sub 'https://${Open}/x']]", "?the parameter Open has no default"),
    ("!Select [4, !Split [':', !Sub 'arn:aws:ecs:${AWS::Region}:123:c']]", "123"),
    ("!Select [5, !Split [':', !GetAtt Role.Arn]]", "@Role.Arn"),
    // If
    ("!If [Yes, a, b]", "a"),
    ("!If [No, a, b]", "b"),
    ("!If [Maybe, a, b]", "?the parameter Open has no default"),
    ("!If [Maybe, a, a]", "a"),
    ("!If [Maybe, !Ref Role, !Ref Role]", "@Role"),
    ("!If [Maybe, !Sub '${AWS::Region}-x', !Sub '${AWS::Region}-x']", "…-x"),
    ("!If [Maybe, {a: 1, b: 2}, {a: 1, b: 3}]", "{a: 1, b: ?the parameter Open has no default}"),
    ("{'Fn::If': [Yes, !Ref AWS::NoValue, b]}", "-"),
    ("[!If [Maybe, {Name: x}, !Ref AWS::NoValue], {Name: y}]", "[{Name: y}, *]"),
    ("{k: !If [Maybe, 1, !Ref AWS::NoValue]}", "{k: ?the parameter Open has no default}"),
    // FindInMap
    ("!FindInMap [Sizes, small, Memory]", "512"),
    ("!FindInMap [Sizes, !Ref Open, Cpu]", "256"),
    ("!FindInMap [Sizes, !Ref Open, Memory]", "?the parameter Open has no default"),
    ("!FindInMap [Sizes, large, Nets]", "[n3, n4]"),
    ("!FindInMap [Sizes, !Sub 'sm${Open}', Memory]", "512"),
    ("!FindInMap [Sizes, huge, Memory, {DefaultValue: 1}]", "1"),
    (
      "!FindInMap [Sizes, !Ref Open, Cpu, {DefaultValue: 512}]",
      "?the parameter Open has no default"
    ),
    // Across stacks and texts
    ("!ImportValue net-vpc", "?another stack exports it as net-vpc"),
    ("!Base64 hello", "aGVsbG8="),
    ("!Base64 {'Fn::Sub': 'echo ${Name}'}", "ZWNobyBvcmRlcnM="),
    ("!Base64 {'Fn::Sub': 'echo ${Open}'}", "…"),
    ("!Join [':', [!Base64 hi, {'Fn::ToJsonString': [1]}]]", "aGk=:[1]"),
    ("!GetAZs {Ref: 'AWS::Region'}", "?the availability zones are known only once deployed"),
    // Cidr
    ("!Cidr [10.0.0.0/16, 3, 8]", "[10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24]"),
    ("!Select [1, !Cidr [192.168.0.128/25, 2, 5]]", "192.168.0.160/27"),
    ("!Cidr ['2001:db8::/56', 2, 64]", "[2001:db8::/64, 2001:db8:0:1::/64]"),
    (
      "!Cidr [!GetAtt Role.Block, 2, 8]",
      "[?it is known only once deployed, ?it is known only once deployed]"
    ),
    // Language extensions
    ("{'Fn::Length': [a, b, c]}", "3"),
    ("{'Fn::Length': !Ref Zones}", "3"),
    ("{'Fn::Length': !Ref Nets}", "?the parameter Nets has no default"),
    (
      "{'Fn::ToJsonString': {a: 1, b: [x, !Ref Name], c: \"q\\\"\\n\", d: true, e: null}}",
      #"{"a":1,"b":["x","orders"],"c":"q\"\n","d":true,"e":null}"#
    ),
    ("{'Fn::ToJsonString': {a: !Ref Open}}", #"{"a":…}"#),
    ("{'Fn::ToJsonString': {a: !Sub 'x${Open}'}}", #"{"a":"x…"}"#),
    // Dynamic references
    (
      "'{{resolve:secretsmanager:db:SecretString:pw}}'",
      "?it is resolved from Secrets Manager when deployed"
    ),
    ("'pw={{resolve:ssm:/x}}&k'", "pw=…&k"),
    ("!Join ['', ['{{resolve:secretsmanager:', !Ref Role, ':SecretString}}']]", "@Role"),
    ("'{{resolve:other:x}}'", "{{resolve:other:x}}"),
    ("'{{resolve:ssm:/x'", "{{resolve:ssm:/x"),
    // Plain values
    ("{a: [1, two], b: null}", "{a: [1, two], b: null}"),
  ])
  func gives(_ expression: String, _ expected: String) throws {
    let probe = try Self.probe(expression)
    #expect(TemplateProbe.show(try probe.value()) == expected)
    #expect(probe.notices == [])
  }

  /// The template's mistakes: nothing is guessed, and a notice names the line.
  @Test(arguments: [
    ("!Ref Nobody", "The template has no parameter or resource named Nobody"),
    ("!GetAtt Nobody.Arn", "The template has no parameter or resource named Nobody"),
    ("!Sub '${Nobody.Arn}'", "The template has no parameter or resource named Nobody"),
    ("!GetAtt Role", "Fn::GetAtt needs a resource and an attribute, and has Role"),
    ("!Ref AWS::Nothing", "Ref names AWS::Nothing, which is no pseudo parameter"),
    ("!Join ['-', a, b]", "Fn::Join needs a delimiter and a list"),
    ("!Join ['-', [[a]]]", "Fn::Join has an element that is no text"),
    ("!Select [5, [a, b]]", "Fn::Select has the index 5 and 2 elements"),
    ("!Select [-1, [a, b]]", "Fn::Select has the index -1 and 2 elements"),
    ("!Select [0]", "Fn::Select needs an index and a list"),
    ("!If [Never, a, b]", "The template has no condition named Never"),
    ("!If [Yes, a]", "Fn::If needs a condition and two values"),
    ("!FindInMap [Sizes, huge, Cpu]", "The mapping Sizes has no value under these keys"),
    ("!FindInMap [Nothing, a, b]", "The template has no mapping named Nothing"),
    ("!Cidr [10.0.0.0/28, 20, 4]", "Fn::Cidr cannot make 20 ranges with 4 bits of this range"),
    ("!Cidr [10.0.0.0/8, 1000, 4]", "Fn::Cidr makes 1 to 256 ranges, and 1000 are asked for"),
  ])
  func says(_ expression: String, _ message: String) throws {
    let probe = try Self.probe(expression)
    #expect(try probe.value().string.unknownReason != nil)
    #expect(probe.notices == ["invalid-value t.yaml:26 \(message)."])
  }

  @Test func unknownTagsAndPlaceholdersAreNamed() throws {
    let tag = try Self.probe("!Rain::Embed x.txt")
    #expect(try tag.value().string.unknownReason == "!Rain::Embed is no function of CloudFormation")
    #expect(tag.notices.count == 1)
    #expect(tag.notices.first?.hasPrefix("unsupported-field t.yaml:26") == true)
    let shell = try Self.probe("!Sub '${Name} ${PORT:-80}'")
    #expect(try shell.value().string.known == "orders ${PORT:-80}")
    #expect(shell.notices.first?.hasPrefix("invalid-value t.yaml:26") == true)
  }

  @Test func dynamicReferencesCanBeRecognised() throws {
    let plain = try Self.probe("'{{resolve:secretsmanager:db:SecretString:pw}}'").value()
    #expect(
      plain.dynamicReferences.map(\.text) == ["{{resolve:secretsmanager:db:SecretString:pw}}"]
    )
    #expect(plain.dynamicReferences.first?.service == .secretsManager)
    let made = try Self.probe("!Sub 'u:{{resolve:secretsmanager:${Role}:SecretString:pw}}'").value()
    #expect(made.sketch == "u:…")
    #expect(
      made.dynamicReferences.map(\.text) == ["{{resolve:secretsmanager:…:SecretString:pw}}"]
    )
    #expect(made.references.map(\.address) == ["t.yaml#Role"])
    let image = try Self.probe("!Ref Image").value()
    #expect(image.dynamicReferences.map(\.text) == ["{{resolve:ssm:/app/image}}"])
    #expect(image.dynamicReferences.first?.service == .parameter)
  }

  /// Where a value is used, and what it passed through.
  @Test(arguments: [
    ("plain", "26:10"),
    ("!Ref Name", "26:10 < 3:33"),
    ("{Ref: Name}", "26:10 < 3:33"),
    ("!Sub 'x${Name}'", "26:10 < 3:33"),
    ("!Join [a, [b, !Ref Name]]", "26:10 < 3:33"),
    ("!If [Yes, here, there]", "26:20"),
    ("!FindInMap [Sizes, small, Memory]", "26:10 < 15:31"),
    ("!Select [0, !Ref Zones]", "26:10 < 26:22 < 8:46"),
    ("!Ref Open", "26:10 < 5:3"),
    ("!Ref Role", "26:10"),
  ])
  func standsWhereItIsUsed(_ expression: String, _ places: String) throws {
    #expect(TemplateProbe.places(try Self.probe(expression).value().origin) == places)
  }

  @Test func readersSeeThroughEncodedTexts() throws {
    let policy = try Self.probe("{'Fn::ToJsonString': {Statement: [{Effect: !Ref Name}]}}").value()
    #expect(policy["Statement"].elements.first?["Effect"].string.known == "orders")
    #expect(
      TemplateProbe.places(policy["Statement"].elements[0]["Effect"].origin) == "26:53 < 3:33"
    )
    #expect(policy.string.known == #"{"Statement":[{"Effect":"orders"}]}"#)
  }

  @Test func longFormInJSONGivesTheSame() throws {
    let text = """
      {"Parameters": {"P": {"Type": "String", "Default": "p"}},
       "Conditions": {"C": {"Fn::And": [{"Condition": "D"}, {"Fn::Equals": [{"Ref": "P"}, "p"]}]},
                      "D": {"Fn::Or": [{"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}, {"Fn::Equals": ["b", "b"]}]}},
       "Resources": {"R": {"Type": "A::B::C", "Properties": {
          "V": {"Fn::If": ["C", {"Fn::Join": ["/", ["a", {"Ref": "P"}]]}, {"Ref": "AWS::NoValue"}]},
          "Emoji": "\\ud83d\\ude00\\t"}}}}
      """
    let probe = try TemplateProbe(["t.json": text])
    #expect(try probe.value(in: "t.json").string.known == "a/p")
    let emoji = try probe.resource("R", in: "t.json").properties["Emoji"]
    #expect(emoji.string.known == "😀\t")
  }
}
