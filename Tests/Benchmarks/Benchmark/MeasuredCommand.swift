import Foundation

/// What one run of a command cost.
struct Cost {
  var cpuSeconds: Double
  var wallSeconds: Double
  var peakKilobytes: Int

  /// The median of each figure on its own.
  static func median(_ costs: [Cost]) -> Cost {
    func middle<Value: Comparable>(_ values: [Value]) -> Value { values.sorted()[values.count / 2] }
    return Cost(
      cpuSeconds: middle(costs.map(\.cpuSeconds)), wallSeconds: middle(costs.map(\.wallSeconds)),
      peakKilobytes: middle(costs.map(\.peakKilobytes)))
  }
}

/// A command that the `Measure` program beside this one runs and measures.
struct MeasuredCommand {
  var tool: URL
  var arguments: [String] = []
  var input = "/dev/null"

  struct CannotRun: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws -> Cost {
    let process = Process()
    process.executableURL = tool.deletingLastPathComponent().appendingPathComponent("Measure")
    process.arguments = [input, tool.path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let figures = line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    // Exit code 1 is a failed gate and 3 a lack of evidence; both runs were complete.
    guard figures.count == 4, [0, 1, 3].contains(figures[3]) else {
      throw CannotRun(description: "\(tool.path) did not run to its end: \(line)")
    }
    return Cost(
      cpuSeconds: Double(figures[0]) / 1_000_000, wallSeconds: Double(figures[1]) / 1_000_000,
      peakKilobytes: figures[2])
  }
}
