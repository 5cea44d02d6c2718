/// A tag taken apart by the habits of Docker Hub: `18.20.1-bullseye-slim` is version 18.20.1 in the
/// variant bullseye, slim.
struct ImageTag: Hashable, Sendable {
  let text: String
  /// The first part, if it is a version: its numbers, or one word such as `bookworm`.
  let version: [Substring]
  /// The other parts without their own versions: `alpine3.20` is `alpine`.
  let words: [Substring]

  /// `codeNames` says whether a first part such as `bookworm` is the version, as it is for `debian`
  /// and is not for `node`.
  init(_ text: String, codeNames: Bool = true) {
    self.text = text
    var parts = text.lowercased().split { $0 == "-" || $0 == "_" }[...]
    if let first = parts.first {
      if first.first?.isNumber == true || Self.isMarkedVersion(first) {
        version = first.drop { $0 == "v" }.split(separator: ".").map(Self.number)
        parts = parts.dropFirst()
      } else if codeNames, Self.releases.contains(first) {
        version = [first]
        parts = parts.dropFirst()
      } else {
        version = []
      }
    } else {
      version = []
    }
    words = parts.compactMap(Self.word)
  }

  /// Whether this version is the other one or a release line that it belongs to: 18 of 18.20.1.
  func isLine(of other: [Substring]) -> Bool {
    !version.isEmpty && version.count <= other.count
      && zip(version, other).allSatisfy { $0 == $1 }
  }

  /// Whether this is a release after the other one; a line is not later than its own releases.
  func isLater(than other: ImageTag) -> Bool {
    for (own, theirs) in zip(version, other.version) where own != theirs {
      guard let own = Int(own), let theirs = Int(theirs) else { return false }
      return own > theirs
    }
    return false
  }

  /// How far two versions lie apart, for choosing the nearest one.
  func distance(to other: ImageTag) -> Int {
    var distance = 0
    for position in 0..<2 {
      let pair = [version, other.version].map { version in
        position < version.count ? Int(version[position].prefix(6)) ?? 0 : 0
      }
      distance = distance * 1000 + abs(pair[0] - pair[1])
    }
    return distance
  }

  private static func isMarkedVersion(_ part: Substring) -> Bool {
    part.first == "v" && part.dropFirst().first?.isNumber == true
  }

  /// `8u292` → `8`: releases inside a line are written in many ways behind its number.
  private static func number(_ part: Substring) -> Substring {
    let digits = part.prefix { $0.isNumber }
    return digits.isEmpty ? part : digits
  }

  /// A word of the variant; nil for what says nothing: dates, processors, `latest`.
  private static func word(_ part: Substring) -> Substring? {
    if silent.contains(part) { return nil }
    var word = part
    while let last = word.last, last.isNumber || last == "." { word.removeLast() }
    return word.isEmpty || word == "v" || silent.contains(word) ? nil : word
  }

  private static let silent: Set<Substring> = [
    "latest", "lts", "current", "stable", "amd64", "arm64", "arm64v8", "arm32v7", "x86", "linux",
  ]

  /// Code names that distributions use as versions.
  private static let releases: Set<Substring> = [
    "trixie", "bookworm", "bullseye", "buster", "stretch", "jessie", "resolute", "noble", "jammy",
    "focal", "bionic", "xenial", "trusty",
  ]
}
