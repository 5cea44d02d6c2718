/// A resource as a policy writes it: `*`, an ARN with wildcards.
struct ResourcePattern: Sendable {
  let text: String
  let bytes: [UInt8]
  /// Partition, service, region, account and resource of an ARN; empty for anything else.
  let parts: [ArraySlice<UInt8>]

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
    let parts = bytes.split(
      separator: UInt8(ascii: ":"),
      maxSplits: 5,
      omittingEmptySubsequences: false
    )
    self.parts = parts.count == 6 && parts[0].elementsEqual("arn".utf8) ? Array(parts[1...]) : []
  }

  /// Whether it is everything, or everything of a service: nothing in it names one thing.
  var isUnconstrained: Bool {
    if bytes.isEmpty { return false }
    if bytes.allSatisfy({ $0 == UInt8(ascii: "*") }) { return true }
    if parts.isEmpty {
      // `arn:*`, `arn:aws:*`, `arn:aws:s3*`
      guard bytes.starts(with: "arn:".utf8), bytes.last == UInt8(ascii: "*") else { return false }
      return bytes.count { $0 == UInt8(ascii: ":") } < 5
    }
    return isOpen(parts[4])
  }

  /// `*`, `*/*`, `role/*`, `log-group:*`, `log-group:*:log-stream:*`: a type and stars.
  private func isOpen(_ resource: ArraySlice<UInt8>) -> Bool {
    let pieces = resource.split(omittingEmptySubsequences: true) {
      $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":")
    }
    guard !pieces.isEmpty else { return false }
    let isStars = { (piece: ArraySlice<UInt8>) in piece.allSatisfy { $0 == UInt8(ascii: "*") } }
    guard pieces.contains(where: isStars) else { return false }
    // `bucket/*` names a bucket; `table/*` names a type only, which AWS writes itself.
    let service = parts[1]
    if service.elementsEqual("s3".utf8) { return isStars(pieces[0]) && pieces.allSatisfy(isStars) }
    return pieces.allSatisfy {
      isStars($0) || Self.types.contains(String(decoding: $0, as: UTF8.self))
    }
  }

  /// Words of ARNs that stand for a type of resource rather than a resource.
  private static let types: Set = [
    "role", "user", "group", "policy", "instance-profile", "log-group", "log-stream", "secret",
    "parameter", "key", "alias", "table", "index", "stream", "function", "repository", "cluster",
    "service", "task", "task-definition", "container-instance", "topic", "queue", "instance",
    "volume", "snapshot", "security-group", "subnet", "network-interface", "vpc", "image",
    "file-system", "access-point", "db", "db-snapshot", "cluster-snapshot", "dbuser", "rule",
    "event-bus", "stateMachine", "execution", "deliverystream", "project", "stack", "stackset",
    "database", "catalog", "bucket", "object", "loadbalancer", "targetgroup", "listener",
    "certificate", "distribution", "hostedzone", "identity", "session", "layer", "backup",
    "autoScalingGroup", "launchConfiguration", "launch-template", "workgroup", "broker", "domain",
    "collection", "userpool", "identitypool", "job", "crawler", "alarm", "dashboard",
    "oidc-provider",
    "restapis", "accesspoint", "trail", "nodegroup", "addon", "fargateprofile", "configuration-set",
  ]

  /// Whether everything that `other` may be is among what this is.
  func covers(_ other: ResourcePattern) -> Bool {
    if bytes == other.bytes { return true }
    if bytes.allSatisfy({ $0 == UInt8(ascii: "*") }), !bytes.isEmpty { return true }
    return IAMPattern.isWild(bytes) && IAMPattern.matches(bytes, other.bytes)
  }

  /// Whether it can be the role of a name.
  func mayBeRole(named names: [String]) -> Bool {
    if isUnconstrained { return true }
    guard parts.count == 5, parts[1].elementsEqual("iam".utf8) else { return false }
    let last = Array(parts[4].split(separator: UInt8(ascii: "/")).last ?? [])
    return names.contains { IAMPattern.matches(last, Array($0.utf8)) }
  }
}
