import DocumentTrees
import Testing

/// The examples of RFC 1321 and FIPS 180-4 (by way of NIST's examples), and the edges of a block.
@Suite struct DigestTests {
  @Test(arguments: [
    (Digest.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
    (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
    (
      .md5, "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
    (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      .sha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha512, "abc",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    ),
    (
      .sha512,
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
        + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
        + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909"
    ),
  ])
  func agreesWithItsStandard(digest: Digest, text: String, expected: String) {
    #expect(Digest.hex(digest.bytes(of: Array(text.utf8))) == expected)
  }

  /// Where the padding needs a block of its own; from Python's hashlib.
  @Test(arguments: [
    (Digest.md5, 55, "ef1772b6dff9a122"), (.md5, 56, "3b0c8ac703f828b0"),
    (.md5, 64, "014842d480b57149"),
    (.sha1, 55, "c1c8bbdc22796e28"), (.sha1, 56, "c2db330f6083854c"),
    (.sha1, 64, "0098ba824b5c1642"),
    (.sha512, 111, "fa9121c7b32b9e01"), (.sha512, 112, "c01d080efd492776"),
    (.sha512, 128, "b73d1929aa615934"),
  ])
  func fillsTheLastBlock(digest: Digest, length: Int, start: String) {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    #expect(Digest.hex(digest.bytes(of: bytes)).hasPrefix(start))
  }
}
