param name string
param location string
param tags object

@secure()
param mailPassword string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    publicNetworkAccess: 'Enabled'
  }

  resource mail 'secrets' = {
    name: 'mail-password'
    properties: {
      value: mailPassword
    }
  }
}

output uri string = vault.properties.vaultUri
