import Templates
import Testing

/// An expression and what it is worth.
struct ARMCase: CustomTestStringConvertible, Sendable {
  var expression: String
  var value: String

  init(_ expression: String, _ value: String) {
    self.expression = expression
    self.value = value
  }

  var testDescription: String { expression }
}

/// What functions give, mostly the examples of their documentation.
enum ARMCases {
  static let lists: [ARMCase] = [
    ARMCase("array('efgh')", #"["efgh"]"#),
    ARMCase("array(createArray(1))", "[1]"),
    ARMCase("array(1)", "[1]"),
    ARMCase("concat(createArray('1-1', '1-2'), createArray('2-1'))", #"["1-1","1-2","2-1"]"#),
    ARMCase("contains('OneTwoThree', 'e')", "true"),
    ARMCase("contains('OneTwoThree', 'z')", "false"),
    ARMCase("contains('OneTwoThree', 'one')", "false"),
    ARMCase("contains(createObject('One', 'a'), 'one')", "true"),
    ARMCase("contains(createArray('one', 'two'), 'One')", "false"),
    ARMCase("contains(createArray(1, 2), 2)", "true"),
    ARMCase("contains(createArray(1, 2), '2')", "false"),
    ARMCase("createArray()", "[]"),
    ARMCase("empty(createArray())", "true"),
    ARMCase("empty('')", "true"),
    ARMCase("empty(null())", "true"),
    ARMCase("empty(createObject())", "true"),
    ARMCase("empty('a')", "false"),
    ARMCase("first(createArray('one', 'two'))", #""one""#),
    ARMCase("first('One Two Three')", #""O""#),
    ARMCase("last('One Two Three')", #""e""#),
    ARMCase("last(createArray())", "null"),
    ARMCase("indexOf(createArray('one', 'two', 'three'), 'two')", "1"),
    ARMCase("indexOf(createArray('one'), 'ONE')", "-1"),
    ARMCase("indexOf('abcdef', 'CD')", "2"),
    ARMCase("indexOf('test', 't')", "0"),
    ARMCase("lastIndexOf('test', 't')", "3"),
    ARMCase("lastIndexOf(createArray('a', 'b', 'a'), 'a')", "2"),
    ARMCase("indexOf('abcdef', 'z')", "-1"),
    ARMCase(
      "intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))",
      #"["two","three"]"#
    ),
    ARMCase(
      "intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))",
      #"{"one":"a"}"#
    ),
    ARMCase("length(createArray('one', 'two', 'three'))", "3"),
    ARMCase("length('One Two Three')", "13"),
    ARMCase("length(createObject('a', 1, 'b', 2))", "2"),
    ARMCase("max(createArray(0, 3, 2, 5, 4))", "5"),
    ARMCase("min(0, 3, 2, 5, 4)", "0"),
    ARMCase("range(5, 3)", "[5,6,7]"),
    ARMCase("range(0, 0)", "[]"),
    ARMCase("skip(createArray('one', 'two', 'three'), 2)", #"["three"]"#),
    ARMCase("skip('one two three', 4)", #""two three""#),
    ARMCase("skip('ab', 9)", #""""#),
    ARMCase("take(createArray('one', 'two', 'three'), 2)", #"["one","two"]"#),
    ARMCase("take('one two three', 2)", #""on""#),
    ARMCase("take('on', -1)", #""""#),
    ARMCase("tryGet(createObject('a', createObject('b', 1)), 'a', 'b')", "1"),
    ARMCase("tryGet(createObject('a', 1), 'z')", "null"),
    ARMCase("tryGet(createArray('x'), 3)", "null"),
    ARMCase("tryIndexFromEnd(createArray('x', 'y'), 1)", #""y""#),
    ARMCase("tryIndexFromEnd(createArray('x'), 2)", "null"),
    ARMCase(
      "union(createArray('one', 'two', 'three'), createArray('three', 'four'))",
      #"["one","two","three","four"]"#
    ),
    ARMCase(
      "union(createObject('one', 'a', 'c1', 'b'), createObject('four', 'd', 'one', 'z'))",
      #"{"one":"z","c1":"b","four":"d"}"#
    ),
    ARMCase(
      "union(json('{\"p\":{\"a\":1,\"l\":[1]}}'), json('{\"p\":{\"b\":2,\"l\":[2]}}'))",
      #"{"p":{"a":1,"l":[2],"b":2}}"#
    ),
    ARMCase("flatten(createArray(createArray('a'), createArray('b', 'c')))", #"["a","b","c"]"#),
    ARMCase("distinct(createArray(1, 2, 1))", "[1,2]"),
    ARMCase(
      "shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', 2)))",
      #"{"a":2}"#
    ),
    ARMCase(
      "items(createObject('item002', 1, 'item001', 2))",
      #"[{"key":"item001","value":2},{"key":"item002","value":1}]"#
    ),
    ARMCase("objectKeys(createObject('b', 1, 'a', 2))", #"["a","b"]"#),
    ARMCase("createObject('intProp', 1, 'nul', null())", #"{"intProp":1,"nul":null}"#),
    ARMCase("json('[1,2,3]')", "[1,2,3]"),
    ARMCase("json('\"a\"')", #""a""#),
    ARMCase("json('0.25')", "0.25"),
    ARMCase("json('null')", "null"),
    ARMCase("json('{\"a\": [true]}').a[0]", "true"),
  ]

  static let texts: [ARMCase] = [
    ARMCase("base64('one, two, three')", #""b25lLCB0d28sIHRocmVl""#),
    ARMCase("base64ToString('b25lLCB0d28sIHRocmVl')", #""one, two, three""#),
    ARMCase("base64ToJson('eyJvbmUiOiAiYSJ9')", #"{"one":"a"}"#),
    ARMCase("concat('prefix', '-', 'x')", #""prefix-x""#),
    ARMCase("concat('a', 1)", #""a1""#),
    ARMCase("dataUri('Hello')", #""data:text/plain;charset=utf8;base64,SGVsbG8=""#),
    ARMCase("dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", #""Hello, World!""#),
    ARMCase("endsWith('abcdef', 'EF')", "true"),
    ARMCase("startsWith('abcdef', 'AB')", "true"),
    ARMCase("startsWith('abcdef', 'e')", "false"),
    ARMCase(
      "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)",
      #""Hello, User. Formatted number: 8,175,133""#
    ),
    ARMCase(
      "format('{0:D3}|{1,4}|{1,-4}|{{x}}|{2}', 7, 'ab', true())",
      #""007|  ab|ab  |{x}|True""#
    ),
    ARMCase("format('{0:00}', 3)", #""03""#),
    ARMCase("format('{0}/{1}', 'a', createArray(1, 'b'))", #""a/[1,"b"]""#),
    ARMCase("join(createArray('one', 'two'), ', ')", #""one, two""#),
    ARMCase("padLeft('123', 10, '0')", #""0000000123""#),
    ARMCase("padLeft(5, 2)", #"" 5""#),
    ARMCase("replace('123-123-1234', '-', '')", #""1231231234""#),
    ARMCase("split('one,two,three', ',')", #"["one","two","three"]"#),
    ARMCase("split('one;two,three', createArray(';', ','))", #"["one","two","three"]"#),
    ARMCase("split('a', ',')", #"["a"]"#),
    ARMCase("string(createArray('a', 1))", #""["a",1]""#),
    ARMCase("string(5)", #""5""#),
    ARMCase("string(true())", #""True""#),
    ARMCase("string(createObject('a', 'b\"'))", #""{"a":"b\""}""#),
    ARMCase("substring('one two three', 4, 3)", #""two""#),
    ARMCase("substring('abc', 3)", #""""#),
    ARMCase("substring('abc', 2, 5)", "<substring() is given a piece that the text does not have>"),
    ARMCase("toLower('One')", #""one""#),
    ARMCase("toUpper('One')", #""ONE""#),
    ARMCase("trim('    one two three   ')", #""one two three""#),
    ARMCase(
      "uri('http://contoso.org/firstpath', 'myscript.sh')",
      #""http://contoso.org/myscript.sh""#
    ),
    ARMCase(
      "uri('http://contoso.org/firstpath/', 'myscript.sh')",
      #""http://contoso.org/firstpath/myscript.sh""#
    ),
    ARMCase(
      "uri('http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh')",
      #""http://contoso.org/firstpath/myscript.sh""#
    ),
    ARMCase(
      "uri('http://contoso.org/firstpath/azuredeploy.json/', 'myscript.sh')",
      #""http://contoso.org/firstpath/azuredeploy.json/myscript.sh""#
    ),
    ARMCase("uri('http://a.org/b/c', '../d')", #""http://a.org/d""#),
    ARMCase("uriComponent('http://contoso.com/a b')", #""http%3A%2F%2Fcontoso.com%2Fa%20b""#),
    ARMCase("uriComponentToString('http%3A%2F%2Fcontoso.com')", #""http://contoso.com""#),
    ARMCase("like('abcdef', 'AB*f')", "true"),
    ARMCase("like('abcdef', 'b*')", "false"),
    ARMCase("parseUri('https://h.io:8080/p?q=1').port", "8080"),
    ARMCase(
      "buildUri(createObject('scheme', 'https', 'host', 'h.io', 'path', '/p'))",
      #""https://h.io/p""#
    ),
    ARMCase("'it''s'", #""it's""#),
  ]

  static let others: [ARMCase] = [
    ARMCase("add(5, 3)", "8"), ARMCase("sub(7, 3)", "4"), ARMCase("mul(5, 3)", "15"),
    ARMCase("div(8, 3)", "2"), ARMCase("mod(7, 3)", "1"), ARMCase("mod(-7, 3)", "-1"),
    ARMCase("div(1, 0)", "<div() gives no number that can be held>"),
    ARMCase("add(9223372036854775807, 1)", "<add() gives no number that can be held>"),
    ARMCase("int('4')", "4"), ARMCase("int(4)", "4"), ARMCase("float('0.5')", "0.5"),
    ARMCase("bool('TRUE')", "true"), ARMCase("bool(0)", "false"),
    ARMCase("coalesce(null(), 'a')", #""a""#), ARMCase("coalesce(null(), null())", "null"),
    ARMCase("equals('a', 'a')", "true"), ARMCase("equals('a', 'A')", "false"),
    ARMCase("equals(1, '1')", "false"),
    ARMCase("equals(createArray('a'), createArray('a'))", "true"),
    ARMCase("equals(createObject('a', 1), createObject('a', 2))", "false"),
    ARMCase("less(1, 2)", "true"), ARMCase("less('abc', 'abd')", "true"),
    ARMCase("greaterOrEquals(2, 2)", "true"), ARMCase("lessOrEquals(3, 2)", "false"),
    ARMCase("greater('b', 'a')", "true"),
    ARMCase("and(true(), equals(1, 1), false())", "false"),
    ARMCase("or(false(), true())", "true"), ARMCase("not(false())", "true"),
    ARMCase("xor(true(), false())", "true"),
    ARMCase("if(equals(1, 1), 'yes', json('not json at all'))", #""yes""#),
    ARMCase("dateTimeFromEpoch(1683040573)", #""2023-05-02T15:16:13Z""#),
    ARMCase("dateTimeToEpoch('2023-05-02T15:16:13Z')", "1683040573"),
    ARMCase("dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')", #""2023-04-07T14:53:14Z""#),
    ARMCase("dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')", #""2020-03-29T14:53:14Z""#),
    ARMCase("dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')", #""2020-04-07T15:53:14Z""#),
    ARMCase("dateTimeAdd('2020-01-31', 'P1M', 'yyyy-MM-dd')", #""2020-02-29""#),
    ARMCase("parseCidr('10.144.0.0/20').broadcast", #""10.144.15.255""#),
    ARMCase(
      "parseCidr('10.144.0.0/20')",
      #"{"network":"10.144.0.0","netmask":"255.255.240.0","broadcast":"10.144.15.255","firstUsable":"10.144.0.1","lastUsable":"10.144.15.254","cidr":20}"#
    ),
    ARMCase("cidrSubnet('10.144.0.0/20', 24, 0)", #""10.144.0.0/24""#),
    ARMCase("cidrSubnet('10.144.0.0/20', 24, 15)", #""10.144.15.0/24""#),
    ARMCase(
      "cidrSubnet('10.144.0.0/20', 24, 16)",
      "<cidrSubnet() is given a part that the address range does not have>"
    ),
    ARMCase("cidrSubnet('fdad:3236:5555::/48', 52, 1)", #""fdad:3236:5555:1000::/52""#),
    ARMCase("cidrHost('10.144.3.0/24', 0)", #""10.144.3.1""#),
    ARMCase("map(range(0, 3), lambda('i', mul(lambdaVariables('i'), 2)))", "[0,2,4]"),
    ARMCase(
      "map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))",
      #"["a0","b1"]"#
    ),
    ARMCase("filter(range(0, 5), lambda('i', greater(lambdaVariables('i'), 2)))", "[3,4]"),
    ARMCase(
      "reduce(createArray(1, 2, 3), 0, lambda('sum', 'i', add(lambdaVariables('sum'), lambdaVariables('i'))))",
      "6"
    ),
    ARMCase(
      "sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))",
      "[1,2,3]"
    ),
    ARMCase(
      "toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', toUpper(lambdaVariables('x'))))",
      #"{"a":"A","b":"B"}"#
    ),
    ARMCase(
      "groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))",
      #"{"f":["foo"],"b":["bar","baz"]}"#
    ),
    ARMCase(
      "mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))",
      #"{"a":2}"#
    ),
    ARMCase("createArray('a', 'b')[1]", #""b""#),
    ARMCase("createObject('Aa', 1).aA", "1"),
    ARMCase("createObject('a', 1)['a']", "1"),
  ]

  static let unknown: [ARMCase] = [
    ARMCase("concat('a-', parameters('p'), '-b')", #""a-<the parameter p has no value>-b""#),
    ARMCase("format('{0}/{1}', parameters('p'), 'x')", #""<the parameter p has no value>/x""#),
    ARMCase("length(createArray(parameters('p'), 1))", "2"),
    ARMCase("length(parameters('p'))", "<the parameter p has no value>"),
    ARMCase("contains(createArray(parameters('p'), 'x'), 'x')", "true"),
    ARMCase("contains(createArray(parameters('p')), 'x')", "<the parameter p has no value>"),
    ARMCase("empty(concat('x', parameters('p')))", "false"),
    ARMCase("toUpper(concat('x', parameters('p')))", #""X<the parameter p has no value>""#),
    ARMCase("startsWith(concat('prod-', parameters('p')), 'PROD')", "true"),
    ARMCase("startsWith(concat('prod-', parameters('p')), 'test')", "false"),
    ARMCase("equals(concat('prod-', parameters('p')), 'test-1')", "false"),
    ARMCase("and(false(), parameters('p'))", "false"),
    ARMCase("or(true(), parameters('p'))", "true"),
    ARMCase("and(true(), parameters('p'))", "<the parameter p has no value>"),
    ARMCase("if(parameters('p'), 'same', 'same')", #""same""#),
    ARMCase("if(parameters('p'), createObject('a', 1, 'b', 2), createObject('a', 1)).a", "1"),
    ARMCase("union(createObject('a', 1), parameters('o')).a", "<the parameter o has no value>"),
    ARMCase("union(parameters('o'), createObject('a', 1)).a", "1"),
    ARMCase("take(concat('abc', parameters('p')), 2)", #""ab""#),
    ARMCase(
      "coalesce(tryGet(createObject('a', parameters('p')), 'a'), 'x')",
      "<the parameter p has no value>"
    ),
    ARMCase("uniqueString('x')", "<it is made from a hash>"),
    ARMCase("resourceGroup().location", "<the resource group is known only once deployed>"),
    ARMCase("resourceGroup().type", #""Microsoft.Resources/resourceGroups""#),
    ARMCase(
      "subscription().id",
      #""/subscriptions/<the subscription is known only once deployed>""#
    ),
    ARMCase(
      "resourceId('A.B/c', 'other')",
      #""/subscriptions/<the subscription is known only once deployed>/resourceGroups/<the resource group is known only once deployed>/providers/A.B/c/other""#
    ),
    ARMCase(
      "resourceId('A.B/c', 'it')",
      #""/subscriptions/<the subscription is known only once deployed>/resourceGroups/<main.json#c/it id>/providers/A.B/c/it""#
    ),
    ARMCase(
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')",
      #""/subscriptions/<the subscription is known only once deployed>/providers/Microsoft.Authorization/roleDefinitions/x""#
    ),
    ARMCase("tenantResourceId('A.B/c', 'z')", #""/providers/A.B/c/z""#),
    ARMCase("reference(resourceId('A.B/c', 'it')).fqdn", "<main.json#c/it properties.fqdn>"),
    ARMCase(
      "reference('it', '2020-01-01', 'Full').identity.principalId",
      "<main.json#c/it identity.principalId>"
    ),
    ARMCase(
      "listKeys(resourceId('A.B/c', 'it'), '2020-01-01').keys[0].value",
      "<main.json#c/it listKeys.keys.[0].value>"
    ),
    ARMCase("noSuchThing(1)", "<the function noSuchThing is not known>"),
    ARMCase("variables('nowhere')", "<there is no variable nowhere>"),
    ARMCase("createObject('a', 1).b", "<it has no property b>"),
    ARMCase("createArray(1)[7]", "<the list has no element 7>"),
    ARMCase("substring(1, 2, 3, 4, 5)", "<substring() does not take these arguments>"),
  ]
}

/// Every function, mostly with the examples of its documentation.
@Suite("ARM functions")
struct ARMFunctionTests {
  @Test("gives the documented value", arguments: ARMCases.lists + ARMCases.texts + ARMCases.others)
  func value(_ example: ARMCase) throws {
    #expect(try ARMTest.value(example.expression) == example.value)
  }

  @Test("spreads the unknown no further than it must", arguments: ARMCases.unknown)
  func spread(_ example: ARMCase) throws {
    let parts = """
      "parameters": {"p": {"type": "string"}, "o": {"type": "object"}},
      """
    #expect(try ARMTest.value(example.expression, parts: parts) == example.value)
  }
}
