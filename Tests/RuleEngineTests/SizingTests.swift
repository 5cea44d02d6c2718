import DocumentTrees
import Testing
import Workloads

@testable import RuleEngine

/// What a workload needs in all, and the size it would be given.
@Suite struct SizingTests {
  private static let gibibyte = 1 << 30

  private static func container(
    _ name: String,
    _ role: Container.Role = .main,
    cpu: Double? = nil,
    request: Double? = nil,
    limit: Double? = nil
  ) -> Container {
    var container = Container(name: name, origin: .none)
    container.role = role
    if let cpu { container.resources.cpuRequest = .known(cpu) }
    if let request { container.resources.memoryRequest = .known(Int(request * Double(gibibyte))) }
    if let limit { container.resources.memoryLimit = .known(Int(limit * Double(gibibyte))) }
    return container
  }

  private static func workload(_ containers: [Container]) -> Workload {
    var workload = Workload(
      name: "web",
      kind: "Deployment",
      format: .kubernetes,
      project: "",
      location: SourceLocation(file: "web.yaml", line: 1)
    )
    workload.containers = containers
    return workload
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var containers: [Container]
    var target: String
    /// Cores and GiB.
    var cpu: Double?
    var memory: Double?
  }

  @Test(arguments: [
    Case(
      testDescription: "sums what runs side by side",
      containers: [
        container("a", cpu: 0.2, limit: 0.4), container("b", .sidecar, cpu: 0.2, limit: 0.7),
      ],
      target: "ecs-fargate",
      cpu: 0.5,
      memory: 2
    ),
    // From the provider's page: 1 vCPU and 8 GB becomes 2 vCPU and 9 GB.
    Case(
      testDescription: "EKS adds its own share",
      containers: [container("a", cpu: 1, request: 8, limit: 8)],
      target: "eks-fargate",
      cpu: 2,
      memory: 9
    ),
    Case(
      testDescription: "EKS rounds requests, not limits",
      containers: [container("a", cpu: 0.25, request: 0.7, limit: 6)],
      target: "eks-fargate",
      cpu: 0.25,
      memory: 1
    ),
    Case(
      testDescription: "ECS holds limits",
      containers: [container("a", cpu: 0.25, request: 0.7, limit: 2.5)],
      target: "ecs-fargate",
      cpu: 0.5,
      memory: 3
    ),
    Case(
      testDescription: "a large init container decides",
      containers: [container("i", .initial, cpu: 2, limit: 3), container("a", cpu: 0.5, limit: 1)],
      target: "aca",
      cpu: 2,
      memory: 4
    ),
    Case(
      testDescription: "memory drives the pair on Container Apps",
      containers: [container("a", cpu: 0.25, limit: 1.5)],
      target: "aca",
      cpu: 0.75,
      memory: 1.5
    ),
    Case(
      testDescription: "nothing holds it",
      containers: [container("a", cpu: 40, limit: 1)],
      target: "ecs-fargate"
    ),
  ])
  func findsTheSmallestSize(_ example: Case) throws {
    let target = try #require(RuleData.catalogue().target(example.target))
    let size = Sizing(workload: Self.workload(example.containers)).size(on: target)
    #expect(size.cpu == example.cpu)
    #expect(size.memory == example.memory.map { Int($0 * Double(Self.gibibyte)) })
    #expect(size.basis.isEmpty == false)
  }

  @Test func unknownNeedGivesNoSize() throws {
    var container = Self.container("a", cpu: 0.25)
    container.resources.memoryLimit = .unknown("the variable MEM is not set")
    let target = try #require(RuleData.catalogue().target("ecs-fargate"))
    let size = Sizing(workload: Self.workload([container])).size(on: target)
    #expect(size.cpu == nil)
    #expect(size.basis == "not known: the variable MEM is not set")
  }

  @Test func taskThatStatesItsSizeKeepsIt() throws {
    var workload = Self.workload([Self.container("a", cpu: 0.1, limit: 0.1)])
    workload.taskCPU = .known(1)
    workload.taskMemory = .known(3 * Self.gibibyte)
    let target = try #require(RuleData.catalogue().target("ecs-fargate"))
    let size = Sizing(workload: workload).size(on: target)
    #expect(size.cpu == 1)
    #expect(size.memory == 3 * Self.gibibyte)
  }

  @Test func nothingStatedMeansTheDefaultIfThereIsOne() throws {
    let workload = Self.workload([Self.container("a")])
    let app = try #require(RuleData.catalogue().target("aca"))
    #expect(Sizing(workload: workload).size(on: app).cpu == 0.25)
    let task = try #require(RuleData.catalogue().target("ecs-fargate"))
    #expect(Sizing(workload: workload).size(on: task).cpu == nil)
  }
}
