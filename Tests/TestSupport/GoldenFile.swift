import Foundation

/// Compares output with a committed file.
///
/// A file that is missing, or the environment's `RECORD_SNAPSHOTS`, makes it write the file and
/// still report a difference, so that nobody records by accident.
public enum GoldenFile {
  /// What is wrong, in words; `nil`: the output is what the file says.
  ///
  /// `folder` stands beside the test's source file, which `source` names.
  public static func difference(
    _ actual: [UInt8],
    from name: String,
    folder: String = "Golden",
    source: String = #filePath
  ) -> String? {
    let file = URL(filePath: source).deletingLastPathComponent()
      .appending(components: folder, name)
    let recording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
    guard !recording, let expected = try? Data(contentsOf: file) else {
      do {
        try Data(actual).write(to: file)
        return "\(name) was recorded; read it, then run again without RECORD_SNAPSHOTS"
      } catch {
        return "\(name) could not be written: \(error)"
      }
    }
    if Array(expected) == actual { return nil }
    let lines = (lines(Array(expected)), lines(actual))
    let same = zip(lines.0, lines.1).prefix { $0 == $1 }.count
    func line(_ lines: [String]) -> String { same < lines.count ? lines[same] : "(end of file)" }
    return """
      \(name) differs first in line \(same + 1)
      expected: \(line(lines.0))
      actual:   \(line(lines.1))
      """
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
