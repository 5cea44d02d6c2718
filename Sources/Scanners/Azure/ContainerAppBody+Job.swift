import Templates
import Workloads

/// Jobs: what starts them, and how often.
extension ContainerAppBody {
  mutating func readJob() {
    ContainerAppFields.check(body, ContainerAppFields.job, "", &self)
    readCommon()
    addSettings("triggerType", configuration["triggerType"])
    addSettings("replicaTimeout", configuration["replicaTimeout"])
    addSettings("replicaRetryLimit", configuration["replicaRetryLimit"])
    addSettings("identitySettings", configuration["identitySettings"])
    workload.restartPolicy = .known("no", configuration.origin)
    let schedule = configuration["scheduleTriggerConfig"]
    if !schedule["cronExpression"].isNothing {
      workload.schedule = schedule["cronExpression"].string
      var run = reading.part(
        ScheduledRun.kind,
        of: workload,
        name: workload.name,
        type: "scheduleTriggerConfig",
        origin: schedule.origin
      )
      run[ScheduledRun.schedule] = schedule["cronExpression"].string
      resources.append(run)
    }
    for name in ["manualTriggerConfig", "scheduleTriggerConfig", "eventTriggerConfig"] {
      addSettings("\(name).parallelism", configuration[name]["parallelism"])
      addSettings("\(name).replicaCompletionCount", configuration[name]["replicaCompletionCount"])
    }
    let event = configuration["eventTriggerConfig"]
    if !event.isNothing { readEventScale(event["scale"]) }
  }

  private mutating func readEventScale(_ scale: Datum) {
    let origin = scale.isNothing ? configuration.origin : scale.origin
    var autoscaler = reading.part(
      Autoscaler.kind,
      of: workload,
      name: workload.name,
      type: "eventTriggerConfig",
      origin: origin
    )
    autoscaler[Autoscaler.minimum] = scale["minExecutions"].integer
    autoscaler[Autoscaler.maximum] = scale["maxExecutions"].integer
    autoscaler[Autoscaler.effectiveMinimum] = scale["minExecutions"].integer(or: 0, origin)
    autoscaler[Autoscaler.effectiveMaximum] = scale["maxExecutions"].integer(or: 100, origin)
    autoscaler[Autoscaler.pollingInterval] = scale["pollingInterval"].integer
    for rule in scale["rules"].elements {
      autoscaler.parts.append(trigger(rule, of: autoscaler))
    }
    var scaling = Scaling(origin: autoscaler.origin)
    scaling.minimum = autoscaler[Autoscaler.effectiveMinimum]
    scaling.maximum = autoscaler[Autoscaler.effectiveMaximum]
    scaling.triggers = autoscaler.parts.map { $0[ScalingTrigger.type] }
    workload.scaling = scaling
    resources.append(autoscaler)
  }
}
