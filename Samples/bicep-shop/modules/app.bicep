type secretReference = {
  name: string
  keyVaultUrl: string
  identity: string
}

param name string
param location string
param tags object
param environmentId string
param identityId string
param registryServer string
param image string
param external bool
param insecure bool = false
param port int = 8080
param cpu string = '0.5'
param memory string = '1Gi'
param minReplicas int = 2
param maxReplicas int = 6
param secrets secretReference[] = []
param variables array = []

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    managedEnvironmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
      secrets: secrets
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      ingress: {
        external: external
        allowInsecure: insecure
        targetPort: port
      }
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: name
          image: image
          env: variables
          resources: {
            cpu: json(cpu)
            memory: memory
          }
          probes: [
            for kind in ['Liveness', 'Readiness']: {
              type: kind
              httpGet: {
                path: '/healthz'
                port: port
              }
            }
          ]
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'http'
            http: { metadata: { concurrentRequests: '50' } }
          }
        ]
      }
    }
  }
}

output fqdn string = app.properties.configuration.ingress.fqdn
