/// A set of code points as sorted ranges that neither overlap nor touch.
struct CharacterSet: Hashable, Sendable {
  static let maximum: UInt32 = 0x10FFFF

  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  var inverted: CharacterSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= Self.maximum { result.append(next...Self.maximum) }
    return CharacterSet(result)
  }

  func union(_ other: CharacterSet) -> CharacterSet { CharacterSet(ranges + other.ranges) }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar)
  }

  /// What a hexadecimal digit stands for; nil for other characters.
  static func hexDigitValue(of scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x30...0x39: scalar - 0x30
    case 0x41...0x46, 0x61...0x66: (scalar | 0x20) - 0x57
    default: nil
    }
  }

  /// The only member, if there is one only.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].count == 1 else { return nil }
    return ranges[0].lowerBound
  }

  static let any = CharacterSet([0...maximum])
  static let newline = CharacterSet(0x0A)
  static let digit = CharacterSet([0x30...0x39])
  static let space = CharacterSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let word = CharacterSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])

  /// The sets `[[:name:]]` can name.
  static let posix: [String: CharacterSet] = [
    "alnum": CharacterSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]),
    "alpha": CharacterSet([0x41...0x5A, 0x61...0x7A]),
    "ascii": CharacterSet([0x00...0x7F]),
    "blank": CharacterSet([0x09...0x09, 0x20...0x20]),
    "cntrl": CharacterSet([0x00...0x1F, 0x7F...0x7F]),
    "digit": digit,
    "graph": CharacterSet([0x21...0x7E]),
    "lower": CharacterSet([0x61...0x7A]),
    "print": CharacterSet([0x20...0x7E]),
    "punct": CharacterSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
    "space": CharacterSet([0x09...0x0D, 0x20...0x20]),
    "upper": CharacterSet([0x41...0x5A]),
    "word": word,
    "xdigit": CharacterSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
  ]
}
