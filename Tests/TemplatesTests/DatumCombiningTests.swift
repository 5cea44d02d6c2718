import Templates
import Testing
import Workloads

/// What the languages share in combining values some parts of which are not known.
@Suite struct DatumCombiningTests {
  private let unknown = Datum.unknown("the parameter P has no default")

  private func text(_ text: String) -> Datum { Datum(.text(text), .none) }

  private func list(_ elements: Datum..., more: Gap? = nil) -> Datum {
    Datum(.list(DatumList(elements, more: more)), .none)
  }

  // MARK: Lists

  @Test func joinedTextKeepsWhatIsKnownBetweenItsGaps() {
    let joined = Datum.join([text("a"), unknown, text("c")], by: text("-"), .none)
    #expect(joined.sketch == "a-…-c")
    #expect(joined.string.unknownReason == "the parameter P has no default")
    #expect(Datum.join([text("a"), text("b")], by: text(", "), .none).string.known == "a, b")
    #expect(Datum.join([], by: text(","), .none).string.known == "")
    #expect(Datum.join([text("a")], by: unknown, .none).string.known == "a")
    #expect(Datum.join([text("a")], more: Gap("spread"), by: text("-"), .none).sketch == "a…")
  }

  @Test func elementIsKnownWhereItsPositionMakesNoDifference() {
    #expect(list(text("a"), text("b")).element(at: .known(1))?.string.known == "b")
    #expect(list(text("a")).element(at: .known(1)) == nil)
    #expect(list(text("a")).element(at: .known(-1)) == nil)
    #expect(list(text("a"), text("a")).element(at: .unknown("which"))?.string.known == "a")
    let open = list(text("a"), text("b")).element(at: .unknown("which"))
    #expect(open?.string.unknownReason == "which")
    #expect(list(unknown, text("b")).element(at: .known(1))?.string.known == "b")
  }

  @Test func noPositionIsSureWhereElementsMayBeMissing() {
    let open = list(text("a"), text("b"), more: Gap("spread"))
    #expect(open.element(at: .known(0))?.string.unknownReason == "spread")
    #expect(open.element(at: .known(0), isPrefixCertain: true)?.string.known == "a")
    #expect(open.element(at: .known(2), isPrefixCertain: true)?.string.unknownReason == "spread")
  }

  @Test func textIsSplitUpToTheFirstGapThatMayHoldTheMark() {
    let account = Gap("the account", identity: "AWS::AccountId")
    let parts: [TextPart] = [
      .text("arn:"), .gap(account), .text(":x:"), .gap(Gap("P")), .text(":y"),
    ]
    let (elements, more) = TextSplit.split(parts, by: ":")
    #expect(elements == [[.text("arn")], [.gap(account)], [.text("x")]])
    #expect(more?.reason == "P")
    #expect(TextSplit.pieces(of: "a,b;;c", by: [",", ";"]) == ["a", "b", "", "c"])
    #expect(TextSplit.pieces(of: "abc", by: [""]) == ["abc"])
  }

  // MARK: Conditions

  @Test func conditionsAreKnownAsSoonAsOneDecides() {
    let open = Value<Bool>.unknown("P")
    #expect(Value.combining([open, .known(true)], deciding: true).known == true)
    #expect(Value.combining([open, .known(false)], deciding: true).unknownReason == "P")
    #expect(Value.combining([open, .known(false)], deciding: false).known == false)
    #expect(Value.combining([.known(true), .known(true)], deciding: false).known == true)
    #expect(Value.combining([], deciding: true).known == false)
  }

  @Test(
    arguments: [
      (["a"], ["b"], true), (["a"], ["a"], false),
      (["arn:", nil], ["aws:x"], true), (["arn:", nil], ["arn:x"], false),
      ([nil, "/a"], ["x/b"], true), (["ab", nil], ["a"], true), ([nil], ["a"], false),
      (["a", nil], ["b", nil], true), ([nil, "abc", nil], ["ab"], true),
    ] as [([String?], [String?], Bool)]
  )
  func textsDifferWhereTheirEndsDo(_ one: [String?], _ other: [String?], _ differ: Bool) {
    func parts(_ texts: [String?]) -> [TextPart] {
      texts.map { $0.map { .text($0) } ?? .gap(Gap("P")) }
    }
    #expect(parts(one).certainlyDiffer(from: parts(other)) == differ)
    #expect(parts(other).certainlyDiffer(from: parts(one)) == differ)
  }

  // MARK: Encodings

  @Test func jsonTextKeepsGapsAndEscapes() {
    let value = Datum(
      .object(
        DatumObject([
          .init("b", text("\"\\\u{1}<é")), .init("a", list(unknown, Datum(.integer(2), .none))),
        ])
      ),
      .none
    )
    func written(_ style: JSONText) -> String? {
      Datum(parts: style.parts(of: value), .none).sketch
    }
    #expect(written(JSONText()) == #"{"b":"\"\\\u0001<é","a":[…,2]}"#)
    #expect(
      written(JSONText(sortsKeys: true, escapesMarkup: true))
        == #"{"a":[…,2],"b":"\"\\\u0001\u003cé"}"#
    )
  }

  @Test func whatWasEncodedBeforeIsATextInJSON() {
    let inner = Datum(.object(DatumObject([.init("n", Datum(.flag(true), .none))])), .none)
    let made = Datum(
      .encoded(EncodedText(inner, as: .json, parts: JSONText().parts(of: inner))),
      .none
    )
    #expect(JSONText().parts(of: list(made)) == [.text(#"["{\"n\":true}"]"#)])
  }

  /// The vectors of RFC 4648.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func base64GoesBothWays(_ plain: String, _ encoded: String) {
    #expect(Base64.encode(Array(plain.utf8)) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
  }

  @Test func brokenBase64IsRefused() {
    for text in ["Zg", "Zg=", "Z===", "Zg==Zg==", "Z!==", "=", "Zm 9v"] {
      #expect(Base64.decode(text) == nil, "\(text)")
    }
    #expect(Base64.decode("Zm9v\nYg==") == Array("foob".utf8))
  }

  // MARK: Addresses

  @Test func addressRangesAreCutIntoParts() {
    let short = AddressRange("10.1.2.3/16")
    #expect(short?.description == "10.1.0.0/16")
    #expect(short?.part(length: 24, index: 255)?.description == "10.1.255.0/24")
    #expect(short?.part(length: 24, index: 256) == nil)
    #expect(short?.part(length: 8, index: 0) == nil)
    #expect(AddressRange("0.0.0.0/0")?.part(length: 1, index: 1)?.description == "128.0.0.0/1")
    #expect(AddressRange("fd00::/48")?.part(length: 64, index: 1)?.description == "fd00:0:0:1::/64")
    #expect(AddressRange("::ffff:1.2.3.4/128")?.description == "::ffff:102:304/128")
  }

  @Test(arguments: [
    "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "010.0.0.0/8", "+1.0.0.0/8", "10.0.0.0/+8",
    "1::2::3/8", "1:2:3:4:5:6:7/64", "::/129", "x/8", "/8", "",
  ])
  func whatIsNoAddressRangeIsRefused(_ text: String) {
    #expect(AddressRange(text) == nil)
  }
}
