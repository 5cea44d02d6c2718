import RuleEngine
import Testing
import Unmoor

/// The same app in every language that can describe it is told the same.
@Suite struct ContainerAppSpellingTests {
  private static let yaml = """
    type: Microsoft.App/containerApps
    name: order-worker
    location: westeurope
    tags: { team: shop }
    identity: { type: SystemAssigned }
    properties:
      workloadProfileName: Consumption
      configuration:
        activeRevisionsMode: Single
        secrets:
          - { name: db, value: kX8tr2mQv7Lw9 }
        registries:
          - { server: shop.azurecr.io, username: shop, passwordSecretRef: db }
        ingress: { external: true, targetPort: 8080, transport: auto, allowInsecure: true }
      template:
        containers:
          - name: web
            image: shop.azurecr.io/web:latest
            resources: { cpu: 0.5, memory: 2Gi }
            env:
              - { name: DB_PASSWORD, secretRef: db }
              - { name: CACHE, value: "localhost:6379" }
            probes:
              - { type: Liveness, httpGet: { path: /healthz, port: 8080 }, failureThreshold: 30 }
        scale: { minReplicas: 6, maxReplicas: 8 }
    """

  private static let bicep = """
    resource app 'Microsoft.App/containerApps@2025-01-01' = {
      name: 'order-worker'
      location: 'westeurope'
      tags: { team: 'shop' }
      identity: { type: 'SystemAssigned' }
      properties: {
        workloadProfileName: 'Consumption'
        configuration: {
          activeRevisionsMode: 'Single'
          secrets: [ { name: 'db', value: 'kX8tr2mQv7Lw9' } ]
          registries: [ { server: 'shop.azurecr.io', username: 'shop', passwordSecretRef: 'db' } ]
          ingress: { external: true, targetPort: 8080, transport: 'auto', allowInsecure: true }
        }
        template: {
          containers: [
            {
              name: 'web'
              image: 'shop.azurecr.io/web:latest'
              resources: { cpu: json('0.5'), memory: '2Gi' }
              env: [
                { name: 'DB_PASSWORD', secretRef: 'db' }
                { name: 'CACHE', value: 'localhost:6379' }
              ]
              probes: [
                { type: 'Liveness', httpGet: { path: '/healthz', port: 8080 }, failureThreshold: 30 }
              ]
            }
          ]
          scale: { minReplicas: 6, maxReplicas: 8 }
        }
      }
    }
    """

  private static let arm = """
    {
      "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      "contentVersion": "1.0.0.0",
      "resources": [{
        "type": "Microsoft.App/containerApps", "apiVersion": "2025-01-01",
        "name": "order-worker", "location": "westeurope", "tags": {"team": "shop"},
        "identity": {"type": "SystemAssigned"},
        "properties": {
          "workloadProfileName": "Consumption",
          "configuration": {
            "activeRevisionsMode": "Single",
            "secrets": [{"name": "db", "value": "kX8tr2mQv7Lw9"}],
            "registries": [
              {"server": "shop.azurecr.io", "username": "shop", "passwordSecretRef": "db"}],
            "ingress": {
              "external": true, "targetPort": 8080, "transport": "auto", "allowInsecure": true}
          },
          "template": {
            "containers": [{
              "name": "web", "image": "shop.azurecr.io/web:latest",
              "resources": {"cpu": "[json('0.5')]", "memory": "2Gi"},
              "env": [{"name": "DB_PASSWORD", "secretRef": "db"},
                {"name": "CACHE", "value": "localhost:6379"}],
              "probes": [{"type": "Liveness", "failureThreshold": 30,
                "httpGet": {"path": "/healthz", "port": 8080}}]
            }],
            "scale": {"minReplicas": 6, "maxReplicas": 8}
          }
        }
      }]
    }
    """

  private static let terraform = """
    resource "azurerm_container_app" "app" {
      name                  = "order-worker"
      revision_mode         = "Single"
      workload_profile_name = "Consumption"
      tags                  = { team = "shop" }
      identity {
        type = "SystemAssigned"
      }
      secret {
        name  = "db"
        value = "kX8tr2mQv7Lw9"
      }
      registry {
        server               = "shop.azurecr.io"
        username             = "shop"
        password_secret_name = "db"
      }
      ingress {
        external_enabled           = true
        target_port                = 8080
        transport                  = "auto"
        allow_insecure_connections = true
      }
      template {
        min_replicas = 6
        max_replicas = 8
        container {
          name   = "web"
          image  = "shop.azurecr.io/web:latest"
          cpu    = 0.5
          memory = "2Gi"
          env {
            name        = "DB_PASSWORD"
            secret_name = "db"
          }
          env {
            name  = "CACHE"
            value = "localhost:6379"
          }
          liveness_probe {
            transport               = "HTTP"
            path                    = "/healthz"
            port                    = 8080
            failure_count_threshold = 30
          }
        }
      }
    }
    """

  private static func said(of file: String, _ text: String) async throws -> [String] {
    let assessment = try await Shop.assess([file: text])
    let name = assessment.workloads.first { $0.disposition == .move }
    let own = assessment.findings.filter { $0.workload == name?.id }
      .map { "\($0.rule) \($0.severity): \($0.message)" }
    let answers = Set(
      assessment.checks.filter { $0.workload == name?.id && $0.state != .notApplicable }
        .map { "\($0.rule) \($0.target ?? "") \($0.state)" }
    )
    return own.sorted() + answers.sorted()
  }

  @Test(arguments: [("main.bicep", bicep), ("main.json", arm), ("main.tf", terraform)])
  func saysTheSame(_ file: String, _ text: String) async throws {
    let expected = try await Self.said(of: "app.yaml", Self.yaml)
    let rules = Set(expected.map { $0.prefix { $0 != " " } })
    for rule in [
      "cost/invalid-aca-size", "cost/min-replicas-high", "iam/azure-registry-password",
      "image/latest-tag", "image/probe-limits", "net/aca-allow-insecure",
      "net/aca-external-ingress",
      "secrets/aca-inline-value",
    ] { #expect(rules.contains(Substring(rule)), "\(rule)") }
    let own = try await Self.said(of: file, text)
    #expect(Set(own).subtracting(expected) == [])
    #expect(Set(expected).subtracting(own) == [])
  }
}
