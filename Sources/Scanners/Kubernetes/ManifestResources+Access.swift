import Templates
import Workloads

/// Service accounts, roles, bindings, budgets, quotas.
extension ManifestResources {
  mutating func readAccount(_ object: ManifestObject) {
    var account = object.resource(ServiceAccount.kind)
    account[ServiceAccount.automount] = object.body["automountServiceAccountToken"].flag
    account[ServiceAccount.awsRole] = object.annotation("eks.amazonaws.com/role-arn")
    account[ServiceAccount.azureClient] = object.annotation("azure.workload.identity/client-id")
    let own = PendingResource.Account(namespace: object.namespace, name: object.name)
    add(account, object, "account", .accounts([own]))
  }

  // MARK: Roles

  mutating func readRole(_ object: ManifestObject) {
    let bindings = index.all("RoleBinding") + index.all("ClusterRoleBinding")
    var accounts: [PendingResource.Account] = []
    for number in bindings.prefix(5000) {
      let binding = index.objects[number]
      guard binding.body["roleRef"]["name"].settled.known == object.name,
        binding.body["roleRef"]["kind"].settled.known ?? object.kind == object.kind
      else { continue }
      if object.kind == "Role", Neighbourhood.nearness(object, binding) == nil { continue }
      accounts += self.accounts(of: binding)
      if accounts.count > 1000 { break }
    }
    for rule in object.body["rules"].elements.prefix(1000) {
      var resource = object.resource(AccessRule.kind, origin: rule.origin)
      resource[AccessRule.roleKind] = .known(object.kind, object.origin)
      resource[AccessRule.apiGroups] = rule["apiGroups"].settledList
      resource[AccessRule.resources] = rule["resources"].settledList
      resource[AccessRule.verbs] = rule["verbs"].settledList
      resource[AccessRule.resourceNames] = rule["resourceNames"].settledList
      resource[AccessRule.nonResourceURLs] = rule["nonResourceURLs"].settledList
      resource[AccessRule.subjects] = accounts.map { account in
        .known("ServiceAccount:\(account.namespace ?? "default")/\(account.name)", rule.origin)
      }
      add(resource, object, "rule", accounts.isEmpty ? .nothing : .accounts(accounts))
    }
    if object.body["rules"].elements.isEmpty {
      var resource = object.resource(AccessRule.kind)
      resource[AccessRule.roleKind] = .known(object.kind, object.origin)
      add(resource, object, "rule", accounts.isEmpty ? .nothing : .accounts(accounts))
    }
  }

  mutating func readBinding(_ object: ManifestObject) {
    var binding = object.resource(AccessRule.kind)
    let role = object.body["roleRef"]
    binding[AccessRule.roleKind] = role["kind"].settled
    binding[AccessRule.boundRole] = role["name"].settled
    binding[AccessRule.subjects] = object.body["subjects"].elements.prefix(1000).map { subject in
      let kind = subject["kind"].settled.known ?? ""
      let name = subject["name"].settled
      guard kind == "ServiceAccount" else { return name.map { "\(kind):\($0)" } }
      let space = subject["namespace"].settled.known ?? object.namespace ?? "default"
      return name.map { "ServiceAccount:\(space)/\($0)" }
    }
    let accounts = accounts(of: object)
    add(binding, object, "binding", accounts.isEmpty ? .nothing : .accounts(accounts))
  }

  private func accounts(of binding: ManifestObject) -> [PendingResource.Account] {
    binding.body["subjects"].elements.prefix(1000).compactMap { subject in
      let name = subject["name"].settled.known ?? ""
      switch subject["kind"].settled.known {
      case "ServiceAccount":
        let space = subject["namespace"].settled.known ?? binding.namespace
        return PendingResource.Account(namespace: space, name: name)
      case "User":
        // system:serviceaccount:NAMESPACE:NAME
        let parts = name.split(separator: ":")
        guard parts.count == 4, parts[0] == "system", parts[1] == "serviceaccount" else {
          return nil
        }
        return PendingResource.Account(namespace: String(parts[2]), name: String(parts[3]))
      default: return nil
      }
    }
  }

  // MARK: Budgets and quotas

  mutating func readBudget(_ object: ManifestObject) {
    var budget = object.resource(DisruptionBudget.kind)
    budget[DisruptionBudget.minimumAvailable] = object.spec["minAvailable"].settled
    budget[DisruptionBudget.maximumUnavailable] = object.spec["maxUnavailable"].settled
    guard let selector = LabelSelector(object.spec["selector"]), !selector.isEmpty else {
      return add(budget, object, "budget")
    }
    add(budget, object, "budget", .pods(selector))
  }

  mutating func readQuota(_ object: ManifestObject) {
    var quota = object.resource(ResourceQuota.kind)
    quota[ResourceQuota.objectKind] = .known(object.kind, object.origin)
    var hard: [Value<String>] = []
    for pair in object.spec["hard"].pairs.prefix(1000) {
      hard.append(pair.value.map { "\(pair.name)=\($0)" })
    }
    for limit in object.spec["limits"].elements.prefix(100) {
      let type = limit["type"].settled.known ?? ""
      for part in ["default", "defaultRequest", "max", "min", "maxLimitRequestRatio"] {
        for pair in limit[part].pairs.prefix(100) {
          hard.append(pair.value.map { "\(type).\(part).\(pair.name)=\($0)" })
        }
      }
    }
    quota[ResourceQuota.hard] = hard
    add(quota, object, "quota", .namespace)
  }
}
