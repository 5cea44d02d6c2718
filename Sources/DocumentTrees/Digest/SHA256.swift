internal import CHash

/// The digest of FIPS 180-4, with the processor's instructions for it where it has them.
///
/// Written here because the libraries that offer it bring a whole cryptographic engine: minutes of
/// building and megabytes of program, for naming files in a report. Nothing secret depends on it.
package struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var length: UInt64 = 0

  package init() {}

  /// The digest of some bytes as 64 lower-case hexadecimal digits.
  package static func hex(of bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }

  package mutating func update(_ bytes: [UInt8]) {
    length &+= UInt64(bytes.count)
    var offset = 0
    if !pending.isEmpty {
      offset = min(64 - pending.count, bytes.count)
      pending += bytes[..<offset]
      if pending.count < 64 { return }
      pending.withUnsafeBufferPointer { compress($0, blocks: 1) }
      pending.removeAll(keepingCapacity: true)
    }
    let blocks = (bytes.count - offset) / 64
    bytes.withUnsafeBufferPointer { buffer in
      compress(UnsafeBufferPointer(rebasing: buffer[offset...]), blocks: blocks)
    }
    pending += bytes[(offset + blocks * 64)...]
  }

  package mutating func finish() -> String { Digest.hex(finishBytes()) }

  mutating func finishBytes() -> [UInt8] {
    let bits = length &* 8
    var tail: [UInt8] = [0x80]
    let used = (pending.count + 1) % 64
    tail += [UInt8](repeating: 0, count: used <= 56 ? 56 - used : 120 - used)
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    update(tail)
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }

  /// Takes in whole blocks of 64 bytes.
  private mutating func compress(_ bytes: UnsafeBufferPointer<UInt8>, blocks: Int) {
    guard blocks > 0, let bytes = bytes.baseAddress else { return }
    state.withUnsafeMutableBufferPointer { chash_sha256($0.baseAddress, bytes, blocks) }
  }
}
