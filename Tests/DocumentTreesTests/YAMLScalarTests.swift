import DocumentTrees
import Testing

@Suite struct YAMLScalarTests {
  /// Scalars and their types in the core schema of YAML 1.2.2, section 10.3.2.
  static let types: [(ScalarType, [String])] = [
    (.null, ["", "null", "Null", "NULL", "~", "!!null null", "!"]),
    (.bool, ["true", "True", "TRUE", "false", "False", "FALSE", "!!bool true"]),
    (.integer, ["0", "-0", "+12", "007", "0o17", "0xAf", "!!int 1", "99999999999999999999"]),
    (
      .float,
      [
        "1.", ".5", "-0.5", "1e3", "1.5E-3", "+.5e+2", ".inf", "-.Inf", "+.INF", ".nan", ".NaN",
        "!!float 1",
      ]
    ),
    (
      .string,
      [
        "nULL", "~~", "tRUE", "yes", "on", "+", ".", "..", "1.2.3", "1e", "1e+", "0x", "0o8",
        "0xg", "-0x1", "+.nan", ".infinity", "1_000", "22:22", "0b1", "'1'", "\"true\"", "!!str 1",
        "!custom 1", "! 12", "e3", "1 2",
      ]
    ),
  ]

  @Test(arguments: types) func typesFollowTheCoreSchema(type: ScalarType, scalars: [String]) throws
  {
    for scalar in scalars {
      let value = try #require(try YAMLReader.documents(in: "v: \(scalar)").documents[0].root?["v"])
      #expect(value.resolvedType == type, "\(scalar)")
      #expect(value.isNull == (type == .null), "\(scalar)")
      #expect((value.bool != nil) == (type == .bool), "\(scalar)")
    }
  }

  private func scalar(_ text: String) throws -> Node {
    try #require(try YAMLReader.documents(in: "[\(text)]").documents[0].root?.elements.first)
  }

  @Test func valuesAreRight() throws {
    #expect(try scalar("+12").integer == 12)
    #expect(try scalar("-007").integer == -7)
    #expect(try scalar("0o17").integer == 15)
    #expect(try scalar("0xAf").integer == 175)
    #expect(try scalar("9223372036854775807").integer == .max)
    #expect(try scalar("9223372036854775808").integer == nil)
    #expect(try scalar("9223372036854775808").number == 9_223_372_036_854_775_808)
    #expect(try scalar("1.").number == 1)
    #expect(try scalar(".5").number == 0.5)
    #expect(try scalar("-1.5E+2").number == -150)
    #expect(try scalar("-.inf").number == -.infinity)
    #expect(try scalar(".NAN").number?.isNaN == true)
    #expect(try scalar("FALSE").bool == false)
    #expect(try scalar("True").bool == true)
    #expect(try scalar("'1'").number == nil)
  }

  @Test func oldTruthValuesAreThereOnRequest() throws {
    #expect(try scalar("yes").bool11 == true)
    #expect(try scalar("Off").bool11 == false)
    #expect(try scalar("yES").bool11 == nil)
    #expect(try scalar("'yes'").bool11 == nil)
    #expect(try scalar("yes").bool == nil)
  }

  @Test func textIsComparedAsBytes() throws {
    let node = try scalar("größe")
    #expect(node.textEquals("größe"))
    #expect(!node.textEquals("größ"))
    #expect(!node.textEquals(""))
    #expect(try scalar("''").textEquals(""))
    #expect(node.withTextBytes { $0.count } == 7)
    #expect(try !scalar("[]").textEquals(""))
  }
}
