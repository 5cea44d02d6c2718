import Templates
import Workloads

/// The fields of container apps and jobs by the published schema, API version 2025-07-01 and the
/// previews before it.
enum ContainerAppFields {
  /// A mapping's fields; those of lists are those of each element.
  indirect enum Shape {
    /// Anything may stand here.
    case any
    case fields([String: Shape])
  }

  private static func plain(_ names: String, _ others: [String: Shape] = [:]) -> Shape {
    var fields = others
    for name in names.split(separator: " ") { fields[String(name)] = .any }
    return .fields(fields)
  }

  private static let scaleRule = plain(
    "name type metadata auth identity",
    [
      "http": plain("metadata auth identity"), "tcp": plain("metadata auth identity"),
      "custom": plain("type metadata auth identity"),
      "azureQueue": plain("accountName auth identity queueLength queueName"),
    ]
  )

  private static let container = plain(
    "name image imageType command args",
    [
      "env": plain("name value secretRef"),
      "resources": plain("cpu memory ephemeralStorage gpu"),
      "volumeMounts": plain("volumeName mountPath subPath"),
      "probes": plain(
        """
        type initialDelaySeconds periodSeconds timeoutSeconds failureThreshold successThreshold \
        terminationGracePeriodSeconds
        """,
        [
          "httpGet": plain("path port host scheme", ["httpHeaders": plain("name value")]),
          "tcpSocket": plain("host port"),
        ]
      ),
    ]
  )

  private static let volumes = plain(
    "name storageType storageName mountOptions",
    ["secrets": plain("secretRef path")]
  )

  private static let access: [String: Shape] = [
    "secrets": plain("name value keyVaultUrl identity"),
    "registries": plain("server username passwordSecretRef identity"),
    "identitySettings": plain("identity lifecycle"),
  ]

  private static let configuration = plain(
    "activeRevisionsMode maxInactiveRevisions revisionTransitionThreshold targetLabel",
    access.merging(
      [
        "dapr": plain(
          """
          enabled appId appPort appProtocol enableApiLogging httpMaxRequestSize httpReadBufferSize \
          logLevel maxConcurrency
          """,
          [
            "appHealth": plain(
              "enabled path probeIntervalSeconds probeTimeoutMilliseconds threshold"
            )
          ]
        ),
        "ingress": plain(
          """
          external targetPort exposedPort transport allowInsecure clientCertificateMode fqdn \
          targetPortHttpScheme
          """,
          [
            "additionalPortMappings": plain("external targetPort exposedPort"),
            "corsPolicy": plain(
              "allowCredentials allowedHeaders allowedMethods allowedOrigins exposeHeaders maxAge"
            ),
            "customDomains": plain("name bindingType certificateId"),
            "ipSecurityRestrictions": plain("name description ipAddressRange action"),
            "stickySessions": plain("affinity"),
            "traffic": plain("revisionName weight latestRevision label"),
          ]
        ),
        "runtime": .any, "service": plain("type"),
      ]
    ) { first, _ in first }
  )

  private static let outer = """
    id name type apiVersion location tags kind managedBy systemData extendedLocation sku zones \
    resourceGroup etag scope eTag dependsOn
    """

  private static let identity: Shape = plain(
    "type principalId tenantId userAssignedIdentities"
  )

  static let app: Shape = plain(
    outer,
    [
      "identity": identity,
      "properties": plain(
        """
        environmentId managedEnvironmentId workloadProfileName customDomainVerificationId \
        eventStreamEndpoint latestReadyRevisionName latestRevisionFqdn latestRevisionName \
        outboundIpAddresses provisioningState runningStatus patchingMode delegatedIdentities \
        deploymentErrors patchingConfiguration runningState
        """,
        [
          "configuration": configuration,
          "template": plain(
            "revisionSuffix terminationGracePeriodSeconds",
            [
              "containers": container, "initContainers": container, "volumes": volumes,
              "serviceBinds": plain("name serviceId clientType customizedKeys"),
              "scale": plain(
                "minReplicas maxReplicas pollingInterval cooldownPeriod",
                ["rules": scaleRule]
              ),
            ]
          ),
        ]
      ),
    ]
  )

  static let job: Shape = plain(
    outer,
    [
      "identity": identity,
      "properties": plain(
        """
        environmentId workloadProfileName eventStreamEndpoint outboundIpAddresses \
        provisioningState runningState
        """,
        [
          "configuration": plain(
            "triggerType replicaTimeout replicaRetryLimit",
            access.merging(
              [
                "manualTriggerConfig": plain("parallelism replicaCompletionCount"),
                "scheduleTriggerConfig": plain("cronExpression parallelism replicaCompletionCount"),
                "eventTriggerConfig": plain(
                  "parallelism replicaCompletionCount",
                  [
                    "scale": plain(
                      "minExecutions maxExecutions pollingInterval",
                      ["rules": scaleRule]
                    )
                  ]
                ),
              ]
            ) { first, _ in first }
          ),
          "template": plain(
            "",
            ["containers": container, "initContainers": container, "volumes": volumes]
          ),
        ]
      ),
    ]
  )

  /// Names fields that the schema does not have, each once.
  static func check(
    _ value: Datum,
    _ shape: Shape,
    _ path: String,
    _ body: inout ContainerAppBody
  ) {
    guard case .fields(let fields) = shape else { return }
    for element in value.isList ? value.elements : [value] {
      for entry in element.entries {
        if let next = fields[entry.key] {
          check(entry.value, next, path.isEmpty ? entry.key : "\(path).\(entry.key)", &body)
          continue
        }
        // Azure takes names in any case.
        let lower = entry.key.lowercased()
        if fields.keys.contains(where: { $0.lowercased() == lower }) { continue }
        body.unknownField(entry, in: path)
      }
    }
  }
}

extension ContainerAppBody {
  mutating func unknownField(_ entry: DatumObject.Entry, in path: String) {
    let place = path.isEmpty ? "A container app" : "\(path) of a container app"
    notices.append(
      (.unsupportedField, entry.keyOrigin.location, "\(place) has no field \(entry.key).")
    )
    workload.unsupported.append(NamedValue(entry.key, .absent, entry.keyOrigin))
  }
}
