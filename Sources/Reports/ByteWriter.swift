/// The bytes of a report while it is being written.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
  }

  /// The bytes as text; every write was whole UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  mutating func write(_ run: [UInt8]) {
    bytes.append(contentsOf: run)
  }

  mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ run: UnsafeBufferPointer<UInt8>.SubSequence) {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: run))
  }

  mutating func write(byte: UInt8) {
    bytes.append(byte)
  }

  mutating func write(_ number: Int) {
    if number < 0 { return write(String(number)) }
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    var rest = number
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  mutating func dropTrailingSpaces() {
    while bytes.last == 0x20 { bytes.removeLast() }
  }
}
