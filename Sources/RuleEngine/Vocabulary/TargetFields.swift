import Expressions
import Workloads

extension Vocabulary {
  static let target = ObjectType<Target>(
    "target",
    "A platform that workloads could move to, with its limits.",
    [
      .plain("id", "`ecs-fargate`, `eks-fargate` or `aca`.") { $0.id },
      .plain("title", "Its name, for messages.") { $0.title },
      Field("maximumCPU", .double, "The most cores of one workload.") {
        FieldContent(.double($0.maximumCPU()))
      },
      Field("maximumMemory", .int, "The most bytes of one workload.") {
        FieldContent(.int(Int64($0.maximumMemory())))
      },
      Field("maximumStorage", .int, "The most bytes of scratch disk in the largest size.") {
        FieldContent(.int(Int64($0.maximumStorage(cpu: $0.maximumCPU()))))
      },
      Field("maximumStopTimeout", .double, "The most seconds between stop and kill.") {
        optional($0.limits["stop-timeout"]?.maximum) { .double($0) }
      },
      Field("logDrivers", .list(.string), "The log drivers it takes; empty: no such choice.") {
        strings($0.logDrivers)
      },
      Field("architectures", .list(.string), "The processors it offers.") {
        strings($0.architectures)
      },
      Field("operatingSystems", .list(.string), "The operating systems it offers.") {
        strings($0.operatingSystems)
      },
    ]
  )
}

extension Component {
  /// The catalogue's id.
  var id: String {
    switch self {
    case .stateful(let service): service.id
    case .platform(let service): service.id
    }
  }

  /// What it is: `relational-database`, `cache`, `reverse-proxy`.
  var kind: String {
    switch self {
    case .stateful(let service): service.kind
    case .platform(let service): service.category
    }
  }
}
