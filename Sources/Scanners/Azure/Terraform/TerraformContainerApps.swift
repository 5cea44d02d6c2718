import Templates
import Workloads

extension TerraformAzure {
  static let containerApps: [String: TerraformSpelling] = [
    "azurerm_container_app": TerraformSpelling(
      "Microsoft.App/containerApps",
      [
        "container_app_environment_id": .to("properties.environmentId"),
        "workload_profile_name": .to("properties.workloadProfileName"),
        "revision_mode": .to("properties.configuration.activeRevisionsMode"),
        "max_inactive_revisions": .to("properties.configuration.maxInactiveRevisions"),
        "ingress": .block("properties.configuration.ingress", ingress),
        "dapr": .block(
          "properties.configuration.dapr",
          ["app_id": .to("appId"), "app_port": .to("appPort"), "app_protocol": .to("appProtocol")]
        ),
        "secret": secrets, "registry": registries,
        "template": .block(
          "properties.template",
          templateFields.merging(
            [
              "min_replicas": .to("scale.minReplicas"), "max_replicas": .to("scale.maxReplicas"),
              "polling_interval_in_seconds": .to("scale.pollingInterval"),
              "cooldown_period_in_seconds": .to("scale.cooldownPeriod"),
              "revision_suffix": .to("revisionSuffix"),
              "termination_grace_period_seconds": .to("terminationGracePeriodSeconds"),
              "azure_queue_scale_rule": .list(
                "scale.rules",
                [
                  "name": .to("name"), "queue_name": .to("azureQueue.queueName"),
                  "queue_length": .to("azureQueue.queueLength"),
                  "authentication": .list("azureQueue.auth", authentication),
                ]
              ),
              "custom_scale_rule": .list(
                "scale.rules",
                [
                  "name": .to("name"), "custom_rule_type": .to("custom.type"),
                  "metadata": .to("custom.metadata"), "identity": .to("custom.identity"),
                  "identity_id": .to("custom.identity"),
                  "authentication": .list("custom.auth", authentication),
                ]
              ),
              "http_scale_rule": .list(
                "scale.rules",
                [
                  "name": .to("name"),
                  "concurrent_requests": .to("http.metadata.concurrentRequests"),
                  "authentication": .list("http.auth", authentication),
                ]
              ),
              "tcp_scale_rule": .list(
                "scale.rules",
                [
                  "name": .to("name"),
                  "concurrent_requests": .to("tcp.metadata.concurrentRequests"),
                  "authentication": .list("tcp.auth", authentication),
                ]
              ),
            ]
          ) { first, _ in first }
        ),
      ],
      finish: { source, builder in
        // A block of Dapr switches it on.
        if let dapr = source["dapr"].elements.first {
          builder.set("properties.configuration.dapr.enabled", Datum(.flag(true), dapr.origin))
        }
      }
    ),
    "azurerm_container_app_job": TerraformSpelling(
      "Microsoft.App/jobs",
      [
        "container_app_environment_id": .to("properties.environmentId"),
        "workload_profile_name": .to("properties.workloadProfileName"),
        "replica_timeout_in_seconds": .to("properties.configuration.replicaTimeout"),
        "replica_retry_limit": .to("properties.configuration.replicaRetryLimit"),
        "manual_trigger_config": .block("properties.configuration.manualTriggerConfig", trigger),
        "schedule_trigger_config": .block(
          "properties.configuration.scheduleTriggerConfig",
          trigger.merging(["cron_expression": .to("cronExpression")]) { first, _ in first }
        ),
        "event_trigger_config": .block(
          "properties.configuration.eventTriggerConfig",
          trigger.merging(
            [
              "scale": .block(
                "scale",
                [
                  "min_executions": .to("minExecutions"), "max_executions": .to("maxExecutions"),
                  "polling_interval_in_seconds": .to("pollingInterval"),
                  "rules": .list(
                    "rules",
                    [
                      "name": .to("name"), "custom_rule_type": .to("type"),
                      "metadata": .to("metadata"), "authentication": .list("auth", authentication),
                    ]
                  ),
                ]
              )
            ]
          ) { first, _ in first }
        ),
        "secret": secrets, "secrets": secrets, "registry": registries, "registries": registries,
        "template": .block("properties.template", templateFields),
      ],
      finish: { source, builder in
        let kinds = [
          ("manual_trigger_config", "Manual"), ("schedule_trigger_config", "Schedule"),
          ("event_trigger_config", "Event"),
        ]
        guard let kind = kinds.first(where: { !source[$0.0].elements.isEmpty }) else { return }
        builder.set(
          "properties.configuration.triggerType",
          Datum(.text(kind.1), source[kind.0].origin)
        )
      }
    ),
    "azurerm_container_app_environment": TerraformSpelling(
      "Microsoft.App/managedEnvironments",
      [
        "log_analytics_workspace_id": .to(
          "properties.appLogsConfiguration.logAnalyticsConfiguration.customerId"
        ),
        "logs_destination": .to("properties.appLogsConfiguration.destination"),
        "infrastructure_subnet_id": .to("properties.vnetConfiguration.infrastructureSubnetId"),
        "internal_load_balancer_enabled": .to("properties.vnetConfiguration.internal"),
        "zone_redundancy_enabled": .to("properties.zoneRedundant"),
        "dapr_application_insights_connection_string": .to("properties.daprAIConnectionString"),
        "mutual_tls_enabled": .to("properties.peerAuthentication.mtls.enabled"),
        "public_network_access": .to("properties.publicNetworkAccess"),
        "workload_profile": .list(
          "properties.workloadProfiles",
          [
            "name": .to("name"), "workload_profile_type": .to("workloadProfileType"),
            "minimum_count": .to("minimumCount"), "maximum_count": .to("maximumCount"),
          ]
        ),
      ],
      finish: { source, builder in
        // A workspace alone says where logs go.
        let workspace = source["log_analytics_workspace_id"]
        guard source["logs_destination"].isNothing, !workspace.isNothing else { return }
        builder.set(
          "properties.appLogsConfiguration.destination",
          Datum(.text("log-analytics"), workspace.origin)
        )
      }
    ),
    "azurerm_container_app_environment_dapr_component": TerraformSpelling(
      "Microsoft.App/managedEnvironments/daprComponents",
      [
        "component_type": .to("properties.componentType"), "version": .to("properties.version"),
        "scopes": .to("properties.scopes"),
        "metadata": .list(
          "properties.metadata",
          ["name": .to("name"), "value": .to("value"), "secret_name": .to("secretRef")]
        ),
        "secret": .list(
          "properties.secrets",
          ["name": .to("name"), "value": .to("value"), "key_vault_secret_id": .to("keyVaultUrl")]
        ),
      ],
      parent: "container_app_environment_id"
    ),
    "azurerm_container_app_environment_storage": TerraformSpelling(
      "Microsoft.App/managedEnvironments/storages",
      [
        "account_name": .to("properties.azureFile.accountName"),
        "share_name": .to("properties.azureFile.shareName"),
        "access_mode": .to("properties.azureFile.accessMode"),
        "access_key": .to("properties.azureFile.accountKey"),
        "nfs_server_url": .to("properties.nfsAzureFile.server"),
      ],
      parent: "container_app_environment_id"
    ),
    "azurerm_container_app_environment_certificate": TerraformSpelling(
      "Microsoft.App/managedEnvironments/certificates",
      [
        "certificate_password": .to("properties.password"),
        "certificate_blob_base64": .to("properties.value"),
        "certificate_key_vault": .block(
          "properties.certificateKeyVaultProperties",
          ["identity": .to("identity"), "key_vault_secret_id": .to("keyVaultUrl")]
        ),
      ],
      parent: "container_app_environment_id"
    ),
  ]

  private static let trigger: [String: TerraformSpelling.Field] = [
    "parallelism": .to("parallelism"), "replica_completion_count": .to("replicaCompletionCount"),
  ]

  private static let authentication: [String: TerraformSpelling.Field] = [
    "secret_name": .to("secretRef"), "trigger_parameter": .to("triggerParameter"),
  ]

  private static let secrets = TerraformSpelling.Field.list(
    "properties.configuration.secrets",
    [
      "name": .to("name"), "value": .to("value"), "identity": .to("identity"),
      "key_vault_secret_id": .to("keyVaultUrl"),
    ]
  )

  private static let registries = TerraformSpelling.Field.list(
    "properties.configuration.registries",
    [
      "server": .to("server"), "username": .to("username"), "identity": .to("identity"),
      "password_secret_name": .to("passwordSecretRef"),
    ]
  )

  private static let ingress: [String: TerraformSpelling.Field] = [
    "external_enabled": .to("external"), "target_port": .to("targetPort"),
    "exposed_port": .to("exposedPort"), "transport": .to("transport"),
    "allow_insecure_connections": .to("allowInsecure"),
    "client_certificate_mode": .to("clientCertificateMode"),
    "custom_domain": .list(
      "customDomains",
      ["name": .to("name"), "certificate_id": .to("certificateId")]
    ),
    "ip_security_restriction": .list(
      "ipSecurityRestrictions",
      [
        "name": .to("name"), "action": .to("action"), "description": .to("description"),
        "ip_address_range": .to("ipAddressRange"),
      ]
    ),
    "cors": .block(
      "corsPolicy",
      [
        "allowed_origins": .to("allowedOrigins"), "allowed_methods": .to("allowedMethods"),
        "allowed_headers": .to("allowedHeaders"), "exposed_headers": .to("exposeHeaders"),
        "allow_credentials_enabled": .to("allowCredentials"),
      ]
    ),
    "traffic_weight": .list(
      "traffic",
      [
        "label": .to("label"), "latest_revision": .to("latestRevision"),
        "percentage": .to("weight"), "revision_suffix": .to("revisionName"),
      ]
    ),
  ]

  private static let container: [String: TerraformSpelling.Field] = [
    "name": .to("name"), "image": .to("image"), "command": .to("command"), "args": .to("args"),
    "cpu": .to("resources.cpu"), "memory": .to("resources.memory"),
    "ephemeral_storage": .to("resources.ephemeralStorage"),
    "env": .list(
      "env",
      ["name": .to("name"), "value": .to("value"), "secret_name": .to("secretRef")]
    ),
    "volume_mounts": .list(
      "volumeMounts",
      ["name": .to("volumeName"), "path": .to("mountPath"), "sub_path": .to("subPath")]
    ),
    "liveness_probe": .probes("Liveness"), "readiness_probe": .probes("Readiness"),
    "startup_probe": .probes("Startup"),
  ]

  private static let templateFields: [String: TerraformSpelling.Field] = [
    "container": .list("containers", container),
    "init_container": .list("initContainers", container),
    "volume": .list(
      "volumes",
      [
        "name": .to("name"), "storage_type": .to("storageType"),
        "storage_name": .to("storageName"), "mount_options": .to("mountOptions"),
      ]
    ),
  ]
}
