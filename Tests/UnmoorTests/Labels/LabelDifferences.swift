/// Where we differ from a label, and why.
///
/// Each key is a sample's path below the source's folder, `#` and the name in the file. A sample
/// that differs and is not here fails the test, and so does one that is here and does not differ.
enum LabelDifferences {
  static let all: [LabelSet.Source: [String: String]] = [
    .checkovKubernetes: kubernetes, .checkovDockerfile: dockerfile,
    .checkovTerraform: terraform, .checkovCloudFormation: cloudFormation, .checkovARM: arm,
    .kubeLinter: kubeLinter, .polaris: polaris, .regolibrary: regolibrary,
  ]

  private static func each(_ keys: [String], _ reason: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: keys.map { ($0, reason) })
  }

  private static func joined(_ parts: [String: String]...) -> [String: String] {
    parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
  }

  private static let kubernetes = joined(
    each(
      [
        "example_DefaultServiceAccount/DefaultServiceAccount-FAILED.yaml",
        "example_DefaultServiceAccount/DefaultServiceAccount-FAILED2.yaml",
      ],
      "The file holds the account named default and no pod; our rule is about pods with a token."
    ),
    each(
      [
        "example_RbacApproveCertificateSigningRequests/clusterrole-passed-1.yaml",
        "example_RbacApproveCertificateSigningRequests/clusterrole-passed-2.yaml",
        "example_RbacBindRoleBindings/role-passed-2.yaml",
        "example_RbacControlWebhooks/clusterrole-passed-1.yaml",
        "example_RbacControlWebhooks/clusterrole-passed-2.yaml",
        "example_RbacEscalateRoles/role-passed-2.yaml",
      ],
      """
      The role is innocent of what the check asks for, but names every group, resource or verb, \
      which our rule about wildcards reports.
      """
    )
  )

  private static let arm = joined(
    each(
      ["example_KeyvaultRecoveryEnabled/keyvaultRecoveryEnabled-PASSED.json"],
      "What is deleted can be brought back, but every address reaches the vault, which we ask too."
    ),
    each(
      ["example_SQLServerNoPublicAccess/sqlServerNoPublicAccess-TDE-PASSED.json"],
      "No rule lets everybody in, but public access is on, which we report as low."
    )
  )

  private static let dockerfile = each(
    ["example_UpdateNotAlone/failure/Dockerfile"],
    """
    apt update takes no arguments and refuses these; the first one follows an installation in the \
    same layer.
    """
  )

  private static let terraform = joined(
    each(
      ["example_RDSEncryption/main.tf#aws_db_instance.disabled"],
      "The sample writes False, which Terraform refuses as a reference to nothing; not assessed."
    ),
    each(
      [
        "example_KeyVaultDisablesPublicNetworkAccess/main.tf#azurerm_key_vault.pass3",
        "example_KeyVaultDisablesPublicNetworkAccess/main.tf#azurerm_key_vault.pass4",
        "example_KeyVaultDisablesPublicNetworkAccess/main.tf#azurerm_key_vault.pass5",
      ],
      "The addresses it names mean nothing while all others are let in (default_action Allow)."
    ),
    each(
      ["example_ECSContainerHostProcess/main.tf#aws_ecs_task_definition.fail"],
      """
      pidMode stands inside a container, where ECS has no such field: it belongs to the task \
      definition, and there it is not set.
      """
    ),
    each(
      ["example_ECSContainerPrivilege/main.tf#aws_ecs_task_definition.fail"],
      "The sample says privilege; the field of ECS is called privileged."
    ),
    each(
      ["example_ECSServiceFargateLatest/main.tf#aws_ecs_service.fail"],
      "1.4.0 is what LATEST stands for; we report older ones only."
    ),
    each(
      [
        "example_IAMManagedAdminPolicy/IAMManagedAdminPolicy.tf#aws_iam_policy_attachment.fail2",
        "example_IAMManagedAdminPolicy/IAMManagedAdminPolicy.tf#aws_iam_role_policy_attachment.fail3",
      ],
      "Both attach to the role fail1, which is reported once, at the role."
    ),
    each(
      [
        """
        example_IAMManagedAdminPolicy/IAMManagedAdminPolicy.tf\
        #aws_ssoadmin_managed_policy_attachment.fail6
        """
      ],
      "A permission set gives rights to people, not to workloads; we do not read it."
    ),
    each(
      [
        "example_IAMAdminPolicyDocument/iam.tf#aws_ssoadmin_permission_set_inline_policy.fail1",
        "IAMPolicyNotAllowFullIAMAccess/main.tf#aws_ssoadmin_permission_set_inline_policy.fail1",
      ],
      "A permission set gives rights to people, not to workloads; we do not read it."
    ),
    each(
      ["example_IAMAdminPolicyDocument/iam.tf#aws_iam_policy.fail4"],
      "The statement has no Effect, which IAM refuses; it allows nothing."
    ),
    each(
      ["IAMPolicyNotAllowFullIAMAccess/main.tf#aws_iam_policy_document.fail1"],
      "A document that no policy uses gives nobody a right; it is judged where it is used."
    ),
    each(
      ["AppLoadBalancerTLS12/main.tf#aws_lb_listener.not_gateway_listener"],
      "The listener states neither protocol nor port, without which AWS refuses it."
    ),
    each(
      ["example_IAMWriteAccess/main.tf#aws_iam_policy.fail"],
      "A comma too many: the policy is no JSON, IAM refuses it, and a notice says so."
    ),
    each(
      ["example_IAMRoleAllowAssumeFromAccount/main.tf#aws_iam_role.pass"],
      """
      No account is let in, but the trust in ECS names no source account or cluster, which our rule \
      asks for too, as AWS recommends.
      """
    ),
    each(
      [
        "IAMPolicyNotAllowFullIAMAccess/main.tf#aws_iam_policy.policy_pass",
        "IAMPolicyNotAllowFullIAMAccess/main.tf#aws_iam_role_policy.pass1",
      ],
      "Checkov asks for iam:* only; s3:* and ec2:* on everything are wildcards of a service as well."
    )
  )

  private static let cloudFormation = joined(
    each(
      ["Cloudsplaining_IAMWriteAccess/PASSED.yaml", "Cloudsplaining_ManagedPolicy/PASSED.yaml"],
      """
      s3:Get* on every resource changes nothing, which is all the check asks for; it can be limited \
      to buckets all the same, and reads the data of others.
      """
    ),
    each(
      [
        """
        example_IAMRoleAllowAssumeFromAccount/\
        example_IAMRoleAllowAssumeFromAccount-PASSED.yml
        """
      ],
      """
      No account is let in, but the trust in an identity provider names no subject of its tokens, \
      which our rule asks for too.
      """
    ),
    each(
      ["example_SecurityGroupUnrestrictedIngress22/SecurityGroupRangeInvalid-PASSED.yaml"],
      "Ports 23 to 21 are refused by EC2; once they are put right, every address may connect."
    )
  )

  private static let kubeLinter = joined(
    each(
      [
        "job-ttl-seconds-after-finished.yaml#bad-cronjob",
        "job-ttl-seconds-after-finished.yaml#good-cronjob",
      ],
      """
      kube-linter leaves the jobs of a CronJob to its history limits, which keep four of them by \
      default; on EKS Fargate a finished pod is paid for until it is deleted.
      """
    ),
    each(
      ["dnsconfig-options-ndots.yml#dont-fire"],
      "Any own DNS setting is lost on the platforms; kube-linter asks for a good one."
    ),
    each(
      ["dnsconfig-options-ndots.yml#app2", "dnsconfig-options-ndots.yml#app3"],
      "There is no DNS setting that could be lost: none at all, or a field that does not exist."
    )
  )

  private static let polaris = joined(
    each(
      [
        "clusterrolePodExecAttach/success.defaultclusterrole_admin.yaml",
        "clusterrolePodExecAttach/success.defaultclusterrole_clusteradmin.yaml",
        "clusterrolePodExecAttach/success.gce_calico_clusterrole.yaml",
        "clusterrolePodExecAttach/success.system_prefix.yaml",
        "rolePodExecAttach/success.gce_calico_binding.yaml",
        "rolePodExecAttach/success.system_prefix_binding.yaml",
        "clusterrolebindingClusterAdmin/success.gce_calico_binding.yaml",
        "clusterrolebindingClusterAdmin/success.system_prefix_binding.yaml",
        "rolebindingClusterAdminClusterRole/success.gce_calico_binding.yaml",
        "rolebindingClusterAdminClusterRole/success.system_prefix_binding.yaml",
        "rolebindingClusterAdminRole/success.gce_calico_binding.yaml",
        "rolebindingClusterAdminRole/success.system_prefix_binding.yaml",
      ],
      """
      Polaris lets names of the cluster's own roles pass; who keeps such a role among the manifests \
      deploys it, so we look at what it allows.
      """
    ),
    each(
      [
        "clusterrolebindingClusterAdmin/success.explicit_apigroups.yaml",
        "clusterrolebindingClusterAdmin/success.explicit_resources.yaml",
        "clusterrolebindingClusterAdmin/success.explicit_verbs.yaml",
        "rolebindingClusterAdminClusterRole/success.explicit_apigroups.yaml",
        "rolebindingClusterAdminClusterRole/success.explicit_resources.yaml",
        "rolebindingClusterAdminClusterRole/success.explicit_verbs.yaml",
        "rolebindingClusterAdminRole/success.explicit_apigroups.yaml",
        "rolebindingClusterAdminRole/success.explicit_resources.yaml",
        "rolebindingClusterAdminRole/success.explicit_verbs.yaml",
      ],
      "Polaris asks for wildcards in all three places at once; one is enough for our rule."
    ),
    each(
      ["memoryRequestsMissing/success.yaml", "memoryLimitsMissing/success.yaml"],
      "Memory is stated but the processor is not, and a task on ECS must state both."
    ),
    each(
      ["hostPathSet/failure.yaml"],
      "A known gap: the volume is declared and no container mounts it; our rules look at mounts."
    ),
    each(
      ["sensitiveContainerEnvVar/failure.value_private_key.yaml"],
      "A key in PEM begins with five dashes, not three: this text is none."
    )
  )

  private static let regolibrary = joined(
    each(
      ["set-sysctls-params/pod-pass#sysctl-example"],
      """
      The parameters are safe inside Kubernetes; Container Apps has no place for them all the same, \
      and our finding is low.
      """
    ),
    each(
      ["workload-mounted-pvc/success_different_namespaces#mypod"],
      "The pod mounts a claim, wherever the claim of that name in another file lies."
    ),
    each(
      ["cluster-admin-role/clusterrole-rolebinding", "cluster-admin-role/role-clusterrolebinding"],
      "The role names everything with wildcards, whoever it is bound to."
    )
  )
}
