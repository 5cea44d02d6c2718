import DocumentTrees

/// The JSON syntax of Terraform, as the same bodies and expressions as the native one.
///
/// Nested blocks and attributes look alike in JSON, so all that a resource has are attributes here;
/// who reads a block as a list of objects reads them just as well.
enum TerraformJSON {
  /// How many names stand before the body of a block.
  private static let labels = [
    "terraform": 0, "locals": 0, "moved": 0, "import": 0, "removed": 0, "provider": 1,
    "variable": 1, "module": 1, "output": 1, "check": 1, "resource": 2, "data": 2, "ephemeral": 2,
  ]

  static func file(_ bytes: [UInt8], _ limits: DocumentLimits) -> HCLFile {
    let start = Place(line: 1, column: 1)
    do {
      let root = try JSONReader.document(in: bytes, limits: limits).root
      let empty = HCLBody(range: PlaceRange(start: start, end: start))
      guard let root else { return HCLFile(body: empty, failures: []) }
      var reader = Reader()
      var body = HCLBody(range: root.range)
      for object in root.isSequence ? Array(root.elements) : [root] {
        for entry in object.entries where entry.key.text != "//" {
          let type = entry.key.text
          guard let count = labels[type] else {
            reader.failures.append(
              HCLFailure(.syntax, "\(type) is no block of Terraform", entry.key.range)
            )
            continue
          }
          reader.blocks(type, entry.key.range, entry.value, count, [], &body)
        }
      }
      return HCLFile(body: body, failures: reader.failures)
    } catch {
      let range = PlaceRange(start: error.place, end: error.place)
      return HCLFile(
        body: HCLBody(range: range),
        failures: [HCLFailure(.syntax, error.problem, range)]
      )
    }
  }

  private struct Reader {
    var failures: [HCLFailure] = []

    mutating func blocks(
      _ type: String,
      _ range: PlaceRange,
      _ node: Node,
      _ missing: Int,
      _ labels: [HCLLabel],
      _ body: inout HCLBody
    ) {
      for object in node.isSequence ? Array(node.elements) : [node] {
        guard object.isMapping else {
          if !object.isNull {
            failures.append(HCLFailure(.syntax, "an object is required here", object.range))
          }
          continue
        }
        guard missing == 0 else {
          for entry in object.entries where entry.key.text != "//" {
            let label = HCLLabel(text: entry.key.text, range: entry.key.range)
            blocks(type, entry.key.range, entry.value, missing - 1, labels + [label], &body)
          }
          continue
        }
        body.blocks.append(
          HCLBlock(type: type, labels: labels, body: content(object, type), range: range)
        )
      }
    }

    private mutating func content(_ object: Node, _ type: String) -> HCLBody {
      var body = HCLBody(range: object.range)
      for entry in object.entries where entry.key.text != "//" {
        let name = entry.key.text
        if name == "dynamic", type == "resource" || type == "data" || type == "content" {
          blocks("dynamic", entry.key.range, entry.value, 1, [], &body)
        } else if name == "content", type == "dynamic" {
          blocks("content", entry.key.range, entry.value, 0, [], &body)
        } else {
          let isLiteral = type == "variable"
          var value = expression(entry.value, isLiteral: isLiteral, depth: 0)
          // A type is written as an expression inside of a text.
          if isLiteral, name == "type", case .text(let text) = value.kind,
            let type = try? HCLParser.expression(Array(text.utf8))
          {
            value.kind = type.kind
          }
          body.attributes.append(
            HCLAttribute(name: name, nameRange: entry.key.range, value: value)
          )
        }
      }
      return body
    }

    private mutating func expression(
      _ node: Node,
      isLiteral: Bool,
      depth: Int
    ) -> HCLExpression {
      let range = node.range
      guard depth < HCLParser.maximumDepth else {
        failures.append(HCLFailure(.limit, "nested too deeply", range))
        return HCLExpression(.broken, range)
      }
      switch node.kind {
      case .mapping:
        var items: [HCLItem] = []
        for entry in node.entries where entry.key.text != "//" {
          items.append(
            HCLItem(
              key: text(entry.key, isLiteral: isLiteral),
              value: expression(entry.value, isLiteral: isLiteral, depth: depth + 1)
            )
          )
        }
        return HCLExpression(.object(items), range)
      case .sequence:
        return HCLExpression(
          .tuple(
            node.elements.map { expression($0, isLiteral: isLiteral, depth: depth + 1) }
          ),
          range
        )
      case .scalar:
        if node.isNull { return HCLExpression(.null, range) }
        if let flag = node.bool { return HCLExpression(.flag(flag), range) }
        if node.style == .plain, let number = BigNumber(node.text) {
          return HCLExpression(.number(number), range)
        }
        return text(node, isLiteral: isLiteral)
      }
    }

    private mutating func text(_ node: Node, isLiteral: Bool) -> HCLExpression {
      let text = node.text
      guard !isLiteral, text.contains("${") || text.contains("%{") else {
        return HCLExpression(.text(text), node.range)
      }
      do throws(HCLFailure) {
        var expression = try HCLParser.template(Array(text.utf8), at: node.range.start)
        expression.range = node.range
        return expression
      } catch {
        failures.append(HCLFailure(error.kind, error.message, node.range))
        return HCLExpression(.broken, node.range)
      }
    }
  }
}
