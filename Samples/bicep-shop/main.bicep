targetScope = 'resourceGroup'

@description('Where everything runs.')
param location string = resourceGroup().location

@allowed(['test', 'live'])
param stage string

@minLength(3)
param registryName string = 'shop${uniqueString(resourceGroup().id)}'

param catalogTag string = 'latest'

@secure()
param mailPassword string

var tags = {
  service: 'shop'
  stage: stage
}

// The built-in roles AcrPull and Contributor.
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c'

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'shop-${stage}-logs'
  location: location
  tags: tags
  properties: {
    retentionInDays: 30
    sku: { name: 'PerGB2018' }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: 'shop-${stage}'
  location: location
  tags: tags
  properties: {
    zoneRedundant: false
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }

  resource uploads 'storages' = {
    name: 'uploads'
    properties: {
      azureFile: {
        accountName: 'shopuploads'
        accountKey: 'Velvet-Anchor-9023-Harvest'
        shareName: 'uploads'
        accessMode: 'ReadWrite'
      }
    }
  }
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'shop-${stage}-apps'
  location: location
  tags: tags
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: registryName
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    adminUserEnabled: true
    anonymousPullEnabled: stage == 'live'
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: 'shop-${stage}-vault'
    location: location
    tags: tags
    mailPassword: mailPassword
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

// "Only until the pipeline works", two years ago.
resource everything 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.id, contributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributor)
  }
}

module catalog 'modules/app.bicep' = {
  name: 'catalog'
  params: {
    name: 'catalog'
    location: location
    tags: tags
    environmentId: environment.id
    identityId: identity.id
    registryServer: registry.properties.loginServer
    image: '${registry.properties.loginServer}/shop/catalog:${catalogTag}'
    external: false
    secrets: [
      {
        name: 'database-url'
        keyVaultUrl: '${vault.outputs.uri}secrets/catalog-database-url'
        identity: identity.id
      }
    ]
    variables: [
      { name: 'DATABASE_URL', secretRef: 'database-url' }
      { name: 'OTEL_SERVICE_NAME', value: 'catalog' }
    ]
  }
}

module storefront 'modules/app.bicep' = {
  name: 'storefront'
  params: {
    name: 'storefront'
    location: location
    tags: tags
    environmentId: environment.id
    identityId: identity.id
    registryServer: registry.properties.loginServer
    image: '${registry.properties.loginServer}/shop/storefront:latest'
    external: true
    insecure: true
    cpu: '0.5'
    memory: '3Gi'
    maxReplicas: 20
    variables: [
      { name: 'CATALOG_URL', value: 'http://${catalog.outputs.fqdn}' }
      { name: 'SESSION_SECRET', value: 'Walnut-Meadow-5583' }
      { name: 'LOG_LEVEL', value: stage == 'live' ? 'info' : 'debug' }
    ]
  }
}

module jobs 'modules/jobs.bicep' = {
  name: 'jobs'
  params: {
    location: location
    tags: tags
    environmentId: environment.id
    identityId: identity.id
    registryServer: registry.properties.loginServer
    uploadStorage: environment::uploads.name
    vaultUri: vault.outputs.uri
  }
}

output storefrontUrl string = 'https://${storefront.outputs.fqdn}'
