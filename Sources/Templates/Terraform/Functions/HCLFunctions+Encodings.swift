import DocumentTrees
import Workloads

extension HCLFunctions {
  static let encodings: [String: HCLFunction] = [
    "jsonencode": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      try call.encoded(.json, HCLJSON.encode(call.arguments[0], call.session))
    },
    "yamlencode": .init(1...1, .accepted, takesNull: true) { (call) throws(HCLFailure) in
      try call.encoded(.yaml, HCLYAML.encode(call.arguments[0], call.session))
    },
    "jsondecode": .init(1...1, .accepted) { (call) throws(HCLFailure) in
      if case .encoded(let text) = call.arguments[0].content, text.encoding == .json {
        return TerraformType.plain(text.value)
      }
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      let bytes = Array(try call.text(0).utf8)
      guard let tree = try? JSONReader.document(in: bytes, limits: call.session.limits),
        let root = tree.root
      else { throw call.failure("the text is no JSON") }
      return try call.placed(root)
    },
    "yamldecode": .init(1...1, .accepted) { (call) throws(HCLFailure) in
      if case .encoded(let text) = call.arguments[0].content, text.isReadable {
        return TerraformType.plain(text.value)
      }
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      let bytes = Array(try call.text(0).utf8)
      guard let stream = try? YAMLReader.documents(in: bytes, limits: call.session.limits),
        stream.failure == nil, stream.documents.count <= 1
      else { throw call.failure("the text is no YAML document") }
      guard let root = stream.documents.first?.root else { return Datum(.null, call.origin) }
      return try call.placed(root)
    },
    "base64encode": .init(1...1, .accepted) { (call) throws(HCLFailure) in
      if let gap = call.arguments[0].firstGap {
        return Datum(
          .encoded(EncodedText(call.arguments[0], as: .base64, parts: [.gap(gap)])),
          call.origin
        )
      }
      let text = Base64.encode(Array(try call.text(0).utf8))
      try call.session.pay(text.utf8.count)
      return Datum(
        .encoded(EncodedText(call.arguments[0], as: .base64, parts: [.text(text)])),
        call.origin
      )
    },
    "base64decode": .init(1...1, .accepted) { (call) throws(HCLFailure) in
      if case .encoded(let text) = call.arguments[0].content, text.encoding == .base64 {
        return text.value
      }
      if let gap = call.arguments[0].firstGap { return call.unknown(gap.reason) }
      guard let bytes = Base64.decode(try call.text(0)),
        let text = String(validating: bytes, as: UTF8.self)
      else { throw call.failure("the text is no Base64 of a text") }
      return try call.result(text)
    },
    "textencodebase64": .init(2...2) { (call) throws(HCLFailure) in
      let text = try call.text(0)
      guard let bytes = HCLTextEncoding.bytes(text, encoding: try call.text(1)) else {
        return call.unknown("the encoding is not one this version knows")
      }
      return try call.result(Base64.encode(bytes))
    },
    "textdecodebase64": .init(2...2) { (call) throws(HCLFailure) in
      guard let bytes = Base64.decode(try call.text(0)) else {
        throw call.failure("the text is no Base64")
      }
      guard let text = HCLTextEncoding.text(bytes, encoding: try call.text(1)) else {
        return call.unknown("the encoding is not one this version knows")
      }
      return try call.result(text)
    },
    "base64gzip": .init(1...1) { (call) throws(HCLFailure) in
      call.unknown("compressed texts are not made here")
    },
    "urlencode": .init(1...1) { (call) throws(HCLFailure) in
      var result = ""
      for byte in try call.text(0).utf8 {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x2E, 0x7E:
          result.unicodeScalars.append(Unicode.Scalar(byte))
        case 0x20: result += "+"
        default:
          let digits = String(byte, radix: 16, uppercase: true)
          result += "%" + (digits.count == 1 ? "0" : "") + digits
        }
      }
      return try call.result(result)
    },
    "urldecode": .init(1...1) { (call) throws(HCLFailure) in
      var result: [UInt8] = []
      var bytes = Array(try call.text(0).utf8)[...]
      while let byte = bytes.popFirst() {
        guard byte == UInt8(ascii: "%") else {
          result.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
          continue
        }
        guard bytes.count >= 2,
          let value = UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16)
        else { throw call.failure("the text has a broken escape") }
        result.append(value)
        bytes = bytes.dropFirst(2)
      }
      return try call.result(String(decoding: result, as: UTF8.self))
    },
    "csvdecode": .init(1...1) { (call) throws(HCLFailure) in
      var rows = try HCLCSV.rows(Array(try call.text(0).utf8), call)
      guard !rows.isEmpty else { throw call.failure("the text has no header line") }
      let header = rows.removeFirst()
      var elements: [Datum] = []
      for row in rows {
        guard row.count == header.count else {
          throw call.failure("a line has another number of fields than the header")
        }
        var object = DatumObject()
        for (key, field) in zip(header, row) {
          object.set(key, Datum(.text(field), call.origin))
        }
        elements.append(try call.result(object, isMap: false))
      }
      return try call.result(elements, .list)
    },
  ]
}

extension HCLCall {
  fileprivate func encoded(
    _ encoding: EncodedText.Encoding,
    _ parts: [TextPart]
  ) throws(HCLFailure) -> Datum {
    let value = arguments[0]
    return Datum(.encoded(EncodedText(value, as: encoding, parts: parts)), origin)
      .marked(value.holdsSecret)
  }

  /// The value of a text that was read; its places are inside a text, so they are this call's.
  fileprivate func placed(_ node: Node, depth: Int = 0) throws(HCLFailure) -> Datum {
    try session.pay(1)
    guard depth < 100 else { throw HCLFailure(.limit, "\(name): nested too deeply", range) }
    switch node.kind {
    case .mapping:
      var object = DatumObject()
      for entry in node.entries {
        object.set(entry.key.text, try placed(entry.value, depth: depth + 1))
      }
      return Datum(.object(object), origin)
    case .sequence:
      var elements: [Datum] = []
      for element in node.elements { elements.append(try placed(element, depth: depth + 1)) }
      return Datum(.list(DatumList(elements)), origin)
    case .scalar:
      var value = Datum.hcl(node, in: origin)
      value.origin = origin
      return value
    }
  }
}

/// The few encodings of texts that everyone uses.
enum HCLTextEncoding {
  static func bytes(_ text: String, encoding: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    switch encoding.uppercased() {
    case "UTF-8": bytes = Array(text.utf8)
    case "UTF-16LE":
      for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    case "UTF-16BE", "UTF-16":
      for unit in text.utf16 { bytes += [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    case "US-ASCII", "ISO-8859-1":
      bytes = Array(text.utf8)
      if bytes.contains(where: { $0 >= 0x80 }) { return nil }
    default: return nil
    }
    return bytes
  }

  static func text(_ bytes: [UInt8], encoding: String) -> String? {
    let isBig = encoding.uppercased() != "UTF-16LE"
    switch encoding.uppercased() {
    case "UTF-8": return String(validating: bytes, as: UTF8.self)
    case "UTF-16LE", "UTF-16BE", "UTF-16":
      guard bytes.count % 2 == 0 else { return nil }
      var units: [UInt16] = []
      for index in stride(from: 0, to: bytes.count, by: 2) {
        let (high, low) =
          isBig ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
        units.append(UInt16(high) << 8 | UInt16(low))
      }
      return String(validating: units, as: UTF16.self)
    default: return nil
    }
  }
}

/// RFC 4180.
enum HCLCSV {
  static func rows(_ bytes: [UInt8], _ call: HCLCall) throws(HCLFailure) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var index = 0
    var wasQuoted = false
    func finishField() {
      row.append(String(decoding: field, as: UTF8.self))
      field = []
      wasQuoted = false
    }
    func finishRow() throws(HCLFailure) {
      // Lines without anything are passed over.
      if row.isEmpty, field.isEmpty, !wasQuoted { return }
      finishField()
      try call.session.pay(row.count)
      rows.append(row)
      row = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty && !wasQuoted:
        wasQuoted = true
        while true {
          guard index < bytes.count else { throw call.failure("a quoted field has no end") }
          let next = bytes[index]
          index += 1
          if next != UInt8(ascii: "\"") {
            field.append(next)
          } else if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            field.append(next)
            index += 1
          } else {
            break
          }
        }
      case UInt8(ascii: ","): finishField()
      case 0x0D where index < bytes.count && bytes[index] == 0x0A: continue
      case 0x0A: try finishRow()
      default: field.append(byte)
      }
    }
    try finishRow()
    return rows
  }
}
