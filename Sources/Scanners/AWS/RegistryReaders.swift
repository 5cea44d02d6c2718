internal import DocumentTrees
internal import Templates
internal import Workloads

/// ECR repositories.
enum RegistryReader: AWSResourceReader {
  static let types = [
    "AWS::ECR::Repository", "aws_ecr_repository", "AWS::ECR::PublicRepository",
    "aws_ecrpublic_repository",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    let name = fields["repositoryName", "name"]
    var registry = reading.make(Registry.kind, declared, fields, names: name)
    let scanning = fields.object("imageScanningConfiguration")
    registry[Registry.scanOnPush] = scanning.flag("scanOnPush")
    registry[Registry.immutableTags] = fields.text("imageTagMutability").map {
      $0.uppercased().hasPrefix("IMMUTABLE")
    }
    let encryption = fields.object("encryptionConfiguration")
    registry[Registry.isEncrypted] = encryption.text("encryptionType").map {
      $0.uppercased().hasPrefix("KMS")
    }
    let lifecycle = fields["lifecyclePolicy"]
    registry[Registry.hasLifecycle] =
      lifecycle.isNothing ? .known(false, declared.origin) : .known(true, lifecycle.origin)
    let isPublic = declared.type.lowercased().contains("public")
    registry[Registry.isPublic] =
      isPublic
      ? .known(true, declared.origin)
      : PolicyReader.isPublic(fields["repositoryPolicyText"], declared.origin, reading.limits)
    reading.resources.append(registry)
  }
}

/// Policies of repositories that are declared on their own.
enum RegistryPolicyReader: AWSResourceReader {
  static let types = ["aws_ecr_repository_policy", "aws_ecr_lifecycle_policy"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    if declared.type == "aws_ecr_lifecycle_policy" {
      reading.add(to: fields["repository"], Registry.kind) { registry in
        registry[Registry.hasLifecycle] = .known(true, declared.origin)
      }
      return
    }
    let isPublic = PolicyReader.isPublic(fields["policy"], declared.origin, reading.limits)
    var substitute = reading.make(Registry.kind, declared, AWSFields(.absent()))
    substitute.identifiers = [fields["repository"].text].filter { $0.known != nil }
    // Of the repository itself nothing is known but its policy.
    let reason = "the repository is declared elsewhere"
    substitute[Registry.scanOnPush] = .unknown(reason, declared.origin)
    substitute[Registry.immutableTags] = .unknown(reason, declared.origin)
    substitute[Registry.hasLifecycle] = .unknown(reason, declared.origin)
    substitute.tagsUnknown = reason
    reading.add(to: fields["repository"], Registry.kind, substitute: substitute) { registry in
      registry[Registry.isPublic] = isPublic
    }
  }
}

/// Scanning of a whole registry, by ECR itself or by Inspector.
enum RegistryScanningReader: AWSResourceReader {
  static let types = [
    "AWS::ECR::RegistryScanningConfiguration", "aws_ecr_registry_scanning_configuration",
    "aws_inspector2_enabler",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    if declared.type == "aws_inspector2_enabler" {
      let types = fields.texts("resourceTypes")
      if types.contains(where: { $0.known?.uppercased() == "ECR" }) {
        reading.scanning.append(RegistryScanning(pattern: "*", origin: declared.origin))
      }
      return
    }
    for rule in fields.elements("rules", "rule") {
      let rule = AWSFields(rule)
      if rule.text("scanFrequency").known?.uppercased() == "MANUAL" { continue }
      for filter in rule.elements("repositoryFilters", "repositoryFilter") {
        let pattern = AWSFields(filter).text("filter")
        if pattern.isAbsent { continue }
        reading.scanning.append(
          RegistryScanning(pattern: pattern.known, origin: declared.origin)
        )
      }
    }
  }
}

/// Repositories that a registry scans.
struct RegistryScanning {
  /// Names with `*` for anything; nil if it is not known.
  var pattern: String?
  var origin: Origin

  /// As ECR matches: without `*` the pattern may stand anywhere in the name.
  func matches(_ name: String) -> Bool {
    guard let pattern else { return false }
    guard pattern.contains("*") else {
      return name == pattern || contains(name, pattern)
    }
    var rest = Substring(name)
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == 0 {
        guard rest.hasPrefix(part) else { return false }
        rest = rest.dropFirst(part.count)
      } else if index == parts.count - 1 {
        return rest.hasSuffix(part)
      } else {
        while !rest.hasPrefix(part) {
          if rest.isEmpty { return false }
          rest = rest.dropFirst()
        }
        rest = rest.dropFirst(part.count)
      }
    }
    return true
  }

  private func contains(_ name: String, _ word: String) -> Bool {
    var rest = Substring(name)
    while !rest.isEmpty {
      if rest.hasPrefix(word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}

/// What is asked of policies of resources.
enum PolicyReader {
  /// Whether a policy lets anybody in: an unconditional Allow for `*`.
  static func isPublic(_ policy: Datum, _ origin: Origin, _ limits: DocumentLimits) -> Value<Bool> {
    if policy.isNothing { return .known(false, origin) }
    guard case .success(let document) = JSONTextDatum.read(policy, limits: limits) else {
      return .unknown("the policy cannot be read", policy.origin)
    }
    if let gap = document.gap { return .unknown(gap.reason, policy.origin) }
    let statements = AWSFields(document)["statement"]
    var answer: Value<Bool> = .known(false, policy.origin)
    if let more = statements.more { answer = .unknown(more.reason, policy.origin) }
    for statement in statements.elements {
      let statement = AWSFields(statement)
      if statement.text("effect").known == "Deny" || narrows(statement["condition"]) { continue }
      let principal = statement["principal"]
      let named = principal.isObject ? principal["AWS"] : principal
      if named.strings.contains(where: { $0.known == "*" }) {
        return .known(true, named.origin)
      }
    }
    return answer
  }
  /// Whether a condition keeps somebody out; not if it only asks for what anybody can bring along.
  private static func narrows(_ condition: Datum) -> Bool {
    if condition.gap != nil { return true }
    return condition.entries.prefix(100).contains { test in
      test.value.gap != nil
        || test.value.entries.prefix(100).contains { !Self.harmless.contains($0.key.lowercased()) }
    }
  }

  private static let harmless: Set = [
    "aws:currenttime", "aws:epochtime", "aws:multifactorauthpresent", "aws:referer",
    "aws:requestedregion", "aws:securetransport", "aws:tokenissuetime", "aws:useragent",
    "aws:username",
  ]
}
