import Workloads

/// Who may become a role, and whether that is guarded.
enum TrustAnalysis {
  /// Whether anybody may.
  static func trustsAnyone(_ statement: PolicyStatement, _ role: Resource) -> Value<Bool> {
    guard case .allow = statement.effect else { return .known(false) }
    let principals = role[Statement.principals]
    if principals.contains(where: { $0.known == "*" || $0.known == "AWS:*" }) {
      return .known(true)
    }
    if let reason = principals.lazy.compactMap(\.unknownReason).first { return .unknown(reason) }
    return .known(!role[Statement.notPrincipals].isEmpty)
  }

  /// What is missing, worst first: `subject`, `account`, `audience`, `source`, `several-services`.
  static func gap(_ statement: PolicyStatement, _ role: Resource) -> Value<String> {
    guard case .allow = statement.effect else { return .known("") }
    let principals = role[Statement.principals].compactMap(\.known)
    let unknown =
      statement.unknownConditions
      ?? role[Statement.principals].lazy.compactMap(\.unknownReason).first
    let federates = statement.concerns(ActionPattern("sts:AssumeRoleWithWebIdentity"))
    if federates, principals.contains(where: { $0.hasPrefix("Federated:") }) {
      let conditions = statement.conditions.filter {
        $0.isPositive || $0.operation.hasSuffix("IfExists")
      }
      let subjects = conditions.filter { isSubject($0.key) }
      if subjects.allSatisfy({ isOpenSubject($0.value) }) {
        if let reason = statement.unknownConditions { return .unknown(reason) }
        return .known("subject")
      }
      if !conditions.contains(where: { $0.key.hasSuffix(":aud") || $0.key.hasSuffix(":app_id") }) {
        return .known("audience")
      }
    }
    if statement.conditions.isEmpty, statement.unknownConditions == nil,
      principals.contains(where: isWholeAccount)
    {
      return .known("account")
    }
    let services = principals.filter { $0.hasPrefix("Service:") }.map { $0.dropFirst(8) }
    let guards: Set = [
      "aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths",
    ]
    if services.contains("ecs-tasks.amazonaws.com"),
      !statement.narrowingConditions.contains(where: { guards.contains($0.key) })
    {
      if let reason = statement.unknownConditions { return .unknown(reason) }
      return .known("source")
    }
    if Set(services.map { $0.split(separator: ".").first ?? $0 }).count > 1 {
      return .known("several-services")
    }
    return unknown.map { .unknown($0) } ?? .known("")
  }

  /// `oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub`; Cognito says who by the identity pool's id.
  private static func isSubject(_ key: String) -> Bool {
    key.hasSuffix(":sub") || key == "cognito-identity.amazonaws.com:aud" || key.hasSuffix(":app_id")
      || key.hasSuffix(":repository") || key.hasSuffix(":job_workflow_ref")
      || key.hasSuffix(":project_path") || key.hasSuffix(":namespace_path")
  }

  /// Whether a pattern of a subject lets everybody of the provider in.
  private static func isOpenSubject(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ":") }
      || ["repo:*", "repo:*/*", "repo:*:*", "system:serviceaccount:*", "system:serviceaccount:*:*"]
        .contains(value)
  }

  /// A number of an account, or its root, in place of one of its roles.
  private static func isWholeAccount(_ principal: String) -> Bool {
    guard principal.hasPrefix("AWS:") else { return false }
    let text = principal.dropFirst(4)
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let account = parts.count == 6 && parts[5] == "root" ? parts[4] : text
    return account.utf8.count == 12 && account.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}
