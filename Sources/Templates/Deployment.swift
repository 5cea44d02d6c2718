package import Workloads

/// What a template of any language declares, evaluated: what every language's reader returns.
package struct Deployment: Sendable {
  /// The stack, module or template, relative to the root: its folder or file.
  package var project: String
  package var format: FileFormat
  package var resources: [DeclaredResource] = []
  /// Parameters and variables with their defaults, for rules about secrets in them.
  package var parameters: [DeclaredParameter] = []
  package var notices: [Notice] = []
  /// Files that were read on the way: parameter files, modules, included texts.
  package var files: Set<String> = []

  package init(project: String, format: FileFormat) {
    self.project = project
    self.format = format
  }
}

/// A resource as a language declares it: its type and its evaluated properties.
package struct DeclaredResource: Sendable {
  /// `AWS::ECS::Service`, `aws_ecs_service`, `Microsoft.App/containerApps`.
  package var type: String
  /// The API version, where the language has one.
  package var apiVersion: String = ""
  /// The name within the template, for readers: the logical id, `web` of `aws_ecs_service.web`.
  package var name: String
  /// What `DatumReference.address` has for it, unique in an estate: `infra/main.tf#aws_ecs_service.web`.
  package var address: String
  package var properties: Datum
  /// What stands beside the properties and matters: `DeletionPolicy`, `DependsOn`, `Metadata`.
  package var attributes: Datum = .absent()
  /// Where the resource is declared.
  package var origin: Origin
  /// Whether it is made at all; unknown under a condition that is not known.
  package var isDeclared: Value<Bool> = .known(true)
  /// Tags that the surroundings add: `default_tags` of a provider, tags of a stack.
  package var inheritedTags: [DatumObject.Entry] = []
  /// The address of the resource that it is nested in.
  package var parent: String?
  /// On Azure, where the deployment goes: `resourceGroup`, `subscription`, `managementGroup`, `tenant`.
  package var scopeLevel: String = ""

  package init(
    type: String,
    name: String,
    address: String,
    properties: Datum,
    origin: Origin
  ) {
    self.type = type
    self.name = name
    self.address = address
    self.properties = properties
    self.origin = origin
  }
}

/// A parameter of a template.
package struct DeclaredParameter: Sendable {
  package var name: String
  /// Its default, or the value of a parameter file; absent if there is none.
  package var value: Datum
  /// Whether it is declared to be secret: `NoEcho`, `securestring`, `sensitive`.
  package var isSecret: Bool
  package var origin: Origin

  package init(name: String, value: Datum, isSecret: Bool, origin: Origin) {
    self.name = name
    self.value = value
    self.isSecret = isSecret
    self.origin = origin
  }
}
