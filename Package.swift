// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let libyaml: [LinkerSetting] = [
  .linkedLibrary(":libyaml.a", .when(platforms: [.linux])),
  .linkedLibrary("yaml", .when(platforms: [.macOS])),
]

let package = Package(
  name: "unmoor",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Unmoor", targets: ["Unmoor"]),
    .executable(name: "unmoor", targets: ["UnmoorTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
  ],
  targets: [
    // The system's libyaml. No `link` line and no `pkgConfig`: DocumentTrees links it statically on Linux.
    .systemLibrary(
      name: "CLibYAML",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
    ),
    // SHA-256 with the processor's own instructions, which Swift cannot name.
    .target(name: "CHash"),
    .target(
      name: "DocumentTrees",
      dependencies: ["CHash", "CLibYAML"],
      swiftSettings: settings,
      linkerSettings: libyaml
    ),
    .target(name: "Patterns", swiftSettings: settings),
    .target(name: "Workloads", dependencies: ["DocumentTrees"], swiftSettings: settings),
    .target(
      name: "Templates",
      dependencies: ["DocumentTrees", "Patterns", "Workloads"],
      swiftSettings: settings
    ),
    .target(
      name: "Scanners",
      dependencies: ["DocumentTrees", "Templates", "Workloads"],
      swiftSettings: settings
    ),
    .target(name: "Expressions", dependencies: ["Patterns"], swiftSettings: settings),
    .target(
      name: "RuleEngine",
      dependencies: ["DocumentTrees", "Expressions", "Workloads"],
      swiftSettings: settings
    ),
    .target(
      name: "RuleLibrary",
      path: "Rules",
      swiftSettings: settings,
      plugins: ["EmbedRules"]
    ),
    .target(name: "Reports", dependencies: ["RuleEngine"], swiftSettings: settings),
    .target(
      name: "Unmoor",
      dependencies: ["DocumentTrees", "RuleEngine", "RuleLibrary", "Scanners", "Workloads"],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "UnmoorTool",
      dependencies: [
        "DocumentTrees", "Reports", "RuleEngine", "Scanners", "Unmoor",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings
    ),

    // Build-time helpers that turn Rules/ into Swift.
    .plugin(
      name: "EmbedRules",
      capability: .buildTool(),
      dependencies: ["RuleEmbedder"],
      path: "Sources/EmbedRules"
    ),
    .executableTarget(
      name: "RuleEmbedder",
      dependencies: ["DocumentTrees"],
      swiftSettings: settings
    ),

    // Measures `unmoor assess` against the least that libyaml can cost; none of it ships.
    .executableTarget(
      name: "YAMLLoop",
      dependencies: ["CLibYAML"],
      path: "Tests/Benchmarks/YAMLLoop",
      linkerSettings: libyaml
    ),
    .executableTarget(
      name: "TreeLoop",
      dependencies: ["DocumentTrees"],
      path: "Tests/Benchmarks/TreeLoop",
      swiftSettings: settings
    ),
    .executableTarget(name: "Measure", path: "Tests/Benchmarks/Measure"),
    .executableTarget(
      name: "Benchmark",
      path: "Tests/Benchmarks/Benchmark",
      swiftSettings: settings
    ),

    .target(
      name: "TestSupport",
      dependencies: ["RuleEngine"],
      path: "Tests/TestSupport",
      swiftSettings: settings
    ),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: [
        "DocumentTrees", "RuleEngine", "Scanners", "TestSupport", "Unmoor", "Workloads",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DocumentTreesTests",
      dependencies: ["DocumentTrees", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "PatternsTests", dependencies: ["Patterns"], swiftSettings: settings),
    .testTarget(
      name: "ExpressionsTests",
      dependencies: ["Expressions", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "TemplatesTests",
      dependencies: ["DocumentTrees", "Templates", "TestSupport", "Workloads"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ScannersTests",
      dependencies: ["DocumentTrees", "Scanners", "Templates", "TestSupport", "Workloads"],
      exclude: ["Fixtures"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "RuleEngineTests",
      dependencies: ["DocumentTrees", "Expressions", "RuleEngine", "TestSupport", "Workloads"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "UnmoorTests",
      dependencies: [
        "DocumentTrees", "Reports", "RuleEngine", "Scanners", "TestSupport", "Unmoor", "Workloads",
      ],
      swiftSettings: settings
    ),
  ]
)
