internal import Templates
internal import Workloads

/// Rules of EventBridge and schedules that start tasks.
enum ScheduledRunReader: AWSResourceReader {
  static let types = [
    "AWS::Events::Rule", "aws_cloudwatch_event_rule", "AWS::Scheduler::Schedule",
    "aws_scheduler_schedule",
  ]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    var run = reading.make(ScheduledRun.kind, declared, fields, names: fields["name"])
    run[ScheduledRun.schedule] = fields.text("scheduleExpression")
    if fields.has("isEnabled") {
      run[ScheduledRun.isEnabled] = fields.flag("isEnabled")
    } else {
      run[ScheduledRun.isEnabled] = fields.text("state").map {
        !$0.uppercased().hasPrefix("DISABLED")
      }
    }
    for target in fields.elements("targets", "target") {
      EventTargetReader.read(AWSFields(target), into: &run)
    }
    // Whether it starts tasks at all is known once its targets are.
    reading.resources.append(run)
  }
}

/// Targets of rules that are declared on their own.
enum EventTargetReader: AWSResourceReader {
  static let types = ["aws_cloudwatch_event_target"]

  static func read(_ declared: DeclaredResource, into reading: inout AWSReading) {
    let fields = AWSFields(declared.properties)
    guard fields.object("ecsTarget").isStated else { return }
    reading.add(to: fields["rule"], ScheduledRun.kind) { run in Self.read(fields, into: &run) }
  }

  static func read(_ target: AWSFields, into run: inout Resource) {
    let ecs = target.object("ecsParameters", "ecsTarget")
    guard ecs.isStated else { return }
    run.link("task-definition", ecs["taskDefinitionArn"])
    run.link("cluster", target["arn"], kind: Cluster.kind)
    run.link("schedule-role", target["roleArn"], kind: Role.kind)
    run[ScheduledRun.taskCount] = ecs.integer("taskCount")
    run[ScheduledRun.launchType] = ecs.text("launchType")
    let configuration = ecs.object("networkConfiguration")
    let network =
      configuration.has("awsvpcConfiguration")
      ? configuration.object("awsvpcConfiguration") : configuration
    guard network.isStated else { return }
    run[ScheduledRun.assignPublicIP] = RunServiceReader.publicAddress(network)
    run.link("subnet", network["subnets"], kind: Subnet.kind)
    run.link("security-group", network["securityGroups"], kind: SecurityGroup.kind)
  }
}
