/// An identity on AWS that workloads or people act as, with everything it is allowed.
package enum Role {
  package static let use = Attribute<String>(
    "use",
    """
    `task`, `execution`, `pod`, `instance`, `ci`, `user`, `group`, `policy` (one that nothing \
    attaches), `limit` (a boundary or service control policy, which grants nothing) or `other`.
    """
  )
  package static let managedPolicies = Attribute<[String]>(
    "managedPolicies",
    "ARNs or names of managed policies attached to it that are not in the inputs."
  )
  package static let boundary = Attribute<String>(
    "boundary",
    "Its permissions boundary."
  )
  package static let unknownPolicies = Attribute<String>(
    "unknownPolicies",
    "Unknown if policies may be attached to it that cannot be seen; absent if all are known."
  )
  package static let attachedToUser = Attribute<Bool>(
    "attachedToUser",
    "Whether the policies are attached to a user rather than a role or group."
  )
  package static let hasAccessKey = Attribute<Bool>(
    "hasAccessKey",
    "For a user: whether a long-lived access key of it is in the inputs."
  )
  package static let sharedBy = Attribute<[String]>(
    "sharedBy",
    "Task definitions with different images that all take it as their task role."
  )
  package static let kind = ResourceKind(
    "role",
    "An identity on AWS (role, user, group) or a stand-alone policy, with its statements.",
    [
      use.declared, managedPolicies.declared, boundary.declared, unknownPolicies.declared,
      attachedToUser.declared, hasAccessKey.declared, sharedBy.declared,
    ]
  )
}

/// A statement of a policy.
package enum Statement {
  package static let purpose = Attribute<String>(
    "purpose",
    "`identity` (what the role may do), `trust` (who may become it) or `resource` (who may use a thing)."
  )
  package static let sid = Attribute<String>("sid", "Its id.")
  package static let effect = Attribute<String>("effect", "`Allow` or `Deny`.")
  package static let actions = Attribute<[String]>("actions", "Actions as written.")
  package static let notActions = Attribute<[String]>("notActions", "Actions of NotAction.")
  package static let resources = Attribute<[String]>(
    "resources",
    "Resources as written; `…` stands for parts that are known only once deployed."
  )
  package static let notResources = Attribute<[String]>("notResources", "Those of NotResource.")
  package static let principals = Attribute<[String]>(
    "principals",
    "Who: `*`, `AWS:arn…`, `Service:ecs-tasks.amazonaws.com`, `Federated:…`."
  )
  package static let notPrincipals = Attribute<[String]>("notPrincipals", "Those of NotPrincipal.")
  package static let conditionKeys = Attribute<[String]>(
    "conditionKeys",
    "Keys of its conditions in lower case: `aws:sourceaccount`."
  )
  package static let conditions = Attribute<[String]>(
    "conditions",
    "Its conditions as `Operator key=value`, one for each value; `…` as in resources."
  )
  package static let policyName = Attribute<String>("policyName", "The policy that it stands in.")
  package static let kind = ResourceKind(
    "statement",
    partOf: Role.kind,
    "A statement of a policy.",
    [
      purpose.declared, sid.declared, effect.declared, actions.declared, notActions.declared,
      resources.declared, notResources.declared, principals.declared, notPrincipals.declared,
      conditionKeys.declared, conditions.declared, policyName.declared,
    ]
  )
}

/// A Kubernetes service account.
package enum ServiceAccount {
  package static let automount = Attribute<Bool>(
    "automount",
    "Whether its token is mounted into pods; absent means yes."
  )
  package static let awsRole = Attribute<String>(
    "awsRole",
    "The IAM role of its annotation (IRSA)."
  )
  package static let azureClient = Attribute<String>(
    "azureClient",
    "The client id of its workload identity annotation."
  )
  package static let kind = ResourceKind(
    "serviceAccount",
    "A Kubernetes service account.",
    [automount.declared, awsRole.declared, azureClient.declared]
  )
}

/// A rule of a Kubernetes Role or ClusterRole, with whom it is bound to.
package enum AccessRule {
  package static let roleKind = Attribute<String>("roleKind", "`Role` or `ClusterRole`.")
  package static let apiGroups = Attribute<[String]>("apiGroups", "API groups; `*` is all.")
  package static let resources = Attribute<[String]>("resources", "Resources; `*` is all.")
  package static let verbs = Attribute<[String]>("verbs", "Verbs; `*` is all.")
  package static let resourceNames = Attribute<[String]>("resourceNames", "Names it is limited to.")
  package static let nonResourceURLs = Attribute<[String]>("nonResourceURLs", "Paths.")
  package static let boundRole = Attribute<String>(
    "boundRole",
    "For a binding: the role that it binds, such as `cluster-admin`."
  )
  package static let subjects = Attribute<[String]>(
    "subjects",
    "Whom it is bound to: `ServiceAccount:namespace/name`, `Group:system:masters`, `User:…`."
  )
  package static let kind = ResourceKind(
    "accessRule",
    "A rule of a Kubernetes Role or ClusterRole, or a binding to a role.",
    [
      roleKind.declared, apiGroups.declared, resources.declared, verbs.declared,
      resourceNames.declared, nonResourceURLs.declared, boundRole.declared, subjects.declared,
    ]
  )
}

/// An identity on Azure: user-assigned, or the one of an app.
package enum ManagedIdentity {
  package static let type = Attribute<String>(
    "identityType",
    "`SystemAssigned`, `UserAssigned`, `SystemAssigned,UserAssigned` or `None`."
  )
  package static let identities = Attribute<[String]>("identities", "User-assigned identities.")
  package static let kind = ResourceKind(
    "managedIdentity",
    plural: "managedIdentities",
    "A managed identity on Azure, or what an app says of its own.",
    [type.declared, identities.declared]
  )
}

/// What an Azure identity may do, and where.
package enum RoleAssignment {
  package static let roleId = Attribute<String>("roleId", "The role's GUID in lower case.")
  package static let roleName = Attribute<String>(
    "roleName",
    "The role's name, where the definition has it."
  )
  package static let scopeLevel = Attribute<String>(
    "scopeLevel",
    "`managementGroup`, `subscription`, `resourceGroup` or `resource`."
  )
  package static let principal = Attribute<String>("principal", "To whom it is assigned.")
  package static let principalType = Attribute<String>(
    "principalType",
    "`ServicePrincipal`, `User`, `Group`."
  )
  package static let actions = Attribute<[String]>(
    "actions",
    "For a custom role definition: its actions."
  )
  package static let assignableScopes = Attribute<[String]>(
    "assignableScopes",
    "For a custom role definition: where it may be assigned."
  )
  package static let kind = ResourceKind(
    "roleAssignment",
    "An Azure role assigned to an identity, or a custom role.",
    [
      roleId.declared, roleName.declared, scopeLevel.declared, principal.declared,
      principalType.declared, actions.declared, assignableScopes.declared,
    ]
  )
}
