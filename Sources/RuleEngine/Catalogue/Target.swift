/// A platform that workloads could move to, with its limits.
package struct Target: Sendable {
  /// `ecs-fargate`, `eks-fargate`, `aca`.
  package let id: String
  package let title: String
  /// The day on which its facts were put together, as an ISO 8601 date.
  package let compiled: String
  /// In the order in which they are tried: the smallest first.
  package let sizes: [Size]
  /// Bytes that the platform keeps for itself of every size.
  package let memoryOverhead: Int
  /// How sizes are chosen, in words.
  package let rounding: String
  /// How sure the sizes and their rounding are.
  package let sizingConfidence: FactConfidence
  /// What a workload gets that asks for nothing; nil if it has to ask.
  package let defaultSize: (cpu: Double, memory: Int)?
  package let storage: Storage
  /// Other limits by name: `stop-timeout`, `containers`, `request-timeout`.
  package let limits: [String: Limit]
  /// `amd64`, `arm64`.
  package let architectures: [String]
  /// `linux`, `windows`.
  package let operatingSystems: [String]
  /// Log drivers of a task definition; empty where there is no such choice.
  package let logDrivers: [String]
  /// What only some reports need is read from here when they ask for it.
  let root: DataNode

  /// An amount of processors and memory that can be had.
  package struct Size: Hashable, Sendable {
    /// Cores.
    package var cpu: Double
    /// Bytes.
    package var memory: Int
    package var os: Set<String>
    /// The kind of plan it needs, if there are several: `Consumption`, `D4`.
    package var profile: String?
    /// A condition, in words.
    package var needs: String?
    /// Whether the platform keeps a little of it for itself, so that all of it cannot be had.
    package var isShared: Bool
    package var hasGPU: Bool
    package var confidence: FactConfidence
  }

  /// The disk that comes with a workload.
  package struct Storage: Hashable, Sendable {
    /// Bytes without asking, by cores where that matters, ascending; the last one is for all above.
    package var included: [(upToCPU: Double, bytes: Int)]
    /// Bytes that can be asked for at least and at most; nil if the size cannot be chosen.
    package var settable: ClosedRange<Int>?
    /// Whether the image takes its place on it.
    package var imageCounts: Bool
    package var confidence: FactConfidence

    package static func == (left: Storage, right: Storage) -> Bool {
      left.included.elementsEqual(right.included) { $0 == $1 } && left.settable == right.settable
        && left.imageCounts == right.imageCounts && left.confidence == right.confidence
    }

    package func hash(into hasher: inout Hasher) {
      for step in included { hasher.combine(step.bytes) }
      hasher.combine(settable)
    }
  }

  /// A number that the platform sets.
  package struct Limit: Hashable, Sendable {
    package var minimum: Double?
    package var defaultValue: Double?
    package var maximum: Double?
    package var note: String?
    package var sources: [String]
    package var confidence: FactConfidence
  }
}

extension Target {
  /// The most cores of any ordinary size.
  package func maximumCPU(os: String = "linux") -> Double {
    ordinary(os).map(\.cpu).max() ?? 0
  }

  /// The most bytes that a workload can use in any ordinary size.
  package func maximumMemory(os: String = "linux") -> Int {
    max(0, (ordinary(os).map(\.memory).max() ?? 0) - memoryOverhead)
  }

  /// The smallest size that holds what all containers of a unit need together.
  ///
  /// The platform's own share is added first. Nil if no size holds it.
  package func smallestSize(
    cpu: Double,
    memory: Int,
    os: String = "linux",
    gpu: Bool = false
  ) -> Size? {
    let (need, overflow) = memory.addingReportingOverflow(memoryOverhead)
    guard !overflow, cpu.isFinite else { return nil }
    return sizes.first { size in
      guard size.os.contains(os), size.hasGPU == gpu else { return false }
      return size.isShared
        ? size.cpu > cpu && size.memory > need : size.cpu >= cpu && size.memory >= need
    }
  }

  private func ordinary(_ os: String) -> [Size] {
    sizes.filter { $0.os.contains(os) && !$0.hasGPU }
  }

  /// Bytes of disk that a workload of so many cores gets without asking.
  package func includedStorage(cpu: Double) -> Int {
    storage.included.first { cpu <= $0.upToCPU }?.bytes ?? storage.included.last?.bytes ?? 0
  }

  /// The most bytes of disk that a workload of so many cores can have.
  package func maximumStorage(cpu: Double) -> Int {
    storage.settable?.upperBound ?? includedStorage(cpu: cpu)
  }
}
