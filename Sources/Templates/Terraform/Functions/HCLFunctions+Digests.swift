import DocumentTrees
import Workloads

extension HCLFunctions {
  static let digests: [String: HCLFunction] = [
    "sha256": .init(1...1) { (call) throws(HCLFailure) in
      try call.result(SHA256.hex(of: Array(try call.text(0).utf8)))
    },
    "base64sha256": .init(1...1) { (call) throws(HCLFailure) in
      let hex = Array(SHA256.hex(of: Array(try call.text(0).utf8)).utf8)
      var bytes: [UInt8] = []
      for index in stride(from: 0, to: hex.count, by: 2) {
        let digits = String(decoding: hex[index..<index + 2], as: UTF8.self)
        bytes.append(UInt8(digits, radix: 16) ?? 0)
      }
      return try call.result(Base64.encode(bytes))
    },
    "md5": digest, "sha1": digest, "sha512": digest, "base64sha512": digest,
    "filemd5": digest, "filesha1": digest, "filesha512": digest,
    "filebase64sha256": digest, "filebase64sha512": digest,
  ]

  private static let digest = unknowable("this digest is not computed here")
}
