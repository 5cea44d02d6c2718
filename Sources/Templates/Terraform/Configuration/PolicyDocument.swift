import DocumentTrees
import Workloads

/// What `data "aws_iam_policy_document"` makes of its blocks: a policy as IAM has it.
enum PolicyDocument {
  static func make(_ body: Datum) -> Datum {
    var statements = DatumList([])
    for name in ["source_json", "source_policy_documents"] {
      add(documents: body[name], to: &statements)
    }
    let own = body["statement"]
    for block in own.elements { add(statement(block), to: &statements) }
    statements.more = statements.more ?? (own.isAbsent ? nil : own.more)
    for name in ["override_json", "override_policy_documents"] {
      add(documents: body[name], to: &statements)
    }
    var document = DatumObject()
    let version = body["version"]
    document.set("Version", version.isNothing ? text("2012-10-17", body.origin) : version)
    if !body["policy_id"].isNothing { document.set("Id", body["policy_id"]) }
    document.set("Statement", Datum(.list(statements), own.isAbsent ? body.origin : own.origin))
    return Datum(.object(document), body.origin)
  }

  private static func text(_ text: String, _ origin: Origin) -> Datum {
    Datum(.text(text), origin)
  }

  /// The statements of other documents; those that cannot be read may say anything.
  private static func add(documents: Datum, to statements: inout DatumList) {
    if documents.isNothing { return }
    let list = documents.decoded == nil ? documents.elements : [documents]
    for document in list where !document.isNothing {
      var content = document
      if !content.isObject {
        guard let text = document.string.known,
          let root = (try? JSONReader.document(in: text))?.root
        else {
          let gap = document.firstGap ?? Gap("a policy it is made from is no JSON")
          statements.more = statements.more ?? Gap(gap.reason)
          continue
        }
        content = placed(Datum.hcl(root, in: document.origin), document.origin, depth: 0)
      }
      let inner = content["Statement"]
      for statement in inner.elements { add(statement, to: &statements) }
      if !inner.isAbsent { statements.more = statements.more ?? inner.more }
    }
    if case .list(let own) = documents.content { statements.more = statements.more ?? own.more }
    if let gap = documents.gap { statements.more = statements.more ?? Gap(gap.reason) }
  }

  /// A value read from a text inside a file: its places are where the text is used.
  private static func placed(_ value: Datum, _ origin: Origin, depth: Int) -> Datum {
    guard depth < 32 else { return .unknown("it is nested too deeply", origin) }
    var copy = value
    copy.origin = origin
    switch value.content {
    case .list(let list):
      copy.content = .list(
        DatumList(list.elements.map { placed($0, origin, depth: depth + 1) }, more: list.more)
      )
    case .object(let object):
      copy.content = .object(
        DatumObject(
          object.entries.map {
            .init($0.key, placed($0.value, origin, depth: depth + 1), keyOrigin: origin)
          },
          more: object.more
        )
      )
    default: break
    }
    return copy
  }

  /// A later statement takes the place of one with the same id.
  private static func add(_ statement: Datum, to statements: inout DatumList) {
    if let id = statement["Sid"].string.known, !id.isEmpty,
      let index = statements.elements.firstIndex(where: { $0["Sid"].string.known == id })
    {
      statements.elements[index] = statement
    } else {
      statements.elements.append(statement)
    }
  }

  private static func statement(_ block: Datum) -> Datum {
    if block.gap != nil { return block }
    var result = DatumObject()
    func copy(_ key: String, _ name: String) {
      let value = block[key]
      if value.isNothing { return }
      let entry = block.entries.first { $0.key == key }
      result.set(.init(name, unescaped(value), keyOrigin: entry?.keyOrigin))
    }
    copy("sid", "Sid")
    let effect = block["effect"]
    result.set("Effect", effect.isNothing ? text("Allow", block.origin) : effect)
    copy("actions", "Action")
    copy("not_actions", "NotAction")
    copy("resources", "Resource")
    copy("not_resources", "NotResource")
    for (key, name) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
      let blocks = block[key]
      if !blocks.isAbsent { result.set(name, principals(blocks)) }
    }
    let conditions = block["condition"]
    if !conditions.isAbsent { result.set("Condition", self.conditions(conditions)) }
    if case .object(let object) = block.content { result.more = object.more }
    return Datum(.object(result), block.origin)
  }

  /// `&{aws:username}` stands for `${aws:username}`, which HCL would take for its own.
  private static func unescaped(_ value: Datum) -> Datum {
    switch value.content {
    case .text(let plain) where plain.contains("&{"):
      return Datum(
        .text(HCLFunctions.split(plain, by: "&{").joined(separator: "${")),
        value.origin
      )
    case .partial(let parts):
      let plain = parts.map { part in
        guard case .text(let text) = part, text.contains("&{") else { return part }
        return TextPart.text(HCLFunctions.split(text, by: "&{").joined(separator: "${"))
      }
      return Datum(.partial(plain), value.origin)
    case .list(var list):
      list.elements = list.elements.map(unescaped)
      return Datum(.list(list), value.origin)
    default: return value
    }
  }

  private static func principals(_ blocks: Datum) -> Datum {
    var object = DatumObject(more: blocks.isList ? blocks.more : nil)
    for block in blocks.elements {
      let names = block["identifiers"]
      guard let type = block["type"].string.known else {
        object.more = Gap("the type of a principal is not known")
        continue
      }
      if type == "*", names.strings.map(\.known) == ["*"] { return text("*", block.origin) }
      if let known = object[type] {
        let all = known.elements + names.elements
        object.set(type, Datum(.list(DatumList(all, more: known.more ?? names.more)), known.origin))
      } else {
        object.set(type, unescaped(names))
      }
    }
    return Datum(.object(object), blocks.origin)
  }

  private static func conditions(_ blocks: Datum) -> Datum {
    var object = DatumObject(more: blocks.isList ? blocks.more : nil)
    for block in blocks.elements {
      guard let test = block["test"].string.known, let variable = block["variable"].string.known
      else {
        object.more = Gap("a condition is not known")
        continue
      }
      var inner = DatumObject()
      if case .object(let known)? = object[test]?.content { inner = known }
      inner.set(variable, unescaped(block["values"]))
      object.set(test, Datum(.object(inner), block.origin))
    }
    return Datum(.object(object), blocks.origin)
  }
}
