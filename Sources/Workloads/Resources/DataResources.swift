package enum LogGroup {
  package static let retentionDays = Attribute<Int>(
    "retentionDays",
    "Days that entries are kept; absent on AWS: for ever."
  )
  package static let isEncrypted = Attribute<Bool>(
    "encrypted",
    "Whether a key of one's own encrypts it."
  )
  package static let dailyCap = Attribute<Double>("dailyCap", "Gigabytes a day, at most.")
  package static let kind = ResourceKind(
    "logGroup",
    "A log group of CloudWatch or a Log Analytics workspace.",
    [retentionDays.declared, isEncrypted.declared, dailyCap.declared]
  )
}

/// Where a whole cluster or environment sends its logs.
package enum LogDestination {
  package static let destination = Attribute<String>(
    "destination",
    "`cloudwatch`, `log-analytics` …"
  )
  package static let kind = ResourceKind(
    "logDestination",
    "Where logs are sent: the ConfigMap `aws-logging` of EKS Fargate, diagnostic settings.",
    [destination.declared]
  )
}

package enum Registry {
  package static let scanOnPush = Attribute<Bool>(
    "scanOnPush",
    "Whether images are scanned when pushed."
  )
  package static let registryScanning = Attribute<Bool>(
    "registryScanning",
    "Whether scanning of the whole registry is switched on in the inputs."
  )
  package static let immutableTags = Attribute<Bool>(
    "immutableTags",
    "Whether a tag can never move."
  )
  package static let hasLifecycle = Attribute<Bool>(
    "hasLifecycle",
    "Whether old images are removed."
  )
  package static let isPublic = Attribute<Bool>("public", "Whether anybody can pull from it.")
  package static let publicNetwork = Attribute<Bool>(
    "publicNetwork",
    "Whether the internet reaches it."
  )
  package static let adminUser = Attribute<Bool>("adminUser", "Whether the admin user is on.")
  package static let sku = Attribute<String>("sku", "`Basic`, `Standard`, `Premium`.")
  package static let isEncrypted = Attribute<Bool>(
    "encrypted",
    "Whether a key of one's own encrypts it."
  )
  package static let kind = ResourceKind(
    "registry",
    plural: "registries",
    "An ECR repository or an Azure container registry.",
    [
      scanOnPush.declared, registryScanning.declared, immutableTags.declared, hasLifecycle.declared,
      isPublic.declared, publicNetwork.declared, adminUser.declared, sku.declared,
      isEncrypted.declared,
    ]
  )
}

/// A secret in a managed store: Secrets Manager, Key Vault.
package enum ManagedSecret {
  package static let store = Attribute<String>(
    "store",
    "`secrets-manager`, `key-vault` or `environment`."
  )
  package static let rotates = Attribute<Bool>("rotates", "Whether it is rotated.")
  package static let hasLiteralValue = Attribute<Bool>(
    "hasLiteralValue",
    "Whether its value stands in the file."
  )
  package static let literalValue = Attribute<String>(
    "literalValue",
    "Its value, where it stands in the file; never shown."
  )
  package static let isGenerated = Attribute<Bool>(
    "generated",
    "Whether the platform makes its value up."
  )
  package static let expires = Attribute<Bool>("expires", "Whether it has an expiry date.")
  package static let kind = ResourceKind(
    "managedSecret",
    "A secret in a managed store.",
    [
      store.declared, rotates.declared, hasLiteralValue.declared, literalValue.declared,
      isGenerated.declared, expires.declared,
    ]
  )
}

/// What keeps secrets and keys on the platform: an Azure Key Vault.
package enum SecretVault {
  package static let purgeProtection = Attribute<Bool>(
    "purgeProtection",
    "Whether what was deleted cannot be removed for good before its time."
  )
  package static let softDeleteDays = Attribute<Int>(
    "softDeleteDays",
    "Days that deleted content can be brought back."
  )
  package static let usesRoles = Attribute<Bool>(
    "usesRoles",
    "Whether roles decide on access rather than the vault's own access policies."
  )
  package static let publicNetwork = Attribute<Bool>(
    "publicNetwork",
    "Whether every address of the internet reaches it."
  )
  package static let accessPolicies = Attribute<[String]>(
    "accessPolicies",
    "Permissions of its access policies: `secrets:get`, `keys:all`."
  )
  package static let kind = ResourceKind(
    "secretStore",
    "An Azure Key Vault.",
    [
      purgeProtection.declared, softDeleteDays.declared, usesRoles.declared,
      publicNetwork.declared, accessPolicies.declared,
    ]
  )
}

/// How a workload signs in to a registry.
package enum RegistryCredential {
  package static let server = Attribute<String>("server", "The registry's host.")
  package static let username = Attribute<String>("username", "The user, if it signs in as one.")
  package static let identity = Attribute<String>(
    "identity",
    "The managed identity it signs in with: `system`, or the id of one; empty with a password."
  )
  package static let passwordSecret = Attribute<String>(
    "passwordSecret",
    "The secret that holds the password."
  )
  package static let kind = ResourceKind(
    "registryCredential",
    "How a container app signs in to a registry.",
    [server.declared, username.declared, identity.declared, passwordSecret.declared]
  )
}

/// A secret kept with the workload: a Kubernetes Secret, a secret of a container app.
package enum SecretObject {
  package static let secretType = Attribute<String>(
    "secretType",
    "`Opaque`, `kubernetes.io/dockerconfigjson` …"
  )
  package static let source = Attribute<String>(
    "source",
    "`literal`, `parameter`, `key-vault`, `external`, `sealed`, `reference`, `empty`."
  )
  package static let value = Attribute<String>("value", "Its decoded value; never shown.")
  package static let keyName = Attribute<String>("key", "The key within the object.")
  package static let identity = Attribute<String>("identity", "The identity that fetches it.")
  package static let kind = ResourceKind(
    "secretObject",
    "A key of a Kubernetes Secret, or a secret of a container app.",
    [
      secretType.declared, source.declared, value.declared, keyName.declared, identity.declared,
    ]
  )
}

/// A piece of configuration kept apart: a key of a ConfigMap, a parameter of a template.
package enum ConfigObject {
  package static let keyName = Attribute<String>("key", "The key within the object.")
  package static let value = Attribute<String>("value", "Its text.")
  package static let isProtected = Attribute<Bool>(
    "protected",
    "Whether it is declared to be secret (NoEcho, securestring, sensitive)."
  )
  package static let objectKind = Attribute<String>("objectKind", "`ConfigMap` or `parameter`.")
  package static let kind = ResourceKind(
    "configObject",
    "A key of a ConfigMap, or a parameter's default in a template.",
    [keyName.declared, value.declared, isProtected.declared, objectKind.declared]
  )
}

/// A parameter of Systems Manager or App Configuration.
package enum Parameter {
  package static let parameterType = Attribute<String>(
    "parameterType",
    "`String`, `StringList`, `SecureString`; in App Configuration `KeyValue`, `KeyVaultReference`."
  )
  package static let value = Attribute<String>("value", "Its text; never shown if secret.")
  package static let isUsedAsSecret = Attribute<Bool>(
    "usedAsSecret",
    "Whether a task takes it as a secret."
  )
  package static let kind = ResourceKind(
    "parameter",
    "A parameter of Systems Manager, or a value of App Configuration.",
    [parameterType.declared, value.declared, isUsedAsSecret.declared]
  )
}

package enum FileSystem {
  package static let type = Attribute<String>("fileSystemType", "`efs`, `fsx`, `azure-files`.")
  package static let isEncrypted = Attribute<Bool>("encrypted", "Whether it is encrypted at rest.")
  package static let accessMode = Attribute<String>(
    "accessMode",
    "`ReadOnly` or `ReadWrite`, where a share is handed to apps."
  )
  package static let transport = Attribute<String>("transport", "`smb` or `nfs`.")
  package static let kind = ResourceKind(
    "fileSystem",
    "A file system that the platform keeps.",
    [type.declared, isEncrypted.declared, accessMode.declared, transport.declared]
  )
}

/// A claim to storage, with what the claim resolves to.
package enum StorageClaim {
  package static let accessModes = Attribute<[String]>(
    "accessModes",
    "`ReadWriteOnce`, `ReadWriteMany` …"
  )
  package static let storageClass = Attribute<String>(
    "storageClass",
    "The class, stated or default."
  )
  package static let provisioner = Attribute<String>(
    "provisioner",
    "The driver behind it: `ebs.csi.aws.com`, `efs.csi.aws.com`, `file.csi.azure.com`, `hostPath`, `nfs`."
  )
  package static let medium = Attribute<String>(
    "medium",
    "What the driver gives: `block`, `file`, `host` or `unknown`."
  )
  package static let size = Attribute<Int>("size", "Bytes.")
  package static let isTemplate = Attribute<Bool>(
    "template",
    "Whether a StatefulSet makes one for each copy."
  )
  package static let kind = ResourceKind(
    "storageClaim",
    "A PersistentVolumeClaim, or a template of one.",
    [
      accessModes.declared, storageClass.declared, provisioner.declared, medium.declared,
      size.declared, isTemplate.declared,
    ]
  )
}

/// A managed database, cache or broker that is already there.
package enum Database {
  package static let engine = Attribute<String>("engine", "`postgres`, `mysql`, `redis` …")
  package static let isPublic = Attribute<Bool>("public", "Whether the internet reaches it.")
  package static let isEncrypted = Attribute<Bool>("encrypted", "Whether it is encrypted at rest.")
  package static let managesPassword = Attribute<Bool>(
    "managesPassword",
    "Whether the platform keeps and rotates its password."
  )
  package static let openRanges = Attribute<[String]>(
    "openRanges",
    "Address ranges that its firewall lets in, as `first-last`."
  )
  package static let requiresTLS = Attribute<Bool>(
    "requiresTLS",
    "Whether it refuses connections that are not encrypted."
  )
  package static let minimumTLS = Attribute<String>(
    "minimumTLS",
    "The oldest version of TLS that it takes: `1.2`."
  )
  package static let kind = ResourceKind(
    "database",
    "A managed database, cache or broker.",
    [
      engine.declared, isPublic.declared, isEncrypted.declared, managesPassword.declared,
      openRanges.declared, requiresTLS.declared, minimumTLS.declared,
    ]
  )
}
