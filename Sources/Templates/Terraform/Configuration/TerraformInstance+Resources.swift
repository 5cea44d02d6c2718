import DocumentTrees
import Workloads

/// What a module declares, and what is known of it before it is deployed.
extension TerraformInstance {
  func expansion(
    _ key: String,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> TerraformExpansion {
    if let known = expansions[key] { return known }
    let expansion = try TerraformExpansion(block, key, self)
    expansions[key] = expansion
    return expansion
  }

  func resource(
    _ type: String,
    _ name: String,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let key = "\(type).\(name)"
    guard let block = module.resources[key] else {
      throw HCLFailure(.undeclared, "\(key) is not declared")
    }
    guard !underWay.contains("instances of \(key)") else {
      throw HCLFailure(.value, "\(key) depends on itself")
    }
    underWay.insert("instances of \(key)")
    defer { underWay.remove("instances of \(key)") }
    let expansion = try expansion(key, block)
    underWay.remove("instances of \(key)")
    var part: TerraformExpansion.Part? = expansion.instances.first
    var used = 1
    if steps.count > 1, case .index(let index) = steps[1].kind {
      let wanted = try evaluator.value(index)
      used = 2
      if let text = wanted.string.known, expansion.isIndexed {
        part = expansion.instances.first { $0.key == text }
        if part == nil, !expansion.isUnknown {
          throw HCLFailure(.value, "\(key) has no such instance", steps[1].range)
        }
      } else if expansion.isIndexed {
        // Which of them it is cannot be told, but it is one of them.
        return (reference(key, steps.dropFirst(2).attributePath, origin), steps.count)
      }
    } else if expansion.isIndexed, !expansion.isUnknown {
      let references = expansion.instances.map { reference(key + $0.suffix, "", origin) }
      return (expansion.collection(references, origin), 1)
    }
    let suffix = part?.suffix ?? ""
    guard steps.count > used, let attribute = steps[used].name else {
      // `[*]` behind it makes a list of one.
      return (reference(key + suffix, "", origin), used)
    }
    // Null says that the platform chooses.
    if let stated = try stated(attribute, key, part, block), stated.firstGap == nil,
      !stated.isNothing
    {
      return (stated, used + 1)
    }
    if let found = try stated(in: attribute, steps.dropFirst(used), key, part, block, evaluator) {
      return (found, steps.count)
    }
    let rest = steps.dropFirst(used).attributePath
    let whole = reference(key + suffix, rest, origin)
    if steps.count == used + 1, let made = try derived(attribute, whole, key, part, block) {
      return (made, steps.count)
    }
    return (whole, steps.count)
  }

  /// An attribute that the platform makes from a stated one, as far as it is known from that.
  private func derived(
    _ attribute: String,
    _ whole: Datum,
    _ key: String,
    _ part: TerraformExpansion.Part?,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> Datum? {
    // The host has the account and the region; the repository's name comes behind it.
    guard attribute == "repository_url", key.hasPrefix("aws_ecr_repository."),
      let name = try stated("name", key, part, block)
    else { return nil }
    return Datum.concatenate([whole, Datum(.text("/"), whole.origin), name], whole.origin)
  }

  func reference(_ name: String, _ attribute: String, _ origin: Origin) -> Datum {
    .reference(
      DatumReference(address(name), attribute: attribute),
      because: "it is known only once deployed",
      origin
    )
  }

  /// An attribute as the resource states it; nil if it does not, or needs itself.
  private func stated(
    _ name: String,
    _ key: String,
    _ part: TerraformExpansion.Part?,
    _ block: TerraformBlock
  ) throws(HCLFailure) -> Datum? {
    guard let (file, attribute) = block.attribute(name), name != "id" else { return nil }
    let memo = "\(key)\(part?.suffix ?? "").\(name)"
    if underWay.contains(memo) { return nil }
    do throws(HCLFailure) {
      return try once(memo) { () throws(HCLFailure) in
        var evaluator = evaluator(in: file)
        part?.bind(&evaluator)
        return try evaluator.value(attribute.value)
      }
    } catch {
      if error.kind == .limit { throw error }
      return nil
    }
  }

  /// What a block of the resource states, such as `metadata[0].name`; nil if it does not, or not fully.
  private func stated(
    in name: String,
    _ steps: ArraySlice<HCLStep>,
    _ key: String,
    _ part: TerraformExpansion.Part?,
    _ block: TerraformBlock,
    _ evaluator: HCLEvaluator
  ) throws(HCLFailure) -> Datum? {
    let memo = "\(key)\(part?.suffix ?? "")"
    guard block.hasBlocks(name), !underWay.contains(memo) else { return nil }
    do throws(HCLFailure) {
      let body = try once(memo) { () throws(HCLFailure) in
        try TerraformBody(self, part).value(of: block)
      }
      let value = try evaluator.follow(steps, from: body)
      return value.firstGap == nil ? value : nil
    } catch {
      if error.kind == .limit { throw error }
      return nil
    }
  }

  func dataSource(
    _ sort: String,
    _ words: [String],
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator,
    _ origin: Origin
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let key = "\(words[0]).\(words[1])"
    guard sort == "ephemeral" || module.dataSources[key] != nil else {
      throw HCLFailure(.undeclared, "the data source \(key) is not declared")
    }
    if words[0] == "aws_iam_policy_document", let block = module.dataSources[key] {
      if let found = try policy(key, block, steps, evaluator) { return found }
    }
    let reason =
      switch words[0] {
      case "aws_caller_identity": "the account is known only when Terraform runs"
      case "aws_region", "aws_partition": "the region is known only when Terraform runs"
      default: "the data source \(key) is read when Terraform runs"
      }
    return (
      Datum.reference(
        DatumReference(
          address("\(sort).\(key)"),
          attribute: steps.dropFirst(2).attributePath
        ),
        because: reason,
        origin
      ), steps.count
    )
  }

  private func policy(
    _ key: String,
    _ block: TerraformBlock,
    _ steps: [HCLStep],
    _ evaluator: HCLEvaluator
  ) throws(HCLFailure) -> (value: Datum, used: Int)? {
    let expansion = try expansion("data.\(key)", block)
    var used = 2
    var part = expansion.instances.first
    if expansion.isIndexed, steps.count > 2, case .index(let index) = steps[2].kind {
      used = 3
      guard let wanted = try evaluator.value(index).string.known else { return nil }
      if !expansion.isUnknown { part = expansion.instances.first { $0.key == wanted } }
    }
    guard steps.count > used, let attribute = steps[used].name,
      attribute == "json" || attribute == "minified_json", let part
    else { return nil }
    let value = try once("data.\(key)\(part.suffix)") { () throws(HCLFailure) in
      let body = try TerraformBody(self, part).value(of: block)
      let document = PolicyDocument.make(body)
      let parts = try HCLJSON.encode(document, project.session)
      return Datum(.encoded(EncodedText(document, as: .json, parts: parts)), block.origin)
    }
    return (value, used + 1)
  }

  /// The tags that a provider adds to all its resources.
  func defaultTags(_ provider: String) -> [DatumObject.Entry] {
    guard let block = module.providers[provider] else {
      return parent?.defaultTags(String(provider.prefix { $0 != "." })) ?? []
    }
    guard let value = try? TerraformBody(self, nil).value(of: block) else { return [] }
    return value["default_tags"].elements.first?["tags"].entries ?? []
  }
}
