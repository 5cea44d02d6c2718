import Templates
import Workloads

extension TerraformAzure {
  static let networks: [String: TerraformSpelling] = [
    "azurerm_virtual_network": TerraformSpelling(
      "Microsoft.Network/virtualNetworks",
      [
        "address_space": .to("properties.addressSpace.addressPrefixes"),
        "subnet": .list(
          "properties.subnets",
          [
            "name": .to("name"), "address_prefix": .to("properties.addressPrefix"),
            "address_prefixes": .to("properties.addressPrefixes"),
            "security_group": .to("properties.networkSecurityGroup.id"),
          ]
        ),
      ]
    ),
    "azurerm_subnet": TerraformSpelling(
      "Microsoft.Network/virtualNetworks/subnets",
      [
        "address_prefixes": .to("properties.addressPrefixes"),
        "address_prefix": .to("properties.addressPrefix"),
        "delegation": .list(
          "properties.delegations",
          [
            "name": .to("name"),
            "service_delegation": .block("properties", ["name": .to("serviceName")]),
          ]
        ),
      ],
      parent: "virtual_network_name"
    ),
    "azurerm_network_security_group": TerraformSpelling(
      "Microsoft.Network/networkSecurityGroups",
      ["security_rule": .list("properties.securityRules", rule("properties."))]
    ),
    "azurerm_network_security_rule": TerraformSpelling(
      "Microsoft.Network/networkSecurityGroups/securityRules",
      rule("properties."),
      parent: "network_security_group_name"
    ),
    "azurerm_subnet_network_security_group_association": TerraformSpelling(
      "terraform/subnetGroup",
      ["subnet_id": .to("subnet"), "network_security_group_id": .to("group")]
    ),
    "azurerm_private_endpoint": TerraformSpelling(
      "Microsoft.Network/privateEndpoints",
      [
        "private_service_connection": .list(
          "properties.privateLinkServiceConnections",
          [
            "name": .to("name"),
            "private_connection_resource_id": .to("properties.privateLinkServiceId"),
            "subresource_names": .to("properties.groupIds"),
          ]
        )
      ]
    ),
    "azurerm_lb": TerraformSpelling(
      "Microsoft.Network/loadBalancers",
      [
        "frontend_ip_configuration": .list(
          "properties.frontendIPConfigurations",
          ["name": .to("name"), "public_ip_address_id": .to("properties.publicIPAddress")]
        )
      ]
    ),
    "azurerm_application_gateway": TerraformSpelling(
      "Microsoft.Network/applicationGateways",
      [
        "frontend_ip_configuration": .list(
          "properties.frontendIPConfigurations",
          ["name": .to("name"), "public_ip_address_id": .to("properties.publicIPAddress")]
        ),
        "frontend_port": .list(
          "properties.frontendPorts",
          ["name": .to("name"), "port": .to("properties.port")]
        ),
        "http_listener": .list(
          "properties.httpListeners",
          [
            "name": .to("name"), "protocol": .to("properties.protocol"),
            "frontend_port_name": .to("properties.frontendPort.id"),
          ]
        ),
        "request_routing_rule": .list(
          "properties.requestRoutingRules",
          [
            "name": .to("name"), "http_listener_name": .to("properties.httpListener.id"),
            "redirect_configuration_name": .to("properties.redirectConfiguration"),
          ]
        ),
      ]
    ),
    "azurerm_cdn_frontdoor_profile": TerraformSpelling(
      "Microsoft.Cdn/profiles",
      ["sku_name": .to("sku.name")],
      finish: { source, builder in
        guard source["sku_name"].string.known?.lowercased().contains("frontdoor") != true else {
          return
        }
        builder.set("sku.name", Datum(.text("frontdoor"), source.origin))
      }
    ),
    "azurerm_frontdoor": TerraformSpelling("Microsoft.Network/frontDoors"),
  ]

  private static func rule(_ prefix: String) -> [String: TerraformSpelling.Field] {
    var fields: [String: TerraformSpelling.Field] = ["name": .to("name")]
    let names = [
      "direction": "direction", "access": "access", "protocol": "protocol",
      "priority": "priority", "source_address_prefix": "sourceAddressPrefix",
      "source_address_prefixes": "sourceAddressPrefixes",
      "destination_address_prefix": "destinationAddressPrefix",
      "destination_address_prefixes": "destinationAddressPrefixes",
      "destination_port_range": "destinationPortRange",
      "destination_port_ranges": "destinationPortRanges",
    ]
    for (own, azure) in names { fields[own] = .to(prefix + azure) }
    return fields
  }
}
