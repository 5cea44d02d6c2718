/// A storage account on Azure: blobs, files, queues and tables behind one name.
package enum StorageAccount {
  package static let publicNetwork = Attribute<Bool>(
    "publicNetwork",
    "Whether every address of the internet reaches it."
  )
  package static let anonymousBlobs = Attribute<Bool>(
    "anonymousBlobs",
    "Whether its containers may be opened to everybody without signing in."
  )
  package static let requiresTLS = Attribute<Bool>(
    "requiresTLS",
    "Whether it refuses connections that are not encrypted."
  )
  package static let minimumTLS = Attribute<String>(
    "minimumTLS",
    "The oldest version of TLS that it takes: `1.2`."
  )
  package static let sharedKey = Attribute<Bool>(
    "sharedKey",
    "Whether its keys open it, besides identities."
  )
  package static let kind = ResourceKind(
    "storageAccount",
    "A storage account on Azure.",
    [
      publicNetwork.declared, anonymousBlobs.declared, requiresTLS.declared, minimumTLS.declared,
      sharedKey.declared,
    ]
  )
}

/// What keeps configuration on the platform: Azure App Configuration; its values are parameters.
package enum ConfigurationStore {
  package static let publicNetwork = Attribute<Bool>(
    "publicNetwork",
    "Whether the internet reaches it."
  )
  package static let accessKeys = Attribute<Bool>(
    "accessKeys",
    "Whether its access keys open it, besides identities."
  )
  package static let purgeProtection = Attribute<Bool>(
    "purgeProtection",
    "Whether what was deleted cannot be removed for good before its time."
  )
  package static let sku = Attribute<String>("sku", "`free`, `developer`, `standard`, `premium`.")
  package static let kind = ResourceKind(
    "configurationStore",
    "A store of Azure App Configuration.",
    [publicNetwork.declared, accessKeys.declared, purgeProtection.declared, sku.declared]
  )
}
