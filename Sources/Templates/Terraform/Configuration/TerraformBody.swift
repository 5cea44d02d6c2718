import DocumentTrees
import Workloads

/// Evaluates the body of a resource: its attributes, blocks and dynamic blocks.
struct TerraformBody {
  private let instance: TerraformInstance
  private let part: TerraformExpansion.Part?
  private static let maximumBlocks = 512

  init(_ instance: TerraformInstance, _ part: TerraformExpansion.Part?) {
    self.instance = instance
    self.part = part
  }

  /// The body as an object: attributes, and of each type of blocks the list of them.
  func value(of block: TerraformBlock) throws(HCLFailure) -> Datum {
    var object = DatumObject()
    for layer in block.layers {
      var evaluator = instance.evaluator(in: layer.file)
      part?.bind(&evaluator)
      let own = try content(layer.body, evaluator, isTop: true, depth: 0)
      // Attributes and blocks of an override file take the place of those before.
      for entry in own.entries { object.set(entry) }
      object.more = object.more ?? own.more
    }
    return Datum(.object(object), block.origin)
  }

  private func content(
    _ body: HCLBody,
    _ evaluator: HCLEvaluator,
    isTop: Bool,
    depth: Int
  ) throws(HCLFailure) -> DatumObject {
    try evaluator.session.step()
    guard depth < 32 else { throw HCLFailure(.limit, "blocks are nested too deeply", body.range) }
    var object = DatumObject()
    for attribute in body.attributes {
      if isTop, TerraformWords.resourceWords.contains(attribute.name) { continue }
      let place = evaluator.origin(attribute.nameRange)
      let value = try value(of: attribute, evaluator)
      object.set(.init(attribute.name, value, keyOrigin: place))
    }
    var lists: [String: DatumList] = [:]
    for block in body.blocks {
      if isTop, TerraformWords.resourceWords.contains(block.type) { continue }
      let origin = evaluator.origin(block.range)
      if block.type == "dynamic", let label = block.labels.first?.text {
        try dynamic(label, block, evaluator, &lists[label, default: DatumList([])], depth: depth)
      } else {
        var inner = try content(block.body, evaluator, isTop: false, depth: depth + 1)
        // Few blocks of resources have labels; they are kept as what they are.
        if let label = block.labels.first {
          inner.set("name", Datum(.text(label.text), evaluator.origin(label.range)))
        }
        lists[block.type, default: DatumList([])].elements.append(
          Datum(.object(inner), origin)
        )
      }
    }
    for block in body.blocks {
      let type = block.type == "dynamic" ? block.labels.first?.text ?? "" : block.type
      guard let list = lists.removeValue(forKey: type) else { continue }
      if list.elements.isEmpty, list.more == nil { continue }
      let origin = list.elements.first?.origin ?? evaluator.origin(block.range)
      object.set(.init(type, Datum(.list(list), origin), keyOrigin: origin))
    }
    return object
  }

  /// The value of an attribute; one that Terraform would refuse is unknown, with a notice.
  private func value(
    of attribute: HCLAttribute,
    _ evaluator: HCLEvaluator
  ) throws(HCLFailure) -> Datum {
    do throws(HCLFailure) {
      return try evaluator.value(attribute.value)
    } catch {
      instance.project.note(error, attribute.name, evaluator.file, attribute.value.range)
      return .unknown(error.message, evaluator.origin(attribute.value.range))
    }
  }

  private func dynamic(
    _ label: String,
    _ block: HCLBlock,
    _ evaluator: HCLEvaluator,
    _ list: inout DatumList,
    depth: Int
  ) throws(HCLFailure) {
    guard let collection = block.body.attribute("for_each"),
      let content = block.body.blocks.first(where: { $0.type == "content" })
    else { return }
    var iterator = label
    if let word = block.body.attribute("iterator"), case .name(let name) = word.value.kind {
      iterator = name
    }
    let origin = evaluator.origin(content.range)
    let value = try value(of: collection, evaluator)
    func element(_ key: Datum, _ value: Datum) throws(HCLFailure) -> Datum {
      var inner = evaluator
      inner.variables[iterator] = Datum(
        .object(DatumObject([.init("key", key), .init("value", value)])),
        value.origin
      )
      let object = try self.content(content.body, inner, isTop: false, depth: depth + 1)
      return Datum(.object(object), origin)
    }
    do throws(HCLFailure) {
      guard let pairs = try HCLEvaluator.pairs(value) else {
        let gap = value.more ?? Gap("for_each is not known")
        let unknown = Datum.unknown(gap.reason, value.origin)
        list.elements.append(try element(unknown, unknown))
        list.more = gap
        return
      }
      for (key, value) in pairs.prefix(Self.maximumBlocks) {
        list.elements.append(try element(key, value))
      }
      list.more = list.more ?? value.more
      if pairs.count > Self.maximumBlocks {
        list.more = Gap("there are more than \(Self.maximumBlocks) blocks")
        instance.project.note(
          .limit,
          SourceLocation(file: evaluator.file, range: collection.value.range),
          "More than \(Self.maximumBlocks) blocks \(label); only these are looked at."
        )
      }
    } catch {
      if error.kind == .limit { throw error }
      instance.project.note(error, label, evaluator.file, collection.value.range)
      list.more = Gap(error.message)
    }
  }
}
