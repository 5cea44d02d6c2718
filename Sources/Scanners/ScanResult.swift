package import Workloads

/// What one scanner made of the files it was given.
package struct ScanResult: Sendable {
  package var workloads: [Workload] = []
  /// What stands around workloads, not yet joined to them.
  package var resources: [Resource] = []
  package var notices: [Notice] = []
  /// The files it read, by path: also those it found by itself (`extends`, `include`, `env_file`).
  package var inputs: [String: InputUse] = [:]

  package init() {}

  package mutating func merge(_ other: ScanResult) {
    workloads += other.workloads
    resources += other.resources
    notices += other.notices
    inputs.merge(other.inputs) { first, second in
      // The worse state wins: a file that one reader could not use is not simply "read".
      first.state.rank >= second.state.rank ? first : second
    }
  }
}

/// How a file was used.
package struct InputUse: Hashable, Sendable {
  package var format: FileFormat
  package var state: Input.State

  package init(_ format: FileFormat, _ state: Input.State = .read) {
    self.format = format
    self.state = state
  }
}

extension Input.State {
  fileprivate var rank: Int {
    switch self {
    case .read: 0
    case .unsupported: 1
    case .partial: 2
    case .unreadable: 3
    }
  }
}
