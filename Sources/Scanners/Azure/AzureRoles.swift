/// Built-in roles of Azure by their ids.
///
/// Those that published templates of the Azure project name are `seen` there; the rest is from
/// memory of the documentation and has no source that could be checked offline.
enum AzureRoles {
  static func name(of identifier: String) -> String? { byIdentifier[identifier] }

  static func identifier(of name: String) -> String? { byName[name.lowercased()] }

  /// Whether a text has the form of a role's id: five groups of hexadecimal digits.
  static func isIdentifier(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  private static let byIdentifier = Dictionary(
    uniqueKeysWithValues: (seen + remembered).map { ($0.0, $0.1) }
  )

  private static let byName = Dictionary(
    (seen + remembered).map { ($0.1.lowercased(), $0.0) },
    uniquingKeysWith: { first, _ in first }
  )

  private static let seen: [(String, String)] = [
    ("4f8fab4f-1852-4a58-a46a-8eaf358af14a", "Avere Contributor"),
    ("c025889f-8102-4ebf-b32c-fc0c6f0c6bd9", "Avere Operator"),
    ("7b0c7e81-271f-4c71-90bf-e30bdfdbc2f7", "Azure Center for SAP solutions administrator"),
    ("05352d14-a920-4328-a0de-4cbe7430e26b", "Azure Center for SAP solutions reader"),
    ("aabbc5dd-1af0-458b-a942-81af88f9c138", "Azure Center for SAP solutions service role"),
    ("18ed5180-3e48-46fd-8541-4ea054d57064", "Azure Kubernetes Service Policy Add-on Deployment"),
    ("5e467623-bb1f-42f4-a55d-6e525e11384b", "Backup Contributor"),
    ("00c29273-979b-4161-815c-10b084fb9324", "Backup Operator"),
    ("ad2dd5fb-cd4b-4fd4-a9b6-4fed3630980b", "ContainerApp Reader"),
    ("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"),
    ("230815da-be43-4aae-9cb4-875f7bd000aa", "Cosmos DB Operator"),
    ("0f2ebee7-ffd4-4fc0-b3b7-664099fdad5d", "DNS Resolver Contributor"),
    ("befefa01-2a29-4197-83a8-272ff33ce314", "DNS Zone Contributor"),
    ("a959dbd1-f747-45e3-8ba6-dd80f235f97c", "Desktop Virtualization Virtual Machine Contributor"),
    ("76283e04-6283-4c54-8f91-bcf1374a3c64", "DevTest Labs User"),
    ("5bd9cd88-fe45-4216-938b-f97437e15450", "DocumentDB Account Contributor"),
    ("eeaeda52-9324-47f6-8069-5d5bade478b2", "Domain Services Contributor"),
    ("361898ef-9ed1-48c2-849c-a832951106bb", "Domain Services Reader"),
    ("a8835c7d-b5cb-47fa-b6f0-65ea10ce07a2", "LocalNGFirewallAdministrator role"),
    ("92aaf0da-9dab-42b6-94a3-d43ce8d16293", "Log Analytics Contributor"),
    ("73c42c96-874c-492b-b04d-ab87d138a893", "Log Analytics Reader"),
    ("641177b8-a67a-45b9-a033-47bc880bb21e", "Managed Application Contributor Role"),
    ("c7393b34-138c-406f-901b-d8cf2b17e6ae", "Managed Application Operator Role"),
    ("b9331d33-8a36-4f8c-b097-4f54124fdb44", "Managed Applications Reader"),
    ("749f88d5-cbae-40b8-bcfc-e573ddc772fa", "Monitoring Contributor"),
    ("43d0d8ad-25c7-4714-9337-8ba259a9fe05", "Monitoring Reader"),
    ("4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor"),
    ("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"),
    ("b12aa53e-6015-4669-85d0-8515ebb3ae7f", "Private DNS Zone Contributor"),
    ("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader"),
    ("36243c78-bf99-498c-9df9-86d9f8d28608", "Resource Policy Contributor"),
    ("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"),
    ("4939a1f6-9ae0-4e48-a1e0-f2cbe897382d", "SQL Managed Instance Contributor"),
    ("056cd41c-7e88-42e1-933e-88ba6a50c9c3", "SQL Security Manager"),
    ("6670b86e-a3f7-4917-ac9b-5d6ab1be4567", "Site Recovery Contributor"),
    ("494ae006-db33-4328-bf46-533a6560a3ca", "Site Recovery Operator"),
    ("17d1049b-9a84-46fb-8f53-869881c3d3ab", "Storage Account Contributor"),
    ("a4b10055-b0c7-44c2-b00f-c7b5b3550cf7", "Traffic Manager Contributor"),
    ("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"),
    ("1c0163c0-47e6-4577-8991-ea5c82e286e4", "Virtual Machine Administrator Login"),
    ("9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "Virtual Machine Contributor"),
    ("fb879df8-f326-4884-b1cf-06f3ad86be52", "Virtual Machine User Login"),
    ("a6333a3e-0164-44c3-b281-7a577aff287f", "Windows Admin Center Administrator Login"),
  ]

  private static let remembered: [(String, String)] = [
    ("c2f4ef07-c644-48eb-af81-4b1b4947fb11", "AcrDelete"),
    ("6cef56e8-d556-48e5-a04f-b8e64114680f", "AcrImageSigner"),
    ("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull"),
    ("8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush"),
    ("5ae67dd6-50cb-40e7-96ff-dc2bfa4b606b", "App Configuration Data Owner"),
    ("516239f1-63e1-4d78-a4de-a74fb236a071", "App Configuration Data Reader"),
    ("f526a384-b230-433a-b45c-95f59c4a2dec", "Azure Event Hubs Data Owner"),
    ("a638d3c7-ab3a-418d-83e6-5f17a39d4fde", "Azure Event Hubs Data Receiver"),
    ("2b629674-e913-4c01-ae53-ef4638d8f975", "Azure Event Hubs Data Sender"),
    ("090c5cfd-751d-490a-894a-3ce6f1109419", "Azure Service Bus Data Owner"),
    ("4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0", "Azure Service Bus Data Receiver"),
    ("69a216fc-b8fb-44d8-bc22-1f3c2cd27a39", "Azure Service Bus Data Sender"),
    ("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", "Cognitive Services OpenAI User"),
    ("a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User"),
    ("00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator"),
    ("a4417e6f-fecd-4de8-b567-7b0420556985", "Key Vault Certificates Officer"),
    ("f25e0fa2-a7c8-4377-a976-54943a77a395", "Key Vault Contributor"),
    ("14b46e9e-c2b7-41b4-b07b-48a6ebf60603", "Key Vault Crypto Officer"),
    ("e147488a-f6f5-4113-8e2d-b22465e65bf6", "Key Vault Crypto Service Encryption User"),
    ("12338af0-0e69-4776-bea7-57ae8d297424", "Key Vault Crypto User"),
    ("21090545-7ca7-4776-b22c-e363652d74d2", "Key Vault Reader"),
    ("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer"),
    ("4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User"),
    ("e40ec5ca-96e0-45a2-b4ff-59039f2c2b59", "Managed Identity Contributor"),
    ("f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator"),
    ("3913510d-42f4-4e42-8a64-420c390055eb", "Monitoring Metrics Publisher"),
    ("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor"),
    ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner"),
    ("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader"),
    ("0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb", "Storage File Data SMB Share Contributor"),
    ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor"),
    ("8a0f0c08-91a1-4084-bc3d-661d67233fed", "Storage Queue Data Message Processor"),
    ("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender"),
    ("19e7f393-937e-4f77-808e-94535e297925", "Storage Queue Data Reader"),
    ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", "Storage Table Data Contributor"),
    ("76199698-9eea-4c19-bc75-cec21354c6b6", "Storage Table Data Reader"),
  ]
}
