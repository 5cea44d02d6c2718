import Workloads

/// What a role is for, as its trust policy tells.
enum IAMRoleUse {
  static func of(_ role: Resource) -> Value<String> {
    let trust = role.parts(Statement.kind).filter {
      $0[Statement.purpose].known == "trust" && $0[Statement.effect].known != "Deny"
    }
    let principals = trust.flatMap { $0[Statement.principals] }
    let conditions = trust.flatMap { $0[Statement.conditions] }.compactMap(\.known)
    let known = principals.compactMap(\.known)
    let origin = principals.first?.origin ?? role.origin
    if let use = use(services: known, conditions: conditions) { return .known(use, origin) }
    if let reason = principals.compactMap(\.unknownReason).first
      ?? role[Role.unknownPolicies].unknownReason
    {
      return .unknown(reason, origin)
    }
    return .known("other", origin)
  }

  private static func use(services: [String], conditions: [String]) -> String? {
    func trusts(_ names: [String]) -> Bool {
      services.contains { service in names.contains { service == "Service:" + $0 } }
    }
    if trusts(["ecs-tasks.amazonaws.com"]) { return "task" }
    if trusts(["eks-fargate-pods.amazonaws.com"]) { return "execution" }
    if trusts(["pods.eks.amazonaws.com"]) { return "pod" }
    let federated = services.filter { $0.hasPrefix("Federated:") }
    if federated.contains(where: { name in ciProviders.contains { name.contains($0) } })
      || conditions.contains(where: {
        $0.contains(":sub=repo:") || $0.contains(":sub=project_path:")
      })
    {
      return "ci"
    }
    if federated.contains(where: { $0.contains("oidc.eks.") })
      || conditions.contains(where: { $0.contains("=system:serviceaccount:") })
    {
      return "pod"
    }
    if trusts(["codebuild.amazonaws.com", "codepipeline.amazonaws.com", "codedeploy.amazonaws.com"])
    {
      return "ci"
    }
    if trusts(["ec2.amazonaws.com"]) { return "instance" }
    return nil
  }

  /// Hosts of identity providers whose tokens stand for pipelines.
  private static let ciProviders = [
    "token.actions.githubusercontent.com", "gitlab", "bitbucket", "app.terraform.io", "circleci",
    "vstoken.dev.azure.com", "agent.buildkite.com",
  ]
}
