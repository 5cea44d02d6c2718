import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A problem that ends the program with a code of its own.
enum ToolError: Error, CustomStringConvertible {
  /// Wrong use or configuration: exit code 2.
  case usage(String)

  var description: String {
    switch self {
    case .usage(let text): text
    }
  }
}

/// Bytes to files and standard output, and from standard input.
enum Output {
  /// Writes to a file, or to standard output for `-`.
  static func write(_ bytes: [UInt8], to path: String) throws(ToolError) {
    try write(to: path) { sink in bytes.withUnsafeBufferPointer(sink) }
  }

  /// The same, for what comes piece by piece.
  static func write(
    to path: String,
    _ body: (@escaping (UnsafeBufferPointer<UInt8>) -> Void) -> Void
  ) throws(ToolError) {
    if path == "-" {
      // A reader that went away, as `head` does, is no error.
      let receiver = Receiver(STDOUT_FILENO)
      return body { receiver.take($0) }
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      throw ToolError.usage("cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    let receiver = Receiver(descriptor)
    body { receiver.take($0) }
    if let problem = receiver.problem {
      throw ToolError.usage("cannot write '\(path)': \(problem)")
    }
  }

  /// Writes pieces to a file until one cannot be written.
  private final class Receiver {
    private let descriptor: Int32
    private(set) var problem: String?

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    func take(_ bytes: UnsafeBufferPointer<UInt8>) {
      if problem == nil, !writeAll(bytes, to: descriptor) {
        problem = String(cString: strerror(errno))
      }
    }
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBufferPointer { writeAll($0, to: descriptor) }
  }

  static func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count, let base = bytes.baseAddress {
      let count = system_write(descriptor, base + sent, bytes.count - sent)
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      sent += count
    }
    return true
  }

  /// The bytes of a file that the user names.
  static func bytes(of path: String) throws(ToolError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 {
      throw ToolError.usage("cannot read '\(path)': \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    return readAll(descriptor)
  }

  static func readStandardInput() -> [UInt8] { readAll(STDIN_FILENO) }

  private static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return bytes }
      bytes += buffer[..<count]
    }
  }
}

private func system_write(
  _ descriptor: Int32,
  _ bytes: UnsafeRawPointer,
  _ count: Int
) -> Int {
  write(descriptor, bytes, count)
}

/// What the terminal can do, and progress on it.
struct Terminal: Sendable {
  let usesColor: Bool
  let width: Int
  private let showsProgress: Bool

  init(noColor: Bool) {
    let isTerminal = isatty(STDOUT_FILENO) == 1
    let plain = noColor || getenv("NO_COLOR").map { $0.pointee != 0 } == true
    usesColor = isTerminal && !plain
    showsProgress = isatty(STDERR_FILENO) == 1
    var size = winsize()
    if isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      width = Int(size.ws_col)
    } else {
      width = getenv("COLUMNS").flatMap { Int(String(cString: $0)) } ?? 100
    }
  }

  /// Rewrites one line on standard error; nothing unless it is a terminal and the work is long.
  var progress: (@Sendable (Int, Int) -> Void)? {
    if !showsProgress { return nil }
    return { done, total in
      if total >= 200 { write("\r\u{1B}[Kreading \(done) of \(total) files") }
    }
  }

  func endProgress() {
    if showsProgress { write("\r\u{1B}[K") }
  }

  /// A line on standard error.
  func note(_ text: String) { write("unmoor: \(text)\n") }

  private func write(_ text: String) {
    _ = Output.writeAll(Array(text.utf8), to: STDERR_FILENO)
  }
}
