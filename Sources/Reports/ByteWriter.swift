/// Takes the bytes of a report, piece by piece.
package typealias ByteSink = (UnsafeBufferPointer<UInt8>) -> Void

/// The bytes of a report while it is being written.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  /// Where bytes go once there are many; `nil`: they are kept.
  private let sink: ByteSink?
  private static let drainedAt = 1 << 18

  init(capacity: Int = 0, sink: ByteSink? = nil) {
    self.sink = sink
    bytes.reserveCapacity(sink == nil ? capacity : Self.drainedAt + Self.drainedAt / 8)
  }

  /// Hands on what was written, if that is much.
  mutating func drain() {
    if let sink, bytes.count >= Self.drainedAt { flush(to: sink) }
  }

  /// Hands on all that was written.
  mutating func flush() {
    if let sink { flush(to: sink) }
  }

  private mutating func flush(to sink: ByteSink) {
    bytes.withUnsafeBufferPointer(sink)
    bytes.removeAll(keepingCapacity: true)
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
