import Templates
import Testing

/// Every function, mostly with the examples of its documentation.
@Suite("ARM functions")
struct ARMFunctionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var expression: String
    var value: String

    init(_ expression: String, _ value: String) {
      self.expression = expression
      self.value = value
    }

    var testDescription: String { expression }
  }

  static let lists: [Case] = [
    Case("array('efgh')", #"["efgh"]"#),
    Case("array(createArray(1))", "[1]"),
    Case("array(1)", "[1]"),
    Case("concat(createArray('1-1', '1-2'), createArray('2-1'))", #"["1-1","1-2","2-1"]"#),
    Case("contains('OneTwoThree', 'e')", "true"),
    Case("contains('OneTwoThree', 'z')", "false"),
    Case("contains('OneTwoThree', 'one')", "false"),
    Case("contains(createObject('One', 'a'), 'one')", "true"),
    Case("contains(createArray('one', 'two'), 'One')", "false"),
    Case("contains(createArray(1, 2), 2)", "true"),
    Case("contains(createArray(1, 2), '2')", "false"),
    Case("createArray()", "[]"),
    Case("empty(createArray())", "true"),
    Case("empty('')", "true"),
    Case("empty(null())", "true"),
    Case("empty(createObject())", "true"),
    Case("empty('a')", "false"),
    Case("first(createArray('one', 'two'))", #""one""#),
    Case("first('One Two Three')", #""O""#),
    Case("last('One Two Three')", #""e""#),
    Case("last(createArray())", "null"),
    Case("indexOf(createArray('one', 'two', 'three'), 'two')", "1"),
    Case("indexOf(createArray('one'), 'ONE')", "-1"),
    Case("indexOf('abcdef', 'CD')", "2"),
    Case("indexOf('test', 't')", "0"),
    Case("lastIndexOf('test', 't')", "3"),
    Case("lastIndexOf(createArray('a', 'b', 'a'), 'a')", "2"),
    Case("indexOf('abcdef', 'z')", "-1"),
    Case(
      "intersection(createArray('one', 'two', 'three'), createArray('two', 'three'))",
      #"["two","three"]"#
    ),
    Case(
      "intersection(createObject('one', 'a', 'two', 'b'), createObject('one', 'a', 'two', 'z'))",
      #"{"one":"a"}"#
    ),
    Case("length(createArray('one', 'two', 'three'))", "3"),
    Case("length('One Two Three')", "13"),
    Case("length(createObject('a', 1, 'b', 2))", "2"),
    Case("max(createArray(0, 3, 2, 5, 4))", "5"),
    Case("min(0, 3, 2, 5, 4)", "0"),
    Case("range(5, 3)", "[5,6,7]"),
    Case("range(0, 0)", "[]"),
    Case("skip(createArray('one', 'two', 'three'), 2)", #"["three"]"#),
    Case("skip('one two three', 4)", #""two three""#),
    Case("skip('ab', 9)", #""""#),
    Case("take(createArray('one', 'two', 'three'), 2)", #"["one","two"]"#),
    Case("take('one two three', 2)", #""on""#),
    Case("take('on', -1)", #""""#),
    Case("tryGet(createObject('a', createObject('b', 1)), 'a', 'b')", "1"),
    Case("tryGet(createObject('a', 1), 'z')", "null"),
    Case("tryGet(createArray('x'), 3)", "null"),
    Case("tryIndexFromEnd(createArray('x', 'y'), 1)", #""y""#),
    Case("tryIndexFromEnd(createArray('x'), 2)", "null"),
    Case(
      "union(createArray('one', 'two', 'three'), createArray('three', 'four'))",
      #"["one","two","three","four"]"#
    ),
    Case(
      "union(createObject('one', 'a', 'c1', 'b'), createObject('four', 'd', 'one', 'z'))",
      #"{"one":"z","c1":"b","four":"d"}"#
    ),
    Case(
      "union(json('{\"p\":{\"a\":1,\"l\":[1]}}'), json('{\"p\":{\"b\":2,\"l\":[2]}}'))",
      #"{"p":{"a":1,"l":[2],"b":2}}"#
    ),
    Case("flatten(createArray(createArray('a'), createArray('b', 'c')))", #"["a","b","c"]"#),
    Case("distinct(createArray(1, 2, 1))", "[1,2]"),
    Case(
      "shallowMerge(createArray(createObject('a', createObject('x', 1)), createObject('a', 2)))",
      #"{"a":2}"#
    ),
    Case(
      "items(createObject('item002', 1, 'item001', 2))",
      #"[{"key":"item001","value":2},{"key":"item002","value":1}]"#
    ),
    Case("objectKeys(createObject('b', 1, 'a', 2))", #"["a","b"]"#),
    Case("createObject('intProp', 1, 'nul', null())", #"{"intProp":1,"nul":null}"#),
    Case("json('[1,2,3]')", "[1,2,3]"),
    Case("json('\"a\"')", #""a""#),
    Case("json('0.25')", "0.25"),
    Case("json('null')", "null"),
    Case("json('{\"a\": [true]}').a[0]", "true"),
  ]

  static let texts: [Case] = [
    Case("base64('one, two, three')", #""b25lLCB0d28sIHRocmVl""#),
    Case("base64ToString('b25lLCB0d28sIHRocmVl')", #""one, two, three""#),
    Case("base64ToJson('eydvbmUnOiAnYSd9')", "<base64ToJson() is given no JSON text>"),
    Case("base64ToJson('eyJvbmUiOiAiYSJ9')", #"{"one":"a"}"#),
    Case("concat('prefix', '-', 'x')", #""prefix-x""#),
    Case("concat('a', 1)", #""a1""#),
    Case("dataUri('Hello')", #""data:text/plain;charset=utf8;base64,SGVsbG8=""#),
    Case("dataUriToString('data:;base64,SGVsbG8sIFdvcmxkIQ==')", #""Hello, World!""#),
    Case("endsWith('abcdef', 'EF')", "true"),
    Case("startsWith('abcdef', 'AB')", "true"),
    Case("startsWith('abcdef', 'e')", "false"),
    Case(
      "format('{0}, {1}. Formatted number: {2:N0}', 'Hello', 'User', 8175133)",
      #""Hello, User. Formatted number: 8,175,133""#
    ),
    Case("format('{0:D3}|{1,4}|{1,-4}|{{x}}|{2}', 7, 'ab', true())", #""007|  ab|ab  |{x}|True""#),
    Case("format('{0:00}', 3)", #""03""#),
    Case("format('{0}/{1}', 'a', createArray(1, 'b'))", #""a/[1,"b"]""#),
    Case("join(createArray('one', 'two'), ', ')", #""one, two""#),
    Case("padLeft('123', 10, '0')", #""0000000123""#),
    Case("padLeft(5, 2)", #"" 5""#),
    Case("replace('123-123-1234', '-', '')", #""1231231234""#),
    Case("split('one,two,three', ',')", #"["one","two","three"]"#),
    Case("split('one;two,three', createArray(';', ','))", #"["one","two","three"]"#),
    Case("split('a', ',')", #"["a"]"#),
    Case("string(createArray('a', 1))", #""["a",1]""#),
    Case("string(5)", #""5""#),
    Case("string(true())", #""True""#),
    Case("string(createObject('a', 'b\"'))", #""{"a":"b\""}""#),
    Case("substring('one two three', 4, 3)", #""two""#),
    Case("substring('abc', 3)", #""""#),
    Case("substring('abc', 2, 5)", "<substring() is given a piece that the text does not have>"),
    Case("toLower('One')", #""one""#),
    Case("toUpper('One')", #""ONE""#),
    Case("trim('    one two three   ')", #""one two three""#),
    Case(
      "uri('http://contoso.org/firstpath', 'myscript.sh')",
      #""http://contoso.org/myscript.sh""#
    ),
    Case(
      "uri('http://contoso.org/firstpath/', 'myscript.sh')",
      #""http://contoso.org/firstpath/myscript.sh""#
    ),
    Case(
      "uri('http://contoso.org/firstpath/azuredeploy.json', 'myscript.sh')",
      #""http://contoso.org/firstpath/myscript.sh""#
    ),
    Case(
      "uri('http://contoso.org/firstpath/azuredeploy.json/', 'myscript.sh')",
      #""http://contoso.org/firstpath/azuredeploy.json/myscript.sh""#
    ),
    Case("uri('http://a.org/b/c', '../d')", #""http://a.org/d""#),
    Case("uriComponent('http://contoso.com/a b')", #""http%3A%2F%2Fcontoso.com%2Fa%20b""#),
    Case("uriComponentToString('http%3A%2F%2Fcontoso.com')", #""http://contoso.com""#),
    Case("like('abcdef', 'AB*f')", "true"),
    Case("like('abcdef', 'b*')", "false"),
    Case("parseUri('https://h.io:8080/p?q=1').port", "8080"),
    Case(
      "buildUri(createObject('scheme', 'https', 'host', 'h.io', 'path', '/p'))",
      #""https://h.io/p""#
    ),
    Case("'it''s'", #""it's""#),
  ]

  static let others: [Case] = [
    Case("add(5, 3)", "8"), Case("sub(7, 3)", "4"), Case("mul(5, 3)", "15"),
    Case("div(8, 3)", "2"), Case("mod(7, 3)", "1"), Case("mod(-7, 3)", "-1"),
    Case("div(1, 0)", "<div() gives no number that can be held>"),
    Case("add(9223372036854775807, 1)", "<add() gives no number that can be held>"),
    Case("int('4')", "4"), Case("int(4)", "4"), Case("float('0.5')", "0.5"),
    Case("bool('TRUE')", "true"), Case("bool(0)", "false"),
    Case("coalesce(null(), 'a')", #""a""#), Case("coalesce(null(), null())", "null"),
    Case("equals('a', 'a')", "true"), Case("equals('a', 'A')", "false"),
    Case("equals(1, '1')", "false"),
    Case("equals(createArray('a'), createArray('a'))", "true"),
    Case("equals(createObject('a', 1), createObject('a', 2))", "false"),
    Case("less(1, 2)", "true"), Case("less('abc', 'abd')", "true"),
    Case("greaterOrEquals(2, 2)", "true"), Case("lessOrEquals(3, 2)", "false"),
    Case("greater('b', 'a')", "true"),
    Case("and(true(), equals(1, 1), false())", "false"),
    Case("or(false(), true())", "true"), Case("not(false())", "true"),
    Case("xor(true(), false())", "true"),
    Case("if(equals(1, 1), 'yes', json('not json at all'))", #""yes""#),
    Case("dateTimeFromEpoch(1683040573)", #""2023-05-02T15:16:13Z""#),
    Case("dateTimeToEpoch('2023-05-02T15:16:13Z')", "1683040573"),
    Case("dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')", #""2023-04-07T14:53:14Z""#),
    Case("dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')", #""2020-03-29T14:53:14Z""#),
    Case("dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')", #""2020-04-07T15:53:14Z""#),
    Case("dateTimeAdd('2020-01-31', 'P1M', 'yyyy-MM-dd')", #""2020-02-29""#),
    Case("parseCidr('10.144.0.0/20').broadcast", #""10.144.15.255""#),
    Case(
      "parseCidr('10.144.0.0/20')",
      #"{"network":"10.144.0.0","netmask":"255.255.240.0","broadcast":"10.144.15.255","firstUsable":"10.144.0.1","lastUsable":"10.144.15.254","cidr":20}"#
    ),
    Case("cidrSubnet('10.144.0.0/20', 24, 0)", #""10.144.0.0/24""#),
    Case("cidrSubnet('10.144.0.0/20', 24, 15)", #""10.144.15.0/24""#),
    Case(
      "cidrSubnet('10.144.0.0/20', 24, 16)",
      "<cidrSubnet() is given a part that the address range does not have>"
    ),
    Case("cidrSubnet('fdad:3236:5555::/48', 52, 1)", #""fdad:3236:5555:1000::/52""#),
    Case("cidrHost('10.144.3.0/24', 0)", #""10.144.3.1""#),
    Case("map(range(0, 3), lambda('i', mul(lambdaVariables('i'), 2)))", "[0,2,4]"),
    Case(
      "map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('x'), lambdaVariables('i'))))",
      #"["a0","b1"]"#
    ),
    Case("filter(range(0, 5), lambda('i', greater(lambdaVariables('i'), 2)))", "[3,4]"),
    Case(
      "reduce(createArray(1, 2, 3), 0, lambda('sum', 'i', add(lambdaVariables('sum'), lambdaVariables('i'))))",
      "6"
    ),
    Case(
      "sort(createArray(3, 1, 2), lambda('a', 'b', less(lambdaVariables('a'), lambdaVariables('b'))))",
      "[1,2,3]"
    ),
    Case(
      "toObject(createArray('a', 'b'), lambda('x', lambdaVariables('x')), lambda('x', toUpper(lambdaVariables('x'))))",
      #"{"a":"A","b":"B"}"#
    ),
    Case(
      "groupBy(createArray('foo', 'bar', 'baz'), lambda('x', substring(lambdaVariables('x'), 0, 1)))",
      #"{"f":["foo"],"b":["bar","baz"]}"#
    ),
    Case("mapValues(createObject('a', 1), lambda('v', add(lambdaVariables('v'), 1)))", #"{"a":2}"#),
    Case("createArray('a', 'b')[1]", #""b""#),
    Case("createObject('Aa', 1).aA", "1"),
    Case("createObject('a', 1)['a']", "1"),
  ]

  @Test("gives the documented value", arguments: lists + texts + others)
  func value(_ example: Case) throws {
    #expect(try ARMTest.value(example.expression) == example.value)
  }

  static let unknown: [Case] = [
    Case("concat('a-', parameters('p'), '-b')", #""a-<the parameter p has no value>-b""#),
    Case("format('{0}/{1}', parameters('p'), 'x')", #""<the parameter p has no value>/x""#),
    Case("length(createArray(parameters('p'), 1))", "2"),
    Case("length(parameters('p'))", "<the parameter p has no value>"),
    Case("contains(createArray(parameters('p'), 'x'), 'x')", "true"),
    Case("contains(createArray(parameters('p')), 'x')", "<the parameter p has no value>"),
    Case("empty(concat('x', parameters('p')))", "false"),
    Case("toUpper(concat('x', parameters('p')))", #""X<the parameter p has no value>""#),
    Case("startsWith(concat('prod-', parameters('p')), 'PROD')", "true"),
    Case("startsWith(concat('prod-', parameters('p')), 'test')", "false"),
    Case("equals(concat('prod-', parameters('p')), 'test-1')", "false"),
    Case("and(false(), parameters('p'))", "false"),
    Case("or(true(), parameters('p'))", "true"),
    Case("and(true(), parameters('p'))", "<the parameter p has no value>"),
    Case("if(parameters('p'), 'same', 'same')", #""same""#),
    Case("if(parameters('p'), createObject('a', 1, 'b', 2), createObject('a', 1)).a", "1"),
    Case("union(createObject('a', 1), parameters('o')).a", "<the parameter o has no value>"),
    Case("union(parameters('o'), createObject('a', 1)).a", "1"),
    Case("take(concat('abc', parameters('p')), 2)", #""ab""#),
    Case(
      "coalesce(tryGet(createObject('a', parameters('p')), 'a'), 'x')",
      "<the parameter p has no value>"
    ),
    Case("uniqueString('x')", "<it is made from a hash>"),
    Case("resourceGroup().location", "<the resource group is known only once deployed>"),
    Case("resourceGroup().type", #""Microsoft.Resources/resourceGroups""#),
    Case("subscription().id", #""/subscriptions/<the subscription is known only once deployed>""#),
    Case(
      "resourceId('A.B/c', 'other')",
      #""/subscriptions/<the subscription is known only once deployed>/resourceGroups/<the resource group is known only once deployed>/providers/A.B/c/other""#
    ),
    Case(
      "resourceId('A.B/c', 'it')",
      #""/subscriptions/<the subscription is known only once deployed>/resourceGroups/<main.json#c/it id>/providers/A.B/c/it""#
    ),
    Case(
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')",
      #""/subscriptions/<the subscription is known only once deployed>/providers/Microsoft.Authorization/roleDefinitions/x""#
    ),
    Case("tenantResourceId('A.B/c', 'z')", #""/providers/A.B/c/z""#),
    Case("reference(resourceId('A.B/c', 'it')).fqdn", "<main.json#c/it properties.fqdn>"),
    Case(
      "reference('it', '2020-01-01', 'Full').identity.principalId",
      "<main.json#c/it identity.principalId>"
    ),
    Case(
      "listKeys(resourceId('A.B/c', 'it'), '2020-01-01').keys[0].value",
      "<main.json#c/it listKeys.keys.[0].value>"
    ),
    Case("noSuchThing(1)", "<the function noSuchThing is not known>"),
    Case("variables('nowhere')", "<there is no variable nowhere>"),
    Case("createObject('a', 1).b", "<it has no property b>"),
    Case("createArray(1)[7]", "<the list has no element 7>"),
    Case("substring(1, 2, 3, 4, 5)", "<substring() does not take these arguments>"),
  ]

  @Test("spreads the unknown no further than it must", arguments: unknown)
  func unknown(_ example: Case) throws {
    let parts = """
      "parameters": {"p": {"type": "string"}, "o": {"type": "object"}},
      """
    #expect(try ARMTest.value(example.expression, parts: parts) == example.value)
  }
}
