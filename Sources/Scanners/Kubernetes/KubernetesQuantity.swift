import Templates
import Workloads

/// Kubernetes quantities: `500m`, `1.5Gi`, `2k`, `12e6`.
enum KubernetesQuantity {
  /// The number that a quantity stands for; nil if it is none.
  static func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      var end = 0
      if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") {
        end += 1
      }
      let first = end
      while end < bytes.count, isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
      guard end > first else { return nil }
      let digits = String(decoding: UnsafeBufferPointer(rebasing: bytes[..<end]), as: UTF8.self)
      guard let number = Double(digits),
        let factor = factor(UnsafeBufferPointer(rebasing: bytes[end...]))
      else { return nil }
      let value = number * factor
      return value.isFinite ? value : nil
    }
  }

  /// A quantity as whole bytes, rounded up.
  static func bytes(_ text: String) -> Int? {
    number(text).flatMap { Int(exactly: $0.rounded(.up)) }
  }

  private static func factor(_ unit: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = unit.first else { return 1 }
    if first == UInt8(ascii: "e") || first == UInt8(ascii: "E"), unit.count > 1 {
      if let power = Int(String(decoding: unit.dropFirst(), as: UTF8.self)) {
        guard (-30...30).contains(power) else { return nil }
        var factor = 1.0
        for _ in 0..<abs(power) { factor *= 10 }
        return power < 0 ? 1 / factor : factor
      }
    }
    if unit.count == 2, unit[1] == UInt8(ascii: "i") {
      guard let power = Array("KMGTPE".utf8).firstIndex(of: first) else { return nil }
      return (0...power).reduce(1.0) { product, _ in product * 1024 }
    }
    guard unit.count == 1 else { return nil }
    switch first {
    case UInt8(ascii: "n"): return 1e-9
    case UInt8(ascii: "u"): return 1e-6
    case UInt8(ascii: "m"): return 1e-3
    case UInt8(ascii: "k"): return 1e3
    case UInt8(ascii: "M"): return 1e6
    case UInt8(ascii: "G"): return 1e9
    case UInt8(ascii: "T"): return 1e12
    case UInt8(ascii: "P"): return 1e15
    case UInt8(ascii: "E"): return 1e18
    default: return nil
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension Datum {
  /// A text that nothing has still to fill in.
  var settled: Value<String> {
    let value = string
    guard let text = value.known, text.utf8.contains(UInt8(ascii: "{")) else { return value }
    if text.contains("{{"), text.contains("}}") {
      return .unknown("a template fills it in", value.origin)
    }
    return value
  }

  /// The texts of a list.
  var settledList: [Value<String>] { elements.map(\.settled) }

  /// A Kubernetes quantity as a number: cores.
  var cores: Value<Double> {
    settled.map(orUnknown: "it is no quantity", KubernetesQuantity.number)
  }

  /// A Kubernetes quantity as bytes.
  var byteCount: Value<Int> {
    settled.map(orUnknown: "it is no quantity", KubernetesQuantity.bytes)
  }

  /// Names with texts: labels, annotations, selectors.
  var pairs: [NamedValue] {
    entries.map { NamedValue($0.key, $0.value.settled, $0.value.origin) }
  }
}
