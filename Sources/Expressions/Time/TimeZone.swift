import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A fixed offset from UTC, or a named zone of the system's database.
enum TimeZone: Sendable {
  case fixed(Int64)
  case named(ZoneTransitions)

  /// Reads `UTC`, `+05:30`, `-02:00`, `02:00` or a name such as `Europe/Paris`.
  init?(_ name: String) {
    if name.isEmpty || name == "UTC" || name == "Z" {
      self = .fixed(0)
    } else if let offset = Self.fixedOffset(name) {
      self = .fixed(offset)
    } else if let zone = Self.load(name) {
      self = .named(zone)
    } else {
      return nil
    }
  }

  /// Seconds to add to UTC at a moment.
  func offset(at seconds: Int64) -> Int64 {
    switch self {
    case .fixed(let offset): offset
    case .named(let zone): zone.offset(at: seconds)
    }
  }

  private static func fixedOffset(_ text: String) -> Int64? {
    var reader = DigitReader(Array(text.utf8))
    let negative = reader.take("-")
    if !negative { _ = reader.take("+") }
    guard let hours = reader.number(2), reader.take(":"), let minutes = reader.number(2),
      reader.isAtEnd, hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (negative ? -60 : 60)
  }

  // MARK: Zone files

  private static let loaded = Mutex<[String: ZoneTransitions]>([:])

  private static func load(_ name: String) -> ZoneTransitions? {
    let allowed = { (byte: UInt8) in
      byte.isIdentifierPart || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+")
    }
    // The name comes from a rule; without dots it cannot leave the folder.
    guard name.utf8.count <= 64, name.utf8.allSatisfy(allowed), name.utf8.first != 0x2F else {
      return nil
    }
    if let known = loaded.withLock({ $0[name] }) { return known }
    return read(name) ?? aliases[name].flatMap(read)
  }

  /// Old names that newer systems keep in a package of their own.
  private static let aliases = [
    "US/Alaska": "America/Anchorage", "US/Arizona": "America/Phoenix",
    "US/Central": "America/Chicago", "US/Eastern": "America/New_York",
    "US/Hawaii": "Pacific/Honolulu", "US/Mountain": "America/Denver",
    "US/Pacific": "America/Los_Angeles",
  ]

  private static func read(_ name: String) -> ZoneTransitions? {
    for folder in ["/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/var/db/timezone/zoneinfo/"] {
      guard let bytes = contents(folder + name), let zone = ZoneTransitions(bytes) else { continue }
      loaded.withLock { $0[name] = zone }
      return zone
    }
    return nil
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while count < bytes.count {
      let got = bytes[count...].withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      guard got > 0 else { break }
      count += got
    }
    return Array(bytes[..<count])
  }
}
