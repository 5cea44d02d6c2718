/// A `--mount` of a RUN instruction.
package struct RunMount: Hashable, Sendable {
  /// `bind` unless given.
  package var type: String
  /// A stage or image.
  package var from: String?
  package var source: String?
  package var target: String?
  package var id: String?
  /// Every other field; the value is absent for a bare name.
  package var options: [String: String?]
  package var range: PlaceRange

  package static func all(of instruction: Instruction) -> [RunMount] {
    instruction.flags.compactMap { flag in
      guard flag.name == "mount", let value = flag.value else { return nil }
      return RunMount(value, at: flag.range)
    }
  }

  /// Reads comma-separated fields; a field in double quotes may hold commas.
  init(_ text: String, at range: PlaceRange) {
    type = "bind"
    options = [:]
    self.range = range
    for field in Self.fields(text) {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0].lowercased()
      let value = parts.count > 1 ? String(parts[1]) : nil
      switch name {
      case "type": type = value?.lowercased() ?? "bind"
      case "from": from = value
      case "source", "src": source = value
      case "target", "dst", "destination": target = value
      case "id": id = value
      case "": continue
      default: options[name] = .some(value)
      }
    }
  }

  private static func fields(_ text: String) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field.removeAll()
      } else {
        field.append(byte)
      }
    }
    fields.append(String(decoding: field, as: UTF8.self))
    return fields
  }
}
