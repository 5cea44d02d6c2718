#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension [UInt8] {
  /// Shannon's entropy of the bytes of a range, in bits for each byte.
  func entropy(_ range: Range<Int>) -> Double {
    guard !range.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for position in range { counts[Int(self[position])] += 1 }
    let total = Double(range.count)
    var bits = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / total
      bits -= share * log2(share)
    }
    return bits
  }
}
