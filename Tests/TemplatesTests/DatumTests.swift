import DocumentTrees
import Templates
import Testing
import Workloads

/// How values of templates are read and how unknowns spread.
@Suite struct DatumTests {
  private let unknown = Datum.unknown("the parameter P has no default")

  private func text(_ text: String) -> Datum { Datum(.text(text), .none) }

  private func object(_ entries: KeyValuePairs<String, Datum>) -> Datum {
    Datum(.object(DatumObject(entries.map { DatumObject.Entry($0.key, $0.value) })), .none)
  }

  @Test func keysOfUnknownsAreUnknownAndOfNothingAbsent() {
    #expect(unknown["a"]["b"].string.unknownReason == "the parameter P has no default")
    #expect(text("x")["a"].isAbsent)
    #expect(object(["a": text("1")])["b"].isAbsent)
  }

  @Test func keysThatMayBeThereAreUnknown() {
    let open = Datum(.object(DatumObject([.init("a", text("1"))], more: Gap("spread"))), .none)
    #expect(open["a"].integer.known == 1)
    #expect(open["b"].string.unknownReason == "spread")
  }

  @Test func choiceIsKnownWhereBothSidesAgree() {
    let condition = Value<Bool>.unknown("the condition is not known")
    let first = object(["Cpu": text("256"), "Memory": text("512"), "Only": text("x")])
    let second = object(["Cpu": text("256"), "Memory": text("1024")])
    let chosen = Datum.choose(condition, first, second)
    #expect(chosen["Cpu"].string.known == "256")
    #expect(chosen["Memory"].string.unknownReason == "the condition is not known")
    #expect(chosen["Only"].string.unknownReason == "the condition is not known")
    #expect(chosen["Neither"].isAbsent)
    #expect(Datum.choose(.known(true), first, second)["Memory"].string.known == "512")
  }

  @Test func textWithUnknownPartsKeepsItsKnownOnes() {
    let joined = Datum.concatenate([text("arn:aws:s3:::"), unknown, text("/"), text("*")], .none)
    #expect(joined.string.unknownReason == "the parameter P has no default")
    #expect(joined.sketch == "arn:aws:s3:::…/*")
    #expect(joined.parts?.count == 3)
    #expect(Datum.concatenate([text("a"), text("b")], .none).string.known == "ab")
  }

  @Test func listWithUnknownElementKeepsItsLength() {
    let list = Datum(.list(DatumList([text("a"), unknown])), .none)
    #expect(list.elements.count == 2)
    #expect(list.strings.map(\.known) == ["a", nil])
  }

  @Test func numbersAreReadFromTexts() {
    #expect(text("0.25").number.known == 0.25)
    #expect(text("1024").integer.known == 1024)
    #expect(text("many").integer.unknownReason != nil)
    #expect(text("True").flag.known == true)
    #expect(Datum(.number(2), .none).string.known == "2")
  }
}

extension DatumTests {
  /// Every level holds the one below it twice: a few hundred bytes of YAML with aliases make it.
  @Test func sharedPartsAreComparedInBoundedTime() {
    func tower(_ bottom: String) -> Datum {
      var value = Datum(.text(bottom), .none)
      for _ in 0..<60 {
        value = Datum(.list(DatumList([value, value])), .none)
      }
      return value
    }
    #expect(!tower("a").isSame(as: tower("a")))
    let merged = tower("a").orElse(tower("b"), because: "the condition is not known")
    #expect(merged.elements.count == 2)
  }
}
