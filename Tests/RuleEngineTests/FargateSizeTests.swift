import Testing

@testable import RuleEngine

/// Our sizes of Fargate against another project's table: cfn-lint 1.58.0 (MIT-0, PyPI, read on
/// 2026-11-23), `extensions/aws_ecs_taskdefinition/fargate_cpu_memory.json`.
@Suite struct FargateSizeTests {
  struct Tier: Sendable {
    /// CPU units and MiB, as there.
    var cpu: Int
    var memory: [Int]
  }

  static let tiers = [
    Tier(cpu: 256, memory: [512, 1024, 2048]),
    Tier(cpu: 512, memory: Array(stride(from: 1024, through: 4096, by: 1024))),
    Tier(cpu: 1024, memory: Array(stride(from: 2048, through: 8192, by: 1024))),
    Tier(cpu: 2048, memory: Array(stride(from: 4096, through: 16384, by: 1024))),
    Tier(cpu: 4096, memory: Array(stride(from: 8192, through: 30720, by: 1024))),
    Tier(cpu: 8192, memory: Array(stride(from: 16384, through: 61440, by: 4096))),
    Tier(cpu: 16384, memory: Array(stride(from: 32768, through: 122_880, by: 8192))),
  ]

  /// A tier that only cfn-lint has, since its release of this autumn.
  ///
  /// The platform's own documentation that our facts were read in stops at 16 vCPU, so this one is
  /// left out until a primary source names it.
  static let onlyThere = [Tier(cpu: 32768, memory: [61440, 122_880, 249_856])]

  @Test func agreesWithAnotherTable() throws {
    let target = try #require(RuleData.catalogue().target("ecs-fargate"))
    let ours = target.sizes.filter { $0.os.contains("linux") && !$0.hasGPU }.map {
      "\(Int($0.cpu * 1024))/\($0.memory >> 20)"
    }
    let theirs = Self.tiers.flatMap { tier in tier.memory.map { "\(tier.cpu)/\($0)" } }
    #expect(Set(ours) == Set(theirs))
    #expect(ours.count == theirs.count)
  }

  @Test func largestTierIsStillNotOurs() throws {
    let target = try #require(RuleData.catalogue().target("ecs-fargate"))
    for tier in Self.onlyThere {
      #expect(!target.sizes.contains { Int($0.cpu * 1024) == tier.cpu })
    }
  }
}
