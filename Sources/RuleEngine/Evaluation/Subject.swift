import DocumentTrees
import Expressions
import Workloads

/// One thing that a rule is asked of, with everything in scope.
///
/// A class, because a workload has hundreds of them, and each is looked at by many rules. It stays
/// with the task that judges its workload.
final class Subject {
  /// What tells it apart below its parent.
  enum Label {
    /// The workload itself.
    case root
    /// `build`
    case plain(String)
    /// `variable[NAME]`
    case named(String, String)
    /// `mount[0]`
    case numbered(String, Int)
  }

  /// The variables in scope: its lineage, innermost first, and what stands behind it.
  let slots: [ExpressionValue]
  let origin: Origin
  /// The container that it belongs to, for `needs`.
  let container: ContainerFacts?
  private let parent: Subject?
  private let label: Label
  private var targetSlots: [[ExpressionValue]] = []

  /// The workload itself.
  init(workload: ExpressionValue, origin: Origin, ambient: [ExpressionValue]) {
    slots = [workload] + ambient
    self.origin = origin
    container = nil
    parent = nil
    label = .root
  }

  init(
    _ value: ExpressionValue,
    _ origin: Origin,
    _ label: Label,
    under parent: Subject,
    container: ContainerFacts? = nil
  ) {
    var slots: [ExpressionValue] = []
    slots.reserveCapacity(parent.slots.count + 1)
    slots.append(value)
    slots.append(contentsOf: parent.slots)
    self.slots = slots
    self.origin = origin
    self.container = container ?? parent.container
    self.parent = parent
    self.label = label
  }

  /// Identifies the subject within its workload: `containers[web].mount[0]`.
  ///
  /// Put together when it is asked for: few subjects have findings.
  var path: String {
    let own =
      switch label {
      case .root: ""
      case .plain(let name): name
      case .named(let name, let key): "\(name)[\(key)]"
      case .numbered(let name, let number): "\(name)[\(number)]"
      }
    let above = parent?.path ?? ""
    return above.isEmpty ? own : "\(above).\(own)"
  }

  /// The slots when a target is in question: all but the ambient ones stay.
  func slots(forTarget position: Int, of ambients: [[ExpressionValue]]) -> [ExpressionValue] {
    if targetSlots.isEmpty {
      targetSlots = ambients.map { ambient in
        slots.dropLast(ambient.count) + ambient
      }
    }
    return targetSlots[position]
  }
}
