internal import CHash

/// The digests that templates can ask for.
package enum Digest: String, CaseIterable, Sendable {
  case md5
  case sha1
  case sha256
  case sha512

  package func bytes(of text: [UInt8]) -> [UInt8] {
    switch self {
    case .md5: return Self.filled(16) { chash_md5(text, text.count, $0) }
    case .sha1: return Self.filled(20) { chash_sha1(text, text.count, $0) }
    case .sha256:
      var hash = SHA256()
      hash.update(text)
      return hash.finishBytes()
    case .sha512: return Self.filled(64) { chash_sha512(text, text.count, $0) }
    }
  }

  private static func filled(
    _ count: Int,
    _ body: (UnsafeMutablePointer<UInt8>?) -> Void
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.withUnsafeMutableBufferPointer { body($0.baseAddress) }
    return bytes
  }

  /// Two lower-case hexadecimal digits for each byte.
  package static func hex(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
      for (index, byte) in bytes.enumerated() {
        for (place, value) in [byte >> 4, byte & 15].enumerated() {
          text[2 * index + place] = value < 10 ? 0x30 + value : 0x57 + value
        }
      }
      return 2 * bytes.count
    }
  }
}
