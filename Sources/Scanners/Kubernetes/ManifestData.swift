import DocumentTrees
import Templates
import Workloads

/// What ConfigMaps and Secrets hold.
enum ManifestData {
  struct Entry {
    var key: String
    var keyOrigin: Origin
    /// Its text: of a Secret decoded, unknown if it is no text.
    var value: Value<String>
    var isBinary = false
  }

  /// Every key; of `data` and `stringData` the latter wins.
  static func entries(of object: ManifestObject) -> [Entry] {
    var entries: [Entry] = []
    var positions: [String: Int] = [:]
    func set(_ entry: Entry) {
      if let position = positions[entry.key] {
        entries[position] = entry
      } else if entries.count < maximumEntries {
        positions[entry.key] = entries.count
        entries.append(entry)
      }
    }
    let isSecret = object.kind == "Secret"
    for entry in object.body["data"].entries {
      set(
        Entry(
          key: entry.key,
          keyOrigin: entry.keyOrigin,
          value: isSecret ? decoded(entry.value) : stated(entry.value)
        )
      )
    }
    for entry in object.body["stringData"].entries where isSecret {
      set(Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: stated(entry.value)))
    }
    for entry in object.body["binaryData"].entries where !isSecret {
      let value = Value<String>.unknown("it is no text", entry.value.origin)
      set(Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: value, isBinary: true))
    }
    return entries
  }

  static func entry(_ key: String, of object: ManifestObject) -> Entry? {
    let isSecret = object.kind == "Secret"
    let plain = object.body[isSecret ? "stringData" : "data"][key]
    if !plain.isAbsent {
      return Entry(key: key, keyOrigin: plain.origin, value: stated(plain))
    }
    let encoded = object.body[isSecret ? "data" : "binaryData"][key]
    if encoded.isAbsent { return nil }
    if isSecret { return Entry(key: key, keyOrigin: encoded.origin, value: decoded(encoded)) }
    let value = Value<String>.unknown("it is no text", encoded.origin)
    return Entry(key: key, keyOrigin: encoded.origin, value: value, isBinary: true)
  }

  private static let maximumEntries = 10_000

  private static func stated(_ value: Datum) -> Value<String> {
    // An empty value is a value: it is written as null by some tools.
    value.isNothing ? .known("", value.origin) : value.settled
  }

  private static func decoded(_ value: Datum) -> Value<String> {
    let text = value.settled
    guard let encoded = text.known else { return value.isNothing ? stated(value) : text }
    guard let bytes = decode(encoded) else {
      return .unknown("it is no base64", text.origin)
    }
    guard let decoded = String(validating: bytes, as: UTF8.self) else {
      return .unknown("it is no text", text.origin)
    }
    return .known(decoded, text.origin)
  }

  /// Base64 with its standard alphabet; white space is passed over.
  static func decode(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count / 4 * 3 + 3)
    var group: UInt32 = 0
    var held = 0
    var padding = 0
    for byte in text.utf8 {
      let digit: UInt32
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt32(byte) - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = UInt32(byte) - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt32(byte) + 4
      case UInt8(ascii: "+"): digit = 62
      case UInt8(ascii: "/"): digit = 63
      case UInt8(ascii: "="):
        padding += 1
        continue
      case 0x09, 0x0A, 0x0D, 0x20: continue
      default: return nil
      }
      if padding > 0 { return nil }
      group = (group << 6 | digit) & 0xFF_FFFF
      held += 6
      if held >= 8 {
        held -= 8
        result.append(UInt8(truncatingIfNeeded: group >> UInt32(held)))
      }
    }
    return padding > 2 || held == 6 ? nil : result
  }
}
