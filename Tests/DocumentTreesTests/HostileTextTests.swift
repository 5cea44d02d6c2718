import DocumentTrees
import Testing

/// Texts made to crash, hang or bloat a reader.
@Suite struct HostileTextTests {
  private func failure(_ text: String, _ limits: DocumentLimits = .init()) -> DocumentError? {
    do throws(DocumentError) {
      return try YAMLReader.documents(in: text, limits: limits).failure
    } catch {
      return error
    }
  }

  private func jsonFailure(_ text: String, _ limits: DocumentLimits = .init()) -> DocumentError? {
    do throws(DocumentError) {
      _ = try JSONReader.document(in: text, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Depth

  @Test(arguments: ["[", "{a: ", "- ", "? ", "[\n", "{? "])
  func deepNestingIsRefused(opening: String) throws {
    let error = try #require(failure(String(repeating: opening, count: 100_000)))
    #expect(error.problem == "Nested more than 256 levels deep")
    let column = opening.hasSuffix("\n") ? 1 : 256 * opening.count + 1
    #expect(error.place == Place(line: opening.hasSuffix("\n") ? 257 : 1, column: column))
  }

  @Test(arguments: ["[", "{\"a\":"]) func deepJSONIsRefused(opening: String) throws {
    let error = try #require(jsonFailure(String(repeating: opening, count: 100_000)))
    #expect(error.problem == "Nested more than 256 levels deep")
    #expect(error.place == Place(line: 1, column: 256 * opening.count + 1))
  }

  @Test func depthUpToTheLimitIsRead() throws {
    let nested = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(failure(nested) == nil)
    #expect(jsonFailure(nested) == nil)
    #expect(failure("[\(nested)]") != nil)
    #expect(jsonFailure("[\(nested)]") != nil)
    let high = DocumentLimits(maximumDepth: 1_000_000)
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(jsonFailure(deep, high) == nil)
  }

  @Test func aliasesDoNotHideDepth() throws {
    let chain = (1...300).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
    let error = try #require(failure("- &a0 x\n" + chain))
    #expect(error.problem == "Nested more than 256 levels deep")
    #expect(error.place.line == 257)
  }

  // MARK: Expansion

  @Test func aliasBombIsRefused() throws {
    let levels = (1...9).map { level in
      "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    let error = try #require(failure("a0: &a0 lol\n" + levels.joined()))
    #expect(error.problem.hasPrefix("Text stands for more than 4000000 nodes"))
    // 9 to the power of 6 is half a million, of which nine on line 8 are more than four million.
    #expect(error.place.line == 8)
  }

  @Test func hugeCountsDoNotOverflow() throws {
    let levels = (1...100).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }
    let limits = DocumentLimits(maximumExpandedNodes: .max)
    #expect(try #require(failure("- &a0 x\n" + levels.joined(), limits)).place.line > 60)
  }

  @Test func mergeChainsAreBounded() throws {
    func chain(_ count: Int) -> String {
      "m0: &m0 {k0: v}\n"
        + (1..<count).map { "m\($0): &m\($0) {<<: *m\($0 - 1), k\($0): v}\n" }.joined()
    }
    let stream = try YAMLReader.documents(in: chain(200))
    #expect(stream.documents[0].root?["m199"]?.count == 200)
    #expect(failure(chain(50_000))?.problem == "Nested more than 256 levels deep")

    let base = "b: &b {" + (0..<1000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    let wide = base + (0..<5000).map { "m\($0): {<<: *b}\n" }.joined()
    #expect(failure(wide)?.problem.hasPrefix("Text stands for more than") == true)
    let list = base + "m: {<<: [" + String(repeating: "*b, ", count: 5000) + "]}\n"
    #expect(failure(list)?.problem.hasPrefix("Text stands for more than") == true)
  }

  // MARK: Size

  @Test func sizeIsLimited() {
    let limits = DocumentLimits(maximumBytes: 10)
    #expect(failure("0123456789", limits) == nil)
    #expect(failure("01234567890", limits)?.problem == "Text is larger than 10 bytes")
    #expect(jsonFailure("1234567890", limits) == nil)
    #expect(jsonFailure("12345678901", limits)?.problem == "Text is larger than 10 bytes")
  }

  @Test func manyOfAnythingIsRead() throws {
    let count = 100_000
    let documents = try YAMLReader.documents(in: String(repeating: "--- a\n", count: count))
    #expect(documents.documents.count == count)

    let anchors = (0..<count).map { "- &x\($0) 1\n- *x\($0)\n" }.joined()
    #expect(try YAMLReader.documents(in: anchors).documents[0].root?.count == 2 * count)

    let long = String(repeating: "word ", count: 1_000_000)
    #expect(try YAMLReader.documents(in: long).documents[0].root?.text.count == 4_999_999)

    let lines = String(repeating: "x\n", count: 1_000_000)
    #expect(try YAMLReader.documents(in: lines).documents[0].root?.text.count == 1_999_999)
  }

  @Test func manyDuplicatesAreReportedInBounds() throws {
    let text = String(repeating: "a: 1\n", count: 100_000)
    let document = try YAMLReader.documents(in: text).documents[0]
    #expect(document.root?.count == 1)
    #expect(document.issues.count == 1001)
    #expect(document.issues.last?.kind == .limit)
  }

  /// libyaml clears a buffer of the longest run's size for each later run.
  @Test func whiteSpaceThatWouldTakeMinutesIsRefused() throws {
    let blanks = String(repeating: " ", count: 1_000_000)
    let words = String(repeating: "b ", count: 1_000_000)
    let error = try #require(failure("a\(blanks)\(words)"))
    #expect(error.problem.hasPrefix("White space or %TAG directives"))
    #expect(failure("a\(blanks)b\n") == nil)
    #expect(failure("a\(String(repeating: "\n", count: 100_000))b c d\n") == nil)
  }

  @Test func manyTagDirectivesAreRefused() throws {
    let directives = (0..<100_000).map { "%TAG !t\($0)! x\n" }.joined()
    #expect(failure(directives + "--- a\n") != nil)
    let some = (0..<65).map { "%TAG !t\($0)! x\n" }.joined()
    #expect(failure(some + "--- a\n")?.problem == "More than 64 %TAG directives")
  }

  // MARK: Damage

  /// Damaged texts give a tree whose places fit together, or an error with a place.
  @Test(arguments: 0..<40) func damagedTextsDoNoHarm(seed: Int) throws {
    let whole = """
      a: &x {b: "c\\u00e9", <<: {q: 1}}
      d: [*x, 'e''f', !t g, ? h]
      i: |2-
          j
      ? k
      : >+
        l # m
      --- # ü
      - - n: {o: p, o: q}
        - "r
          s"
      """
    var random = SplitMix(state: UInt64(seed))
    for _ in 0..<200 {
      var bytes = Array(whole.utf8)
      for _ in 0...random.below(3) {
        let position = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: position)
        default: bytes.insert(bytes[random.below(bytes.count)], at: position)
        }
      }
      checkYAML(bytes)
      do throws(DocumentError) {
        if let root = try JSONReader.document(in: bytes).root { check(root) }
      } catch {
        #expect(error.place >= Place(line: 1, column: 1))
      }
    }
  }

  private func checkYAML(_ bytes: [UInt8]) {
    do throws(DocumentError) {
      let stream = try YAMLReader.documents(in: bytes)
      for document in stream.documents {
        if let root = document.root { check(root) }
      }
      #expect(stream.comments().allSatisfy { $0.range.start < $0.range.end })
    } catch {
      #expect(error.place >= Place(line: 1, column: 1), "\(bytes)")
    }
  }

  private func check(_ node: Node) {
    #expect(node.range.start <= node.range.end)
    let children = node.elements.map { $0 } + node.rawEntries.flatMap { [$0.key, $0.value] }
    var previous = node.range.start
    for child in children {
      let range = child.aliasRange ?? child.range
      #expect(range.start >= previous && range.end <= node.range.end)
      previous = range.start
      if child.aliasRange == nil { check(child) }
    }
  }
}

/// A random number generator that gives the same numbers on each run.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
