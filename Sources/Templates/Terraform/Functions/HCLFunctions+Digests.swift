import DocumentTrees
import Workloads

extension HCLFunctions {
  static let digests: [String: HCLFunction] = {
    var table: [String: HCLFunction] = ["uuidv5": named]
    for digest in Digest.allCases {
      let name = digest.rawValue
      table[name] = ofText(digest, Digest.hex)
      table["file" + name] = ofFile(digest, Digest.hex)
      table["base64" + name] = ofText(digest, Base64.encode)
      table["filebase64" + name] = ofFile(digest, Base64.encode)
    }
    // These two Terraform does not have.
    for name in ["md5", "sha1"] {
      table["base64" + name] = nil
      table["filebase64" + name] = nil
    }
    return table
  }()

  private typealias Spelling = @Sendable ([UInt8]) -> String

  private static func ofText(_ digest: Digest, _ spelling: @escaping Spelling) -> HCLFunction {
    .init(1...1) { (call) throws(HCLFailure) in
      let bytes = Array(try call.text(0).utf8)
      try call.session.pay(bytes.count)
      return try call.result(spelling(digest.bytes(of: bytes)))
    }
  }

  private static func ofFile(_ digest: Digest, _ spelling: @escaping Spelling) -> HCLFunction {
    .init(1...1) { (call) throws(HCLFailure) in
      switch try call.content(0) {
      case .bytes(let bytes): try call.result(spelling(digest.bytes(of: bytes)))
      case .unknown(let reason): call.unknown(reason)
      }
    }
  }

  /// RFC 9562, 5.5: the identifier of a name in a namespace.
  private static let named = HCLFunction(2...2) { (call) throws(HCLFailure) in
    let namespace = try call.text(0)
    let digits = (namespaces[namespace] ?? namespace).filter { $0 != "-" }
    var bytes: [UInt8] = []
    var rest = Array(digits.utf8)[...]
    while rest.count >= 2 {
      let pair = String(decoding: rest.prefix(2), as: UTF8.self)
      guard let byte = UInt8(pair, radix: 16), !pair.hasPrefix("+") else { break }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    guard bytes.count == 16, rest.isEmpty else {
      throw call.failure("there is no namespace \(namespace)")
    }
    let name = Array(try call.text(1).utf8)
    try call.session.pay(name.count)
    var digest = Array(Digest.sha1.bytes(of: bytes + name).prefix(16))
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { Digest.hex(Array(digest[$0])) }
    return try call.result(groups.joined(separator: "-"))
  }

  private static let namespaces = [
    "dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
    "oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8", "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
  ]
}
