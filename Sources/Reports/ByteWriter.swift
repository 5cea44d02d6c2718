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

  mutating func write(_ run: UnsafeBufferPointer<UInt8>.SubSequence) {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: run))
  }

  mutating func write(byte: UInt8) {
    bytes.append(byte)
  }

  mutating func write(_ number: Int) {
    if number >= 0, number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      write(String(number))
    }
  }

  mutating func dropTrailingSpaces() {
    while bytes.last == 0x20 { bytes.removeLast() }
  }
}
