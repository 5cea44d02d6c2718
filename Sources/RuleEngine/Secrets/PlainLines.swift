/// Lines that hold nothing to mask and tell nothing about others, wherever they stand.
///
/// Scanned files are full of lines that come again and again; each is read once. It belongs to one
/// masker, since what is known to be a secret decides.
final class PlainLines {
  private struct Line: Hashable {
    let bytes: Bytes

    /// All bytes at once, unlike an array's own.
    func hash(into hasher: inout Hasher) {
      bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  private var known: Set<Line> = []
  /// Beyond this a tree has hardly two lines alike.
  private static let most = 1 << 17

  func contains(_ line: Bytes) -> Bool { known.contains(Line(bytes: line)) }

  func insert(_ line: Bytes) {
    if known.count < Self.most { known.insert(Line(bytes: line)) }
  }
}
