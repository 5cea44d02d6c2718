import DocumentTrees
import Foundation
import TestSupport
import Testing

@testable import Scanners

/// The cases of compose-go's own tests (`dotenv/godotenv_test.go`).
struct DotenvTests {
  private static func read(
    _ text: String,
    format: Dotenv.Format = .compose,
    outside: [String: String] = [:]
  ) -> Dotenv {
    Dotenv.read(Array(text.utf8), file: ".env", format: format) { name in
      outside[name].map { ResolvedVariable(state: .known($0)) }
    }
  }

  private static func shown(_ dotenv: Dotenv) -> [String: String] {
    var found: [String: String] = [:]
    for entry in dotenv.entries {
      switch entry.value {
      case .known(let text): found[entry.name] = text
      case .unknown(let reason): found[entry.name] = "?" + reason
      case nil: break
      }
    }
    return found
  }

  @Test(arguments: [
    ("FOO=bar", "FOO", "bar"),
    ("FOO =bar", "FOO", "bar"),
    ("FOO= bar", "FOO", "bar"),
    ("FOO=\"bar\"", "FOO", "bar"),
    ("FOO='bar'", "FOO", "bar"),
    ("FOO=\"escaped\\\"bar\"", "FOO", "escaped\"bar"),
    ("FOO=\"\\\"quoted\\\"\"", "FOO", "\"quoted\""),
    ("FOO=\"'d'\"", "FOO", "'d'"),
    ("OPTION_A: 1", "OPTION_A", "1"),
    ("OPTION_A: Foo=bar", "OPTION_A", "Foo=bar"),
    ("OPTION_A=1:B", "OPTION_A", "1:B"),
    ("export OPTION_A=2", "OPTION_A", "2"),
    ("export OPTION_B='\\n'", "OPTION_B", "\\n"),
    ("export exportFoo=2", "exportFoo", "2"),
    ("exportFOO=2", "exportFOO", "2"),
    ("export_FOO =2", "export_FOO", "2"),
    ("export.FOO= 2", "export.FOO", "2"),
    ("export\tOPTION_A=2", "OPTION_A", "2"),
    ("  export OPTION_A=2", "OPTION_A", "2"),
    ("\texport OPTION_A=2", "OPTION_A", "2"),
    ("export OPTION_A=\"export A\"", "OPTION_A", "export A"),
    ("FOO=\"bar\\nbaz\"", "FOO", "bar\nbaz"),
    ("FOO=a\\tb", "FOO", "a\\tb"),
    ("FOO=\"a\\tb\"", "FOO", "a\tb"),
    (
      #"KEY="Z\aZ\bZ\fZ\nZ\rZ\tZ\vZ\\Z\0123Z""#, "KEY",
      "Z\u{7}Z\u{8}Z\u{C}Z\nZ\rZ\tZ\u{B}Z\\ZSZ"
    ),
    ("FOO.BAR=foobar", "FOO.BAR", "foobar"),
    ("FOO=foobar=", "FOO", "foobar="),
    ("FOO=bar ", "FOO", "bar"),
    ("FOO=bar # this is foo", "FOO", "bar"),
    ("FOO=bar #this is foo", "FOO", "bar"),
    ("FOO=bar #", "FOO", "bar"),
    ("FOO=123#not-an-inline-comment", "FOO", "123#not-an-inline-comment"),
    ("FOO=\"bar#baz\"", "FOO", "bar#baz"),
    ("FOO=\"bar#baz\"#", "FOO", "bar#baz"),
    ("FOO=\"bar#baz\" # comment", "FOO", "bar#baz"),
    ("FOO='bar#baz' # comment", "FOO", "bar#baz"),
    (#"FOO="bar\n\ b\az""#, "FOO", "bar\n\\ b\u{7}z"),
    (#"FOO="bar\\\n\ b\az""#, "FOO", "bar\\\n\\ b\u{7}z"),
    (#"FOO="bar\\r\ b\az""#, "FOO", "bar\\r\\ b\u{7}z"),
    (#"FOO="bar\nbaz\\""#, "FOO", "bar\nbaz\\"),
    ("=\"value\"", "", "value"),
    ("   KEY=value", "KEY", "value"),
    (#"KEY="\x07""#, "KEY", #"\x07"#),
    (#"KEY="\u12e4""#, "KEY", #"\u12e4"#),
    ("KEY='Let\\'s go!'", "KEY", "Let's go!"),
    ("a[1]=c", "a[1]", "c"),
    ("árvíztűrő-TÜKÖRFÚRÓGÉP=ÁRVÍZTŰRŐ", "árvíztűrő-TÜKÖRFÚRÓGÉP", "ÁRVÍZTŰRŐ"),
    ("TEST_URLS=\"one:3333\ntwo:443\"", "TEST_URLS", "one:3333\ntwo:443"),
    ("FOO=bar\r\nBAZ=1\r\n", "FOO", "bar"),
    ("FOO=\"a\r\nb\"\r\n", "FOO", "a\nb"),
    ("FOO=\"foo\\$BAR\"", "FOO", "foo$BAR"),
    ("FOO=\"foo\\${BAR}\"", "FOO", "foo${BAR}"),
    ("BAR='quote $FOO'", "BAR", "quote $FOO"),
    ("FOO=test\nBAR=$FOO", "BAR", "test"),
    ("FOO=test\nBAR=${FOO}bar", "BAR", "testbar"),
    ("FOO=test\nBAR=\"quote $FOO\"", "BAR", "quote test"),
    ("FOO=test\nBAR=\"foo\\${FOO} ${FOO}\"", "BAR", "foo${FOO} test"),
    ("BAR=$FOO", "BAR", "?variable FOO is not set"),
    ("BAR=${FOO:-x}", "BAR", "x"),
    ("A='x' \nB=2", "B", "2"),
  ])
  func reads(_ text: String, _ name: String, _ expected: String) {
    let dotenv = Self.read(text)
    #expect(Self.shown(dotenv)[name] == expected)
    #expect(dotenv.issues.isEmpty)
  }

  @Test(arguments: [
    "KEY=\"", "KEY=\"value", "KEY=\"value\\\"", "KEY=\"value'", "KEY='", "KEY='value",
    "KEY='value\\'", "KEY='value\"",
  ])
  func refusesQuotesWithoutAnEnd(_ text: String) {
    let dotenv = Self.read(text)
    #expect(dotenv.issues.map(\.problem) == ["A quoted value has no end"])
    #expect(dotenv.entries.isEmpty)
  }

  @Test
  func goesOnBehindABrokenLine() {
    let dotenv = Self.read("lol$wut\nINVALID LINE\nGOOD=1\nBAD=a$1b\n")
    #expect(
      dotenv.issues.map { "\($0.place.line): \($0.problem)" } == [
        "1: A variable's name has a character that none may have",
        "2: A variable's name has a space in it",
        "4: A $ begins no variable",
      ]
    )
    #expect(Self.shown(dotenv)["GOOD"] == "1")
  }

  @Test
  func letsTheOutsideWinInValues() {
    let dotenv = Self.read("A=own\nB=$A\nC\n", outside: ["A": "given", "C": "passed"])
    #expect(Self.shown(dotenv) == ["A": "own", "B": "given", "C": "passed"])
  }

  @Test
  func knowsItsLines() {
    let dotenv = Self.read("# comment\n\nA=1\nB=\"x\ny\"\nC=2\n  D = 3\n")
    #expect(
      dotenv.entries.map { "\($0.name) \($0.range.start.line):\($0.range.start.column)" } == [
        "A 3:1", "B 4:1", "C 6:1", "D 7:3",
      ]
    )
  }

  @Test
  func takesRawFilesAsTheyStand() {
    let dotenv = Self.read("# no\nA=\"x\" # y\nB=$A\nC\nD=a=b \r\n", format: .raw)
    #expect(Self.shown(dotenv) == ["A": "\"x\" # y", "B": "$A", "D": "a=b "])
    #expect(dotenv.entries.map(\.name) == ["A", "B", "C", "D"])
  }

  /// What compose-go's tests expect of its own files.
  @Test(arguments: [
    (
      "plain",
      [
        "OPTION_A": "1", "OPTION_B": "2", "OPTION_C": "3", "OPTION_D": "4", "OPTION_E": "5",
        "456": "ABC", "OPTION_F": "", "OPTION_G": "", "OPTION_H": "my string",
      ]
    ),
    (
      "utf8-bom",
      [
        "OPTION_A": "1", "OPTION_B": "2", "OPTION_C": "3", "OPTION_D": "4", "OPTION_E": "5",
        "456": "ABC", "OPTION_F": "", "OPTION_G": "", "OPTION_H": "my string",
      ]
    ),
    ("exported", ["OPTION_A": "2", "OPTION_B": "\\n"]),
    ("equals", ["OPTION_A": "postgres://localhost:5432/database?sslmode=disable"]),
    (
      "quoted",
      [
        "OPTION_A": "1", "OPTION_B": "2", "OPTION_C": "", "OPTION_D": "\\n", "OPTION_E": "1",
        "OPTION_F": "2", "OPTION_G": "", "OPTION_H": "\n", "OPTION_I": "echo 'asd'",
        "OPTION_J": "first line\nsecond line\nthird line\nand so on",
        "OPTION_K": "Let's go!", "OPTION_Z": "last value",
      ]
    ),
    (
      "unquoted",
      [
        "OPTION_A": "some quoted phrase", "OPTION_B": "first one with an unquoted phrase",
        "OPTION_C": "then another one with an unquoted phrase",
        "OPTION_D": "then another one with an unquoted phrase special è char",
        "OPTION_E": "then another one quoted phrase",
      ]
    ),
    (
      "special",
      [
        "VAR.WITH.DOTS": "dots", "VAR_WITH_UNDERSCORES": "underscores", "VAR-WITH-DASHES": "dashes",
      ]
    ),
    (
      "substitutions",
      [
        "OPTION_A": "1", "OPTION_B": "1", "OPTION_C": "1", "OPTION_D": "1_1",
        "OPTION_E": "?variable OPTION_NOT_DEFINED is not set",
      ]
    ),
    (
      "substitutions-default",
      [
        "OPTION_A": "1", "OPTION_B": "1", "OPTION_C": "1", "OPTION_D": "1_1",
        "OPTION_E": "?variable OPTION_NOT_DEFINED is not set",
      ]
    ),
    ("inherited-multi-var", ["foo": "bar", "bar": "baz"]),
    ("inherited-not-found", [:]),
    ("invalid1", ["foo": "\n  a\n  multine\n  value\n", "zot": "qix"]),
  ])
  func agreesWithComposeGo(_ name: String, _ expected: [String: String]) throws {
    let folder = Corpus.folder("compose/compose-spec__compose-go/dotenv/fixtures")
    guard let folder else { return }
    let bytes = try Data(contentsOf: folder.appendingPathComponent("\(name).env"))
    let dotenv = Dotenv.read(Array(bytes), file: name)
    #expect(Self.shown(dotenv) == expected)
    // Their test expects: line 7: key cannot contain a space.
    #expect(dotenv.issues.map(\.place.line) == (name == "invalid1" ? [7] : []))
  }

  @Test
  func boundsWhatValuesCanGrowTo() {
    var text = "V0=xxxxxxxxxxxxxxxx\n"
    for index in 1...60 { text += "V\(index)=$V\(index - 1)$V\(index - 1)\n" }
    let dotenv = Self.read(text)
    #expect(dotenv.issues.contains { $0.problem.contains("too long") })
  }
}
