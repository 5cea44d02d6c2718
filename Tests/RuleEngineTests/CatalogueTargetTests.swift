import DocumentTrees
import Foundation
import TestSupport
import Testing

@testable import RuleEngine

private let mebibyte = 1 << 20
private let gibibyte = 1 << 30

@Suite struct CatalogueTargetTests {
  let catalogue: Catalogue

  init() throws { catalogue = try RuleData.catalogue() }

  @Test func targetsStandInDisplayOrder() {
    #expect(catalogue.targets.map(\.id) == ["ecs-fargate", "eks-fargate", "aca"])
    #expect(
      catalogue.targets.map(\.title) == [
        "AWS Fargate on Amazon ECS", "AWS Fargate on Amazon EKS", "Azure Container Apps",
      ]
    )
  }

  /// A case worked out by hand from the providers' tables: cores and MiB, nil if nothing holds it.
  struct Rounding: Sendable, CustomTestStringConvertible {
    var target: String
    var cpu: Double
    var memory: Int
    var expected: String?
    var os = "linux"

    var testDescription: String { "\(target) \(cpu) \(memory / mebibyte)MiB \(os)" }
  }

  @Test(arguments: [
    Rounding(target: "ecs-fargate", cpu: 0, memory: 0, expected: "0.25/512"),
    Rounding(target: "ecs-fargate", cpu: 0.25, memory: 512 * mebibyte, expected: "0.25/512"),
    Rounding(target: "ecs-fargate", cpu: 0.25, memory: 513 * mebibyte, expected: "0.25/1024"),
    Rounding(target: "ecs-fargate", cpu: 0.1, memory: 3 * gibibyte, expected: "0.5/3072"),
    Rounding(target: "ecs-fargate", cpu: 1, memory: 8 * gibibyte, expected: "1.0/8192"),
    Rounding(target: "ecs-fargate", cpu: 1, memory: 8 * gibibyte + 1, expected: "2.0/9216"),
    Rounding(target: "ecs-fargate", cpu: 1.5, memory: gibibyte, expected: "2.0/4096"),
    Rounding(target: "ecs-fargate", cpu: 4, memory: 31 * gibibyte, expected: "8.0/32768"),
    Rounding(target: "ecs-fargate", cpu: 8, memory: 17 * gibibyte, expected: "8.0/20480"),
    Rounding(target: "ecs-fargate", cpu: 16, memory: 120 * gibibyte, expected: "16.0/122880"),
    Rounding(target: "ecs-fargate", cpu: 16.1, memory: gibibyte, expected: nil),
    Rounding(target: "ecs-fargate", cpu: 1, memory: 121 * gibibyte, expected: nil),
    // Windows has no half and no eight cores.
    Rounding(
      target: "ecs-fargate",
      cpu: 0.25,
      memory: gibibyte,
      expected: "1.0/2048",
      os: "windows"
    ),
    Rounding(target: "ecs-fargate", cpu: 5, memory: gibibyte, expected: nil, os: "windows"),
    // 256 MiB are the platform's own, so half a GiB needs a whole one, and 1 core with 8 GiB the
    // next size: the provider's own example.
    Rounding(target: "eks-fargate", cpu: 0.25, memory: 256 * mebibyte, expected: "0.25/512"),
    Rounding(target: "eks-fargate", cpu: 0.25, memory: 512 * mebibyte, expected: "0.25/1024"),
    Rounding(target: "eks-fargate", cpu: 1, memory: 8 * gibibyte, expected: "2.0/9216"),
    Rounding(target: "eks-fargate", cpu: 16, memory: 120 * gibibyte, expected: nil),
    Rounding(target: "eks-fargate", cpu: 1, memory: gibibyte, expected: nil, os: "windows"),
    Rounding(target: "eks-fargate", cpu: 1, memory: Int.max, expected: nil),
    // Memory is twice the cores on the Consumption plan, whole machines come after it.
    Rounding(target: "aca", cpu: 0.25, memory: 512 * mebibyte, expected: "0.25/512 Consumption"),
    Rounding(target: "aca", cpu: 0.25, memory: gibibyte, expected: "0.5/1024 Consumption"),
    Rounding(target: "aca", cpu: 0.6, memory: gibibyte, expected: "0.75/1536 Consumption"),
    Rounding(target: "aca", cpu: 4, memory: 8 * gibibyte, expected: "4.0/8192 Consumption"),
    Rounding(target: "aca", cpu: 1, memory: 9 * gibibyte, expected: "4.0/16384 D4"),
    Rounding(target: "aca", cpu: 1, memory: 16 * gibibyte, expected: "4.0/32768 E4"),
    Rounding(target: "aca", cpu: 4, memory: 9 * gibibyte, expected: "8.0/32768 D8"),
    Rounding(target: "aca", cpu: 31, memory: 200 * gibibyte, expected: "32.0/262144 E32"),
    Rounding(target: "aca", cpu: 32, memory: gibibyte, expected: nil),
  ])
  func rounds(_ rounding: Rounding) throws {
    let target = try #require(catalogue.target(rounding.target))
    let size = target.smallestSize(cpu: rounding.cpu, memory: rounding.memory, os: rounding.os)
    let shown = size.map { size in
      "\(size.cpu)/\(size.memory / mebibyte)" + (size.profile.map { " " + $0 } ?? "")
    }
    #expect(shown == rounding.expected)
  }

  @Test func offersGraphicsProcessorsOnlyWhereTheyAre() throws {
    let aca = try #require(catalogue.target("aca"))
    #expect(aca.smallestSize(cpu: 1, memory: 0, gpu: true)?.profile == "Consumption-GPU-NC8as-T4")
    let ecs = try #require(catalogue.target("ecs-fargate"))
    #expect(ecs.smallestSize(cpu: 1, memory: 0, gpu: true) == nil)
  }

  @Test func statesMaxima() throws {
    let ecs = try #require(catalogue.target("ecs-fargate"))
    #expect(ecs.maximumCPU() == 16)
    #expect(ecs.maximumCPU(os: "windows") == 4)
    #expect(ecs.maximumMemory() == 120 * gibibyte)
    let eks = try #require(catalogue.target("eks-fargate"))
    #expect(eks.maximumMemory() == 120 * gibibyte - 256 * mebibyte)
    let aca = try #require(catalogue.target("aca"))
    #expect(aca.maximumCPU() == 32)
    #expect(aca.defaultSize?.cpu == 0.25)
    #expect(ecs.defaultSize == nil)
  }

  @Test func statesStorage() throws {
    let ecs = try #require(catalogue.target("ecs-fargate"))
    #expect(ecs.includedStorage(cpu: 1) == 20 * gibibyte)
    #expect(ecs.storage.settable == 21 * gibibyte...200 * gibibyte)
    #expect(ecs.storage.imageCounts)
    let eks = try #require(catalogue.target("eks-fargate"))
    #expect(eks.maximumStorage(cpu: 1) == 175 * gibibyte)
    let aca = try #require(catalogue.target("aca"))
    #expect(
      [0.25, 0.5, 0.75, 1, 2].map { aca.maximumStorage(cpu: $0) / gibibyte } == [1, 2, 4, 4, 8]
    )
  }

  @Test func statesHowSureLimitsAre() throws {
    let ecs = try #require(catalogue.target("ecs-fargate"))
    #expect(ecs.limits["stop-timeout"]?.maximum == 120)
    #expect(ecs.limits["stop-timeout"]?.confidence.isVerified == true)
    #expect(ecs.limits["containers"]?.maximum == 10)
    #expect(ecs.limits["containers"]?.confidence == .knowledge)
    let aca = try #require(catalogue.target("aca"))
    #expect(aca.limits["stop-timeout"]?.confidence == .knowledge)
    #expect(aca.limits["request-timeout"]?.defaultValue == 240)
    #expect(aca.architectures == ["amd64"])
    #expect(ecs.architectures == ["amd64", "arm64"])
    #expect(ecs.operatingSystems == ["linux", "windows"])
    #expect(ecs.logDrivers == ["awslogs", "splunk", "awsfirelens"])
  }

  @Test func readsConstraintsOnDemand() throws {
    let aca = try #require(catalogue.target("aca"))
    let constraints = try aca.constraints()
    let stop = try #require(constraints.first { $0.id == "stop-timeout" })
    #expect(stop.effect == .needsChange)
    #expect(stop.confidence == .knowledge)
    #expect(stop.fields["compose"]?.contains("services.*.stop_grace_period") == true)
  }

  @Test func everySourceIsDeclared() throws {
    for target in catalogue.targets {
      let sources = Set(try target.sources().map(\.id))
      for constraint in try target.constraints() {
        #expect(sources.isSuperset(of: constraint.sources), "\(target.id) \(constraint.id)")
        #expect(!constraint.instead.isEmpty)
      }
      for (name, limit) in target.limits {
        #expect(sources.isSuperset(of: limit.sources), "\(target.id) \(name)")
      }
    }
  }

  /// The collected facts that the data restates lie beside the corpus.
  @Test func agreesWithTheCollectedFacts() throws {
    guard let corpus = Corpus.folder("compose") else { return }
    let facts = corpus.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("facts/platforms.yaml")
    guard let text = try? Data(contentsOf: facts) else {
      print("\n*** SKIPPED: facts/platforms.yaml is absent; target data was not compared. ***\n")
      return
    }
    let root = try #require(try YAMLReader.document(in: [UInt8](text))?.root)
    for target in catalogue.targets {
      let platform = try #require(root["platforms"]?[target.id])
      #expect(platform["name"]?.text == target.title)
      let sizing = try #require(platform["cpu_memory"])
      var expected: Set<String> = []
      for pair in (sizing["pairs"] ?? sizing["consumption_profile"])?.elements.map({ $0 }) ?? [] {
        let cpu = try #require(pair["vcpu"]?.number)
        let memories =
          pair["memory_gb"]?.elements.compactMap(\.number) ?? [pair["memory_gib"]?.number ?? -1]
        for memory in memories { expected.insert("\(cpu)/\(memory)") }
      }
      let stated = target.sizes.filter { !$0.isShared }
        .map { "\($0.cpu)/\(Double($0.memory) / Double(gibibyte))" }
      #expect(Set(stated) == expected)
      #expect(stated.count == expected.count)

      let constraints = try target.constraints()
      let theirs = try #require(platform["constraints"]).elements
      #expect(constraints.map(\.id) == theirs.compactMap { $0["id"]?.text })
      for (ours, facts) in zip(constraints, theirs) {
        #expect(ours.confidence.rawValue == facts["confidence"]?.text, "\(ours.id)")
        #expect(ours.sources == facts["source"]?.elements.map(\.text), "\(ours.id)")
        let effects = [
          "blocker": "blocks", "change-needed": "needs-change", "ignored": "ignored",
          "supported": "supported",
        ]
        #expect(ours.effect.rawValue == effects[facts["effect"]?.text ?? ""], "\(ours.id)")
      }
    }
  }

  @Test func namesFileAndLineOfAnError() {
    let error = #expect(throws: CatalogueError.self) {
      try Catalogue(
        files: CatalogueFiles { path in
          let text = RuleData.text(path)
          guard path == "targets/aca.yaml" else { return text }
          return text?.replacing("sizes:\n  - { cpu: 0.25", with: "sizes:\n  - { cpu: none")
        }
      )
    }
    #expect(error?.file == "targets/aca.yaml")
    #expect(error?.problem == "a number of at least 0 is expected")
    #expect((error?.line ?? 0) > 20)
  }
}
