internal import Workloads

/// Processor and memory of a task in every spelling that the API takes.
enum TaskSize {
  /// Cores of `256`, `0.25 vCPU`, `.25vcpu`.
  static func cores(_ text: String) -> Double? {
    let text = trimmed(text)
    if text.lowercased().hasSuffix("vcpu") {
      return decimal(text.dropLast("vcpu".count))
    }
    return whole(text).map { Double($0) / 1024 }
  }

  /// Bytes of `512` (MiB), `1GB`, `0.5 gb`.
  static func bytes(_ text: String) -> Int? {
    let text = trimmed(text)
    if text.lowercased().hasSuffix("gb") {
      guard let gigabytes = decimal(text.dropLast(2)) else { return nil }
      return Int(exactly: (gigabytes * 1_073_741_824).rounded())
    }
    return whole(text).flatMap(mebibytes)
  }

  static func mebibytes(_ count: Int) -> Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: 1_048_576)
    return overflow || count < 0 ? nil : bytes
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = Substring(text)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// A decimal number of digits and at most one point, spaces behind it left out.
  private static func decimal(_ text: Substring) -> Double? {
    let text = trimmed(String(text))
    guard !text.isEmpty, text.utf8.count < 20,
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
      let number = Double(text.hasPrefix(".") ? "0" + text : String(text)), number > 0
    else { return nil }
    return number
  }

  private static func whole(_ text: Substring) -> Int? {
    guard let number = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }), number > 0 else {
      return nil
    }
    return number
  }
}
