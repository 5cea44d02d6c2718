import Templates
import Workloads

/// How Terraform spells a type of Azure: where each argument stands in the body that Azure takes.
struct TerraformSpelling: Sendable {
  indirect enum Field: Sendable {
    /// The value as it is.
    case to(String)
    /// A truth value that Azure spells `Enabled` and `Disabled`.
    case enabled(String)
    /// A truth value that Azure turns around.
    case not(String)
    /// The first of its blocks as an object.
    case block(String, [String: Field])
    /// Its blocks as a list.
    case list(String, [String: Field])
    /// Probes of a container, which Azure keeps in one list.
    case probes(String)
    /// A text put into a list of one.
    case only(String)
    /// The value in several places.
    case both(Field, Field)
  }

  var type: String
  var fields: [String: Field]
  /// The argument that names the resource it is a part of.
  var parent: String?
  /// What needs more than moving.
  var finish: (@Sendable (Datum, inout AzureBodyBuilder) -> Void)?

  init(
    _ type: String,
    _ fields: [String: Field] = [:],
    parent: String? = nil,
    finish: (@Sendable (Datum, inout AzureBodyBuilder) -> Void)? = nil
  ) {
    self.type = type
    self.fields = fields
    self.parent = parent
    self.finish = finish
  }

  /// What every resource may state.
  private static let common: [String: Field] = [
    "name": .to("name"), "location": .to("location"), "tags": .to("tags"), "id": .to("id"),
  ]

  /// The resource as Azure would be told of it.
  func body(of declared: DeclaredResource) -> DeclaredResource {
    var builder = AzureBodyBuilder()
    let source = declared.properties
    Self.move(source, Self.common.merging(fields) { _, own in own }, &builder)
    let identity = source["identity"].elements.first ?? .absent(declared.origin)
    if !identity.isNothing { builder.set("identity", TerraformIdentity.body(identity)) }
    finish?(source, &builder)
    var result = declared
    result.type = type
    result.properties = Datum(.object(builder.object), declared.origin)
    if let parent, let address = source[parent].references.first?.address {
      result.parent = address
    }
    if result.scopeLevel.isEmpty { result.scopeLevel = "resourceGroup" }
    return result
  }

  static func move(
    _ source: Datum,
    _ fields: [String: Field],
    _ builder: inout AzureBodyBuilder
  ) {
    for entry in source.entries {
      guard let field = fields[entry.key] else { continue }
      move(entry.value, field, &builder)
    }
    if let more = source.more { builder.object.more = more }
  }

  private static func move(_ value: Datum, _ field: Field, _ builder: inout AzureBodyBuilder) {
    guard !value.isAbsent else { return }
    switch field {
    case .to(let path): builder.set(path, value)
    case .enabled(let path):
      builder.set(path, mapped(value) { $0 ? .text("Enabled") : .text("Disabled") })
    case .not(let path): builder.set(path, mapped(value) { .flag(!$0) })
    case .only(let path):
      if !value.isNothing { builder.set(path, Datum(.list(DatumList([value])), value.origin)) }
    case .probes(let purpose):
      let probes = value.elements.map { TerraformProbe.body($0, purpose) }
      builder.append("probes", probes, more: value.more, value.origin)
    case .both(let first, let second):
      move(value, first, &builder)
      move(value, second, &builder)
    case .block(let path, let fields):
      guard let first = value.elements.first else {
        if let gap = value.more { builder.set(path, Datum(.unknown(gap), value.origin)) }
        return
      }
      builder.set(path, object(first, fields))
    case .list(let path, let fields):
      let elements = value.elements.map { object($0, fields) }
      builder.append(path, elements, more: value.more, value.origin)
    }
  }

  static func object(_ source: Datum, _ fields: [String: Field]) -> Datum {
    if source.gap != nil { return source }
    var builder = AzureBodyBuilder()
    move(source, fields, &builder)
    return Datum(.object(builder.object), source.origin)
  }

  private static func mapped(_ value: Datum, _ change: (Bool) -> Datum.Content) -> Datum {
    guard let flag = value.flag.known else { return value }
    return Datum(change(flag), value.origin)
  }
}

/// A body in the making.
struct AzureBodyBuilder {
  var object = DatumObject()

  /// Sets the value at a path of keys, such as `properties.sku.name`.
  mutating func set(_ path: String, _ value: Datum) {
    set(path.split(separator: ".")[...], value)
  }

  /// Adds elements to the list at a path.
  mutating func append(_ path: String, _ elements: [Datum], more: Gap?, _ origin: Origin) {
    let before = value(path.split(separator: ".")[...])
    let all = (before?.elements ?? []) + elements
    set(path, Datum(.list(DatumList(all, more: more ?? before?.more)), before?.origin ?? origin))
  }

  private func value(_ path: ArraySlice<Substring>) -> Datum? {
    guard let key = path.first, let value = object[String(key)] else { return nil }
    if path.count == 1 { return value }
    guard case .object(let inner) = value.content else { return nil }
    return AzureBodyBuilder(object: inner).value(path.dropFirst())
  }

  private mutating func set(_ path: ArraySlice<Substring>, _ value: Datum) {
    guard let key = path.first.map(String.init) else { return }
    guard path.count > 1 else {
      object.set(key, value)
      return
    }
    var inner = AzureBodyBuilder()
    let before = object[key]
    if case .object(let own)? = before?.content { inner.object = own }
    inner.set(path.dropFirst(), value)
    object.set(key, Datum(.object(inner.object), before?.origin ?? value.origin))
  }
}

/// The identity block, which is the same everywhere.
enum TerraformIdentity {
  static func body(_ block: Datum) -> Datum {
    var builder = AzureBodyBuilder()
    if !block["type"].isAbsent { builder.set("type", block["type"]) }
    let ids = block["identity_ids"]
    if !ids.isNothing { builder.set("userAssignedIdentities", ids) }
    return Datum(.object(builder.object), block.origin)
  }
}

/// Probes, which say by a word how they ask.
enum TerraformProbe {
  static func body(_ block: Datum, _ purpose: String) -> Datum {
    if block.gap != nil { return block }
    var builder = AzureBodyBuilder()
    builder.set("type", Datum(.text(purpose), block.origin))
    let transport = block["transport"].string
    let form = transport.known?.uppercased() == "TCP" ? "tcpSocket" : "httpGet"
    let fields: [String: TerraformSpelling.Field] = [
      "port": .to("\(form).port"), "path": .to("\(form).path"), "host": .to("\(form).host"),
      "initial_delay": .to("initialDelaySeconds"), "interval_seconds": .to("periodSeconds"),
      "timeout": .to("timeoutSeconds"), "failure_count_threshold": .to("failureThreshold"),
      "success_count_threshold": .to("successThreshold"),
    ]
    TerraformSpelling.move(block, fields, &builder)
    if form == "httpGet", transport.known?.uppercased() == "HTTPS" {
      builder.set("httpGet.scheme", Datum(.text("HTTPS"), transport.origin))
    }
    return Datum(.object(builder.object), block.origin)
  }
}
