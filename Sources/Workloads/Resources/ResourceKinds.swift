extension ResourceKind {
  /// Every kind, a whole before its parts; rules, reports and `rules fields` take them from here.
  package static let all: [ResourceKind] = [
    Role.kind, Statement.kind,
    SecurityGroup.kind, NetworkRule.kind, VirtualNetwork.kind, Subnet.kind, PrivateEndpoint.kind,
    LoadBalancer.kind, Listener.kind, TargetGroup.kind,
    KubernetesService.kind, Ingress.kind, NetworkPolicy.kind,
    LogGroup.kind, LogDestination.kind, Registry.kind, ManagedSecret.kind, SecretObject.kind,
    SecretVault.kind, RegistryCredential.kind,
    ConfigObject.kind, ConfigurationStore.kind, Parameter.kind,
    Cluster.kind, RunService.kind, AppEnvironment.kind, WorkloadProfile.kind, Autoscaler.kind,
    ScalingTrigger.kind,
    DisruptionBudget.kind, ScheduledRun.kind,
    FileSystem.kind, StorageClaim.kind, StorageAccount.kind, Database.kind,
    ServiceAccount.kind, AccessRule.kind, ManagedIdentity.kind, RoleAssignment.kind,
    DaprComponent.kind, DaprSetting.kind, CustomResource.kind, ResourceQuota.kind,
  ]
}
