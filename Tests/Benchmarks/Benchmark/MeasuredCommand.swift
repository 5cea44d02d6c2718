import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one run of a command cost.
struct Cost {
  var cpuSeconds: Double
  var wallSeconds: Double
  var peakKilobytes: Int

  /// The median of each figure on its own.
  static func median(_ costs: [Cost]) -> Cost {
    func middle<Value: Comparable>(_ values: [Value]) -> Value { values.sorted()[values.count / 2] }
    return Cost(
      cpuSeconds: middle(costs.map(\.cpuSeconds)),
      wallSeconds: middle(costs.map(\.wallSeconds)),
      peakKilobytes: middle(costs.map(\.peakKilobytes))
    )
  }
}

/// A command that is run with its output thrown away, and measured by the kernel's accounts.
struct MeasuredCommand {
  var tool: URL
  var arguments: [String] = []
  var input = "/dev/null"

  struct CannotRun: Error, CustomStringConvertible {
    var description: String
  }

  func run() throws -> Cost {
    let words = [tool.path] + arguments
    var pointers = words.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    pointers.append(nil)
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)

    let start = ContinuousClock.now
    var process = pid_t()
    let code = posix_spawn(&process, tool.path, &actions, nil, pointers, environ)
    guard code == 0 else {
      throw CannotRun(description: "\(tool.path): \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(process, &status, 0, &usage) == process else {
      throw CannotRun(description: "\(tool.path): no account of its run")
    }
    // Exit code 1 is a failed gate and 3 a lack of evidence; both runs were complete.
    let exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : -1
    guard [0, 1, 3].contains(exitCode) else {
      throw CannotRun(description: "\(tool.path) ended with status \(status)")
    }
    let wall = ContinuousClock.now - start
    #if canImport(Darwin)
      let peakKilobytes = usage.ru_maxrss / 1024
    #else
      let peakKilobytes = usage.ru_maxrss
    #endif
    return Cost(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      wallSeconds: wall / .seconds(1),
      peakKilobytes: peakKilobytes
    )
  }

  private func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}
