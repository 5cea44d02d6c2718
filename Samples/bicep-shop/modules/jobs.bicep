param location string
param tags object
param environmentId string
param identityId string
param registryServer string
param uploadStorage string
param vaultUri string

var schedules = [
  { name: 'order-export', cron: '15 2 * * *', command: ['/app/export', '--since', 'yesterday'] }
  { name: 'price-refresh', cron: '*/30 * * * *', command: ['/app/refresh'] }
]

resource job 'Microsoft.App/jobs@2024-03-01' = [
  for (entry, index) in schedules: {
    name: entry.name
    location: location
    tags: union(tags, { order: string(index) })
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identityId}': {}
      }
    }
    properties: {
      environmentId: environmentId
      configuration: {
        triggerType: 'Schedule'
        replicaTimeout: 1800
        replicaRetryLimit: 1
        scheduleTriggerConfig: {
          cronExpression: entry.cron
        }
        registries: [
          { server: registryServer, identity: identityId }
        ]
        secrets: [
          {
            name: 'mail-password'
            keyVaultUrl: '${vaultUri}secrets/mail-password'
            identity: identityId
          }
        ]
      }
      template: {
        containers: [
          {
            name: entry.name
            image: '${registryServer}/shop/jobs:1.9.0'
            command: entry.command
            resources: {
              cpu: json('0.25')
              memory: '0.5Gi'
            }
            env: [
              { name: 'MAIL_PASSWORD', secretRef: 'mail-password' }
            ]
          }
        ]
      }
    }
  }
]

// Pictures that customers send in are cut here; the originals stay on the share.
resource pictures 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'pictures'
  location: location
  properties: {
    environmentId: environmentId
    configuration: {
      activeRevisionsMode: 'Single'
    }
    template: {
      containers: [
        {
          name: 'pictures'
          image: 'docker.io/library/node:16-alpine'
          args: ['node', '/srv/uploads/resize.js']
          resources: {
            cpu: 1
            memory: '2Gi'
          }
          volumeMounts: [
            { volumeName: 'uploads', mountPath: '/srv/uploads' }
          ]
        }
      ]
      volumes: [
        { name: 'uploads', storageType: 'AzureFile', storageName: uploadStorage }
      ]
    }
  }
}

resource cache 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'cache'
  location: location
  tags: tags
  properties: {
    environmentId: environmentId
    configuration: {
      ingress: {
        targetPort: 6379
        transport: 'tcp'
      }
    }
    template: {
      containers: [
        {
          name: 'redis'
          image: 'docker.io/library/redis:7.2'
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
        }
      ]
      scale: {
        minReplicas: 1
        maxReplicas: 1
      }
    }
  }
}
