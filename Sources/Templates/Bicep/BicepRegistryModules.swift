/// Modules of the public registry whose parameters say plainly what they make.
///
/// Each is a file of our own in Bicep: the parameters that count with the defaults of the module as
/// published (Azure Verified Modules, sources of 2026-04), the resource, and the outputs that others
/// refer to. What a module adds by itself besides is not seen, which a notice says.
enum BicepRegistryModules {
  /// The text that stands for `br/public:avm/res/app/container-app:0.11.0`, whatever its version.
  static func text(for written: String) -> String? {
    let prefixes = ["br/public:", "br:mcr.microsoft.com/bicep/"]
    guard let prefix = prefixes.first(where: written.hasPrefix) else { return nil }
    let name = written.dropFirst(prefix.count).prefix { $0 != ":" }
    return texts[String(name)].map { $0 + "\n" + ending }
  }

  private static let texts = [
    "avm/res/app/container-app": containerApp, "avm/res/app/job": job,
    "avm/res/app/managed-environment": environment,
    "avm/res/container-registry/registry": registry, "avm/res/key-vault/vault": vault,
    "avm/res/managed-identity/user-assigned-identity": identity,
    "avm/res/operational-insights/workspace": workspace,
  ]

  /// Roles that a module assigns at what it makes; named by id or by name.
  private static let ending = """
    param roleAssignments array?
    resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (grant, i) in (roleAssignments ?? []): {
      name: 'grant-${i}'
      scope: it
      properties: {
        roleDefinitionId: length(grant.roleDefinitionIdOrName) == 36 || contains(grant.roleDefinitionIdOrName, '/') ? grant.roleDefinitionIdOrName : null
        roleDefinitionName: length(grant.roleDefinitionIdOrName) == 36 || contains(grant.roleDefinitionIdOrName, '/') ? null : grant.roleDefinitionIdOrName
        principalId: grant.principalId
        principalType: grant.?principalType
      }
    }]
    output resourceId string = it.id
    output name string = it.name
    """

  /// What apps and jobs share.
  private static let common = """
    param name string
    param tags object?
    param environmentResourceId string
    param containers array
    param registries array?
    param secrets array?
    param volumes array?
    param managedIdentities object?
    var hasUsers = !empty(managedIdentities.?userAssignedResourceIds)
    var hasSystem = managedIdentities.?systemAssigned ?? false
    var identity = empty(managedIdentities) ? null : {
      type: hasSystem ? (hasUsers ? 'SystemAssigned,UserAssigned' : 'SystemAssigned') : (hasUsers ? 'UserAssigned' : 'None')
      userAssignedIdentities: managedIdentities.?userAssignedResourceIds
    }
    output systemAssignedMIPrincipalId string = it.identity.principalId

    """

  private static let containerApp =
    common + """
      param disableIngress bool = false
      param ingressExternal bool = true
      param ingressTargetPort int = 80
      param ingressTransport string = 'auto'
      param ingressAllowInsecure bool = true
      param clientCertificateMode string = 'ignore'
      param stickySessionsAffinity string = 'none'
      param exposedPort int = 0
      param additionalPortMappings array?
      param corsPolicy object?
      param customDomains array?
      param ipSecurityRestrictions array?
      param traffic array?
      param scaleSettings object = { minReplicas: 3, maxReplicas: 10 }
      param activeRevisionsMode string = 'Single'
      param maxInactiveRevisions int = 0
      param dapr object?
      param identitySettings array?
      param runtime object?
      param initContainersTemplate array?
      param revisionSuffix string?
      param terminationGracePeriodSeconds int?
      param workloadProfileName string?
      resource it 'Microsoft.App/containerApps@2026-01-01' = {
        name: name
        tags: tags
        identity: identity
        properties: {
          environmentId: environmentResourceId
          workloadProfileName: workloadProfileName
          template: {
            containers: containers
            initContainers: initContainersTemplate
            volumes: volumes
            scale: scaleSettings
            revisionSuffix: revisionSuffix
            terminationGracePeriodSeconds: terminationGracePeriodSeconds
          }
          configuration: {
            activeRevisionsMode: activeRevisionsMode
            maxInactiveRevisions: maxInactiveRevisions
            dapr: dapr
            identitySettings: identitySettings
            runtime: runtime
            registries: registries
            secrets: secrets
            ingress: disableIngress ? null : {
              external: ingressExternal
              targetPort: ingressTargetPort
              transport: ingressTransport
              allowInsecure: ingressTransport == 'tcp' ? false : ingressAllowInsecure
              clientCertificateMode: ingressTransport == 'tcp' ? null : clientCertificateMode
              exposedPort: exposedPort == 0 ? null : exposedPort
              additionalPortMappings: additionalPortMappings
              corsPolicy: corsPolicy
              customDomains: customDomains
              ipSecurityRestrictions: ipSecurityRestrictions
              stickySessions: { affinity: stickySessionsAffinity }
              traffic: traffic
            }
          }
        }
      }
      output fqdn string = it.properties.configuration.ingress.fqdn
      """

  private static let job =
    common + """
      param triggerType string
      param eventTriggerConfig object?
      param manualTriggerConfig object?
      param scheduleTriggerConfig object?
      param replicaRetryLimit int = 0
      param replicaTimeout int = 1800
      param initContainers array?
      param workloadProfileName string = 'Consumption'
      resource it 'Microsoft.App/jobs@2024-03-01' = {
        name: name
        tags: tags
        identity: identity
        properties: {
          environmentId: environmentResourceId
          workloadProfileName: workloadProfileName
          template: { containers: containers, initContainers: initContainers, volumes: volumes }
          configuration: {
            triggerType: triggerType
            eventTriggerConfig: eventTriggerConfig
            manualTriggerConfig: manualTriggerConfig
            scheduleTriggerConfig: scheduleTriggerConfig
            replicaRetryLimit: replicaRetryLimit
            replicaTimeout: replicaTimeout
            registries: registries
            secrets: secrets
          }
        }
      }
      """

  private static let environment = """
    param name string
    param tags object?
    param infrastructureSubnetResourceId string?
    param infrastructureSubnetId string?
    param internal bool = false
    param publicNetworkAccess string = 'Disabled'
    param zoneRedundant bool = true
    param workloadProfiles array?
    param appLogsConfiguration object?
    param logAnalyticsWorkspaceResourceId string?
    param openTelemetryConfiguration object?
    param peerAuthentication object?
    @secure()
    param appInsightsConnectionString string?
    @secure()
    param daprAIConnectionString string?
    param storages array?
    var workspace = appLogsConfiguration.?logAnalyticsWorkspaceResourceId ?? logAnalyticsWorkspaceResourceId
    resource it 'Microsoft.App/managedEnvironments@2025-01-01' = {
      name: name
      tags: tags
      properties: {
        appInsightsConfiguration: empty(appInsightsConnectionString) ? null : { connectionString: appInsightsConnectionString }
        daprAIConnectionString: daprAIConnectionString
        openTelemetryConfiguration: openTelemetryConfiguration
        peerAuthentication: peerAuthentication
        publicNetworkAccess: publicNetworkAccess
        zoneRedundant: zoneRedundant
        workloadProfiles: workloadProfiles
        vnetConfiguration: {
          internal: internal
          infrastructureSubnetId: infrastructureSubnetResourceId ?? infrastructureSubnetId
        }
        appLogsConfiguration: empty(appLogsConfiguration) && empty(workspace) ? null : {
          destination: appLogsConfiguration.?destination ?? 'log-analytics'
          logAnalyticsConfiguration: empty(workspace) ? null : { customerId: workspace }
        }
      }
    }
    resource shares 'Microsoft.App/managedEnvironments/storages@2025-01-01' = [for storage in (storages ?? []): {
      parent: it
      name: storage.?name ?? storage.?shareName ?? 'storage'
      properties: {
        azureFile: storage.?kind == 'NFS' ? null : { accessMode: storage.accessMode, accountName: storage.storageAccountName }
        nfsAzureFile: storage.?kind == 'NFS' ? { accessMode: storage.accessMode } : null
      }
    }]
    output defaultDomain string = it.properties.defaultDomain
    """

  private static let registry = """
    param name string
    param tags object?
    param acrSku string = 'Premium'
    param acrAdminUserEnabled bool = false
    param anonymousPullEnabled bool = false
    param publicNetworkAccess string?
    param privateEndpoints array?
    param networkRuleSetIpRules array?
    param networkRuleSetDefaultAction string = 'Deny'
    param quarantinePolicyStatus string = 'disabled'
    param retentionPolicyStatus string = 'enabled'
    param retentionPolicyDays int = 15
    param customerManagedKey object?
    var access = publicNetworkAccess ?? (!empty(privateEndpoints) && empty(networkRuleSetIpRules) ? 'Disabled' : null)
    resource it 'Microsoft.ContainerRegistry/registries@2025-04-01' = {
      name: name
      tags: tags
      sku: { name: acrSku }
      properties: {
        adminUserEnabled: acrAdminUserEnabled
        anonymousPullEnabled: anonymousPullEnabled
        publicNetworkAccess: access
        networkRuleSet: empty(networkRuleSetIpRules) ? null : { defaultAction: networkRuleSetDefaultAction }
        encryption: empty(customerManagedKey) ? null : { status: 'enabled' }
        policies: acrSku != 'Premium' ? null : {
          quarantinePolicy: { status: quarantinePolicyStatus }
          retentionPolicy: { status: retentionPolicyStatus, days: retentionPolicyDays }
        }
      }
    }
    output loginServer string = it.properties.loginServer
    """

  private static let vault = """
    param name string
    param tags object?
    param enablePurgeProtection bool = true
    param enableRbacAuthorization bool?
    param softDeleteRetentionInDays int = 90
    param networkAcls object?
    param publicNetworkAccess string?
    param privateEndpoints array?
    param accessPolicies array?
    param secrets array?
    resource it 'Microsoft.KeyVault/vaults@2024-11-01' = {
      name: name
      tags: tags
      properties: {
        enablePurgeProtection: enablePurgeProtection
        enableRbacAuthorization: enableRbacAuthorization
        softDeleteRetentionInDays: softDeleteRetentionInDays
        accessPolicies: accessPolicies
        networkAcls: empty(networkAcls) ? null : networkAcls
        publicNetworkAccess: empty(publicNetworkAccess) ? (!empty(privateEndpoints) && empty(networkAcls) ? 'Disabled' : null) : publicNetworkAccess
      }
    }
    resource values 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [for secret in (secrets ?? []): {
      parent: it
      name: secret.name
      properties: { value: secret.?value, attributes: { exp: secret.?attributesExp ?? secret.?attributes.?exp } }
    }]
    output uri string = it.properties.vaultUri
    """

  private static let identity = """
    param name string
    param tags object?
    resource it 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
      name: name
      tags: tags
    }
    output principalId string = it.properties.principalId
    output clientId string = it.properties.clientId
    """

  private static let workspace = """
    param name string
    param tags object?
    param dataRetention int = 365
    param dailyQuotaGb int = -1
    resource it 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
      name: name
      tags: tags
      properties: { retentionInDays: dataRetention, workspaceCapping: { dailyQuotaGb: dailyQuotaGb } }
    }
    output logAnalyticsWorkspaceId string = it.properties.customerId
    """
}
