internal import Templates
internal import Workloads

/// Task definitions as resources of a deployment.
enum TaskDefinitionResource: AWSResourceReader {
  static let types = [
    "AWS::ECS::TaskDefinition", "aws_ecs_task_definition", ECSScanner.taskDefinitionType,
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    var surroundings = TaskDefinitionReader.Surroundings(
      format: reading.deployment.format,
      project: reading.project(of: declared),
      name: declared.name,
      address: declared.address,
      origin: declared.origin
    )
    surroundings.inheritedTags = declared.inheritedTags
    surroundings.limits = reading.limits
    var datum = declared.properties
    // An answer has the tags beside the definition.
    if datum["taskDefinition"].isObject {
      surroundings.tags = datum["tags"]
      datum = datum["taskDefinition"]
    }
    if isUntouchedSkeleton(datum) {
      reading.notices.add(
        .information,
        declared.origin,
        "A skeleton of a task definition that nobody has filled in; there is nothing to assess."
      )
      return
    }
    reading.workloads.append(
      TaskDefinitionReader.read(datum, surroundings, notices: &reading.notices)
    )
  }

  /// `aws ecs register-task-definition --generate-cli-skeleton` leaves every text empty.
  private static func isUntouchedSkeleton(_ datum: Datum) -> Bool {
    let fields = AWSFields(datum)
    guard fields["family"].string.known == "" else { return false }
    return fields.elements("containerDefinitions").allSatisfy { element in
      let container = AWSFields(element)
      return container.text("name").isAbsent && container.text("image").isAbsent
    }
  }
}
