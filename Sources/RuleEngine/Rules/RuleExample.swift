package import DocumentTrees

/// A small project in a rule's `examples:`, with the places that its findings must point to.
package struct RuleExample: Hashable, Sendable {
  package struct Mark: Hashable, Comparable, Sendable {
    package var file: String
    package var place: Place

    package init(file: String, place: Place) {
      self.file = file
      self.place = place
    }

    package static func < (left: Mark, right: Mark) -> Bool {
      (left.file, left.place) < (right.file, right.place)
    }
  }

  package var isBad: Bool
  /// Texts by path, without marks.
  package var files: [String: String]
  /// Sorted; empty for a good example.
  package var marks: [Mark]
  /// The line of the rule's file on which the example begins.
  package var line: Int

  /// The character that marks a place; it is taken out before the text is read.
  static let mark: Unicode.Scalar = "↓"
}

extension Rule {
  /// Reads the rule's examples.
  package func parsedExamples() throws(RuleError) -> [RuleExample] {
    let root: Node?
    do {
      root = try YAMLReader.document(in: Array(examples.text.utf8), limits: DocumentLimits())?.root
    } catch {
      throw RuleError(file: location.file, place: shifted(error.place), problem: error.problem)
    }
    guard let examples = root?["examples"] else { return [] }
    var parsed: [RuleExample] = []
    for (key, list) in examples.entries {
      guard key.text == "bad" || key.text == "good", list.isSequence else {
        throw RuleError(
          file: location.file,
          place: shifted(key.range.start),
          problem: "examples are lists named 'bad' and 'good'"
        )
      }
      for node in list.elements { parsed.append(try example(node, isBad: key.text == "bad")) }
    }
    return parsed
  }

  private func example(_ node: Node, isBad: Bool) throws(RuleError) -> RuleExample {
    var example = RuleExample(
      isBad: isBad,
      files: [:],
      marks: [],
      line: Int(shifted(node.range.start).line)
    )
    var texts: [(String, String)] = []
    if let file = node["file"], let text = node["text"] { texts.append((file.text, text.text)) }
    for (key, value) in node["files"]?.entries.map({ ($0.key, $0.value) }) ?? [] {
      texts.append((key.text, value.text))
    }
    for (key, _) in node.entries where !["file", "text", "files"].contains(key.text) {
      throw RuleError(
        file: location.file,
        place: shifted(key.range.start),
        problem: "an example has 'file' and 'text', or 'files', not '\(key.text)'"
      )
    }
    if texts.isEmpty {
      throw RuleError(
        file: location.file,
        place: shifted(node.range.start),
        problem: "the example has no file"
      )
    }
    for (path, text) in texts {
      let (plain, marks) = Self.takeOutMarks(text, file: path)
      example.files[path] = plain
      example.marks += marks
    }
    example.marks.sort()
    if isBad == example.marks.isEmpty {
      throw RuleError(
        file: location.file,
        place: shifted(node.range.start),
        problem: isBad ? "a bad example needs a mark ↓" : "a good example has no mark ↓"
      )
    }
    return example
  }

  private func shifted(_ place: Place) -> Place {
    Place(line: Int(place.line) + examples.line - 1, column: Int(place.column))
  }

  private static func takeOutMarks(
    _ text: String,
    file: String
  ) -> (String, [RuleExample.Mark]) {
    var plain = String.UnicodeScalarView()
    var marks: [RuleExample.Mark] = []
    var line = 1
    var column = 1
    for scalar in text.unicodeScalars {
      if scalar == RuleExample.mark {
        marks.append(.init(file: file, place: Place(line: line, column: column)))
        continue
      }
      plain.append(scalar)
      column += 1
      if scalar == "\n" {
        line += 1
        column = 1
      }
    }
    return (String(plain), marks)
  }
}
