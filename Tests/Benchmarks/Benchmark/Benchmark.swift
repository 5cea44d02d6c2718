import Foundation

/// Compares `unmoor assess` with a plain libyaml loop over the same YAML files.
///
/// `swift run -c release Benchmark FOLDER [RUNS] [--trees]`; build `unmoor` and the loops first with
/// `swift build -c release`. The runs of the two alternate, and medians are printed. With `--trees`
/// only the building of trees is measured.
@main
struct Benchmark {
  static func main() {
    do {
      try compare()
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  private static func compare() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let onlyTrees = arguments.contains("--trees")
    arguments.removeAll { $0 == "--trees" }
    guard let path = arguments.first else {
      print("Usage: Benchmark FOLDER [RUNS] [--trees]")
      exit(2)
    }
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    let runs = arguments.dropFirst().first.flatMap { Int($0) } ?? 7
    let files = try yamlFiles(below: folder)
    let list = FileManager.default.temporaryDirectory
      .appendingPathComponent("yaml-files-\(ProcessInfo.processInfo.processIdentifier)")
    try Data(files.map { $0.path + "\n" }.joined().utf8).write(to: list)
    defer { try? FileManager.default.removeItem(at: list) }

    let bytes = files.reduce(0) { sum, file in
      sum + ((try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
    }
    print("\(files.count) YAML files, \(bytes) bytes, \(runs) runs each, medians")

    let tools = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let loop = MeasuredCommand(tool: tools.appendingPathComponent("YAMLLoop"), input: list.path)
    let subject =
      onlyTrees
      ? MeasuredCommand(tool: tools.appendingPathComponent("TreeLoop"), input: list.path)
      : MeasuredCommand(
        tool: tools.appendingPathComponent("unmoor"),
        arguments: ["assess", "--quiet", "--json", "/dev/null", folder.path]
      )

    var subjectCosts: [Cost] = []
    var loopCosts: [Cost] = []
    for _ in 0..<max(1, runs) {
      subjectCosts.append(try subject.run())
      loopCosts.append(try loop.run())
    }
    let subjectCost = Cost.median(subjectCosts)
    let loopCost = Cost.median(loopCosts)
    print(row(onlyTrees ? "trees" : "unmoor assess", subjectCost))
    print(row("libyaml loop", loopCost))
    let cpu = subjectCost.cpuSeconds / loopCost.cpuSeconds
    let wall = subjectCost.wallSeconds / loopCost.wallSeconds
    print(String(format: "ratio           CPU %.2f  wall %.2f", cpu, wall))
  }

  private static func row(_ name: String, _ cost: Cost) -> String {
    let padded = name.padding(toLength: 14, withPad: " ", startingAt: 0)
    return padded
      + String(
        format: "  CPU %.3f s  wall %.3f s  peak %.1f MB",
        cost.cpuSeconds,
        cost.wallSeconds,
        Double(cost.peakKilobytes) / 1024
      )
  }

  private static func yamlFiles(below folder: URL) throws -> [URL] {
    let all = FileManager.default.enumerator(
      at: folder,
      includingPropertiesForKeys: [.isRegularFileKey, .fileSizeKey]
    )
    var files: [URL] = []
    for case let file as URL in all ?? .init()
    where ["yaml", "yml"].contains(file.pathExtension.lowercased()) {
      if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
        files.append(file)
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
