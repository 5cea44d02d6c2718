import DocumentTrees
import Workloads

@testable import RuleEngine

/// Small estates and rules by chance; the same seed gives the same ones.
///
/// The rules know one good direction each: every field has a value that all of them accept and one
/// that none accepts. So a test can mend or break a field and know what must not happen.
enum RandomEstate {
  /// One field of a workload that a test can set.
  struct Knob: Sendable {
    enum Setting: CaseIterable { case good, bad, unknown }

    var name: String
    var turn: @Sendable (inout Workload, Setting) -> Void
  }

  static let knobs: [Knob] = [
    Knob(name: "privileged") { workload, setting in
      workload.containers[0].privileged = value(setting, good: false, bad: true)
    },
    Knob(name: "user") { workload, setting in
      workload.containers[0].user = value(setting, good: "1000", bad: "root")
    },
    Knob(name: "file system") { workload, setting in
      workload.containers[0].readOnlyRootFilesystem = value(setting, good: true, bad: false)
    },
    Knob(name: "replicas") { workload, setting in
      workload.replicas = value(setting, good: 3, bad: 1)
    },
    Knob(name: "network") { workload, setting in
      workload.networkMode = value(setting, good: "bridge", bad: "host")
    },
    Knob(name: "mount") { workload, setting in
      guard !workload.containers[0].mounts.isEmpty else { return }
      workload.containers[0].mounts[0].type = value(setting, good: "volume", bad: "bind")
    },
    Knob(name: "port") { workload, setting in
      guard !workload.containers[0].ports.isEmpty else { return }
      workload.containers[0].ports[0].published = value(setting, good: 8080, bad: 22)
    },
    Knob(name: "variable") { workload, setting in
      guard !workload.containers[0].variables.isEmpty else { return }
      workload.containers[0].variables[0].value = value(setting, good: "off", bad: "on")
    },
  ]

  private static func value<Wrapped>(
    _ setting: Knob.Setting,
    good: Wrapped,
    bad: Wrapped
  ) -> Value<Wrapped> {
    switch setting {
    case .good: .known(good, Origin(SourceLocation(file: "compose.yaml", line: 1)))
    case .bad: .known(bad, Origin(SourceLocation(file: "compose.yaml", line: 1)))
    case .unknown: .unknown("variable X is not set")
    }
  }

  static func workloads(_ dice: inout Dice) -> [Workload] {
    (0..<Int.random(in: 1...4, using: &dice)).map { workload("app\($0)", &dice) }
  }

  static func workload(_ name: String, _ dice: inout Dice) -> Workload {
    var workload = Make.workload(
      name,
      image: "acme/\(name):1",
      line: Int.random(in: 1...99, using: &dice)
    ) { workload, container in
      let place = workload.location
      container.mounts = (0..<Int.random(in: 0...2, using: &dice)).map {
        var mount = Make.mount("data\($0)", "/var/data\($0)")
        mount.origin = Origin(place)
        return mount
      }
      container.ports = (0..<Int.random(in: 0...2, using: &dice)).map { Make.port(8000 + $0) }
      container.variables = (0..<Int.random(in: 0...2, using: &dice)).map {
        Variable(
          name: "FLAG\($0)",
          value: .known("off"),
          source: .environment,
          origin: Origin(place)
        )
      }
    }
    for knob in knobs {
      knob.turn(&workload, Knob.Setting.allCases.randomElement(using: &dice) ?? .good)
    }
    return workload
  }

  /// What the rules ask, by subject; the conditions ask nothing that a knob turns.
  private static let assertions: [(subject: String, text: String)] = [
    ("container", "!container.privileged"),
    ("container", #"container.user != "root""#),
    ("container", "container.readOnlyRootFilesystem"),
    ("container", #"!container.privileged && container.user != "root""#),
    ("container", #"container.mounts.all(m, m.type != "bind")"#),
    ("container", #"!container.ports.exists(p, p.published == 22)"#),
    ("workload", "workload.replicas > 1"),
    ("workload", #"workload.networkMode != "host""#),
    ("workload", "workload.containers.all(c, !c.privileged)"),
    ("mount", #"mount.type != "bind""#),
    ("mount", #"mount.type == "volume" || container.readOnlyRootFilesystem"#),
    ("port", "port.published != 22"),
    ("variable", #"variable.value != "on""#),
    ("container", #"target.id == "aca" || !container.privileged"#),
    ("mount", #"target.id == "ecs-fargate" || mount.type != "bind""#),
  ]

  private static let conditions: [String: [String?]] = [
    "container": [nil, nil, "container.mounts.size() > 0"],
    "workload": [nil, #"workload.name != "app1""#],
    "mount": [nil, #"mount.target == "/var/data0""#],
    "port": [nil, "port.isPublished"],
    "variable": [nil, #"variable.name == "FLAG0""#],
  ]

  private static let places = [
    ("application", "host"), ("image", "image"), ("observability", "logs"), ("security", "net"),
    ("cost", "cost"),
  ]

  /// A pool to draw rule books from: reading rules takes longer than asking them.
  static let pool: [Rule] = {
    var dice = Dice(seed: 2026)
    return (0..<60).compactMap { number in
      let (subject, text) = assertions[number % assertions.count]
      let place = places.randomElement(using: &dice) ?? places[0]
      let effects = ["ecs-fargate", "eks-fargate", "aca"].map {
        "\($0): \(TargetEffect.allCases.randomElement(using: &dice) ?? .blocks)"
      }.map { $0.replacing("needsChange", with: "needs-change") }
      return try? TestBook.rule(
        "\(place.1)/rule-\(number)",
        on: subject,
        assert: text,
        when: (conditions[subject] ?? [nil]).randomElement(using: &dice) ?? nil,
        severity: (Severity.allCases.randomElement(using: &dice) ?? .high).rawValue,
        step: place.0,
        topic: place.1,
        targets: "{ \(effects.joined(separator: ", ")) }",
        effort: [1, 3, 5, 8].randomElement(using: &dice) ?? 1
      )
    }
  }()

  static func rules(_ dice: inout Dice) -> [Rule] {
    Array(pool.shuffled(using: &dice).prefix(Int.random(in: 1...12, using: &dice)))
  }
}
