import DocumentTrees
import Workloads

/// The instances that `count` or `for_each` make of a block.
struct TerraformExpansion {
  enum Kind { case single, counted, keyed, unknown }

  /// One instance.
  struct Part {
    /// `[0]`, `["a"]`, or nothing.
    var suffix = ""
    /// The key within the brackets, as a text.
    var key = ""
    /// What `each` or `count` stand for in it.
    var variable: (name: String, value: Datum)?

    func bind(_ evaluator: inout HCLEvaluator) {
      if let variable { evaluator.variables[variable.name] = variable.value }
    }
  }

  var kind: Kind
  var instances: [Part]
  /// Whether the instances are made at all.
  var isDeclared: Value<Bool> = .known(true)

  var isUnknown: Bool { kind == .unknown }
  /// Whether references to it carry an index.
  var isIndexed: Bool { kind != .single }
  var keys: [String] { instances.map(\.key) }

  init(_ kind: Kind, _ instances: [Part], isDeclared: Value<Bool> = .known(true)) {
    self.kind = kind
    self.instances = instances
    self.isDeclared = isDeclared
  }

  init(unknown reason: String) {
    kind = .unknown
    isDeclared = .unknown(reason)
    instances = [
      Part(
        variable: (
          "each",
          Datum(
            .object(
              DatumObject([.init("key", .unknown(reason)), .init("value", .unknown(reason))])
            ),
            .none
          )
        )
      )
    ]
  }

  init(
    _ block: TerraformBlock,
    _ name: String,
    _ instance: TerraformInstance
  ) throws(HCLFailure) {
    if let (file, attribute) = block.attribute("count") {
      let evaluator = instance.evaluator(in: file)
      let value = try evaluator.value(attribute.value)
      let location = SourceLocation(file: file, range: attribute.value.range)
      self = try Self.counted(value, name, location, instance)
    } else if let (file, attribute) = block.attribute("for_each") {
      let evaluator = instance.evaluator(in: file)
      let value = try evaluator.value(attribute.value)
      let location = SourceLocation(file: file, range: attribute.value.range)
      self = try Self.keyed(value, name, location, instance)
    } else {
      kind = .single
      instances = [Part()]
    }
  }

  private static func counted(
    _ value: Datum,
    _ name: String,
    _ location: SourceLocation,
    _ instance: TerraformInstance
  ) throws(HCLFailure) -> TerraformExpansion {
    if let gap = value.firstGap {
      let index = Datum.unknown(gap.reason, value.origin)
      let object = DatumObject([.init("index", index)])
      let part = Part(variable: ("count", Datum(.object(object), value.origin)))
      return TerraformExpansion(.unknown, [part], isDeclared: .unknown(gap.reason))
    }
    guard let number = try HCLConvert.number(value), let count = number.integer, count >= 0 else {
      throw HCLFailure(.value, "count must be a whole number", location.range)
    }
    if count > TerraformProject.maximumInstances {
      instance.project.note(
        .limit,
        location,
        "\(name) has more than \(TerraformProject.maximumInstances) instances; "
          + "only these are looked at."
      )
    }
    let parts = (0..<min(count, TerraformProject.maximumInstances)).map { index in
      let object = DatumObject([.init("index", Datum(.integer(index), value.origin))])
      return Part(
        suffix: "[\(index)]",
        key: String(index),
        variable: ("count", Datum(.object(object), value.origin))
      )
    }
    return TerraformExpansion(.counted, parts)
  }

  private static func keyed(
    _ value: Datum,
    _ name: String,
    _ location: SourceLocation,
    _ instance: TerraformInstance
  ) throws(HCLFailure) -> TerraformExpansion {
    guard let pairs = try HCLEvaluator.pairs(value) else {
      return TerraformExpansion(unknown: value.more?.reason ?? "for_each is not known")
    }
    var instances: [Part] = []
    for (key, element) in pairs.prefix(TerraformProject.maximumInstances) {
      let text = try HCLConvert.text(key)
      guard let word = text.string.known else {
        return TerraformExpansion(
          unknown: text.firstGap?.reason ?? "a key of for_each is not known"
        )
      }
      let object = DatumObject([.init("key", text), .init("value", element)])
      instances.append(
        Part(
          suffix: "[\(HCLJSON.quoted(word))]",
          key: word,
          variable: ("each", Datum(.object(object), value.origin))
        )
      )
    }
    if pairs.count > TerraformProject.maximumInstances {
      instance.project.note(
        .limit,
        location,
        "\(name) has more than \(TerraformProject.maximumInstances) instances; "
          + "only these are looked at."
      )
    }
    // How many more there are is not known; the known ones are made in any case.
    if let more = value.more, instances.isEmpty {
      return TerraformExpansion(unknown: more.reason)
    }
    return TerraformExpansion(.keyed, instances)
  }

  /// Values of all instances as Terraform has them: a list, or an object by key.
  func collection(_ values: [Datum], _ origin: Origin) -> Datum {
    if kind == .keyed {
      let entries = zip(keys, values).map { DatumObject.Entry($0, $1) }
      return Datum(.object(DatumObject(entries)), origin)
    }
    return Datum(.list(DatumList(values)), origin)
  }
}
