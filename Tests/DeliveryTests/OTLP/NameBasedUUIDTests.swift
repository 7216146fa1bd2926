import Testing

@testable import Delivery

@Suite("UUIDs made of names")
struct NameBasedUUIDTests {
  @Test(
    "rest on SHA-1 as FIPS 180 has it",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
      ),
      (String(repeating: "a", count: 1000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
    ])
  func sha1(text: String, digest: String) {
    let bytes = SHA1.digest(of: Array(text.utf8))
    #expect(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == digest)
  }

  @Test("are those of RFC 9562's example")
  func example() {
    // Appendix A.4: www.example.com in the namespace of DNS names.
    let dns: [UInt8] = [
      0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30,
      0xC8,
    ]
    #expect(
      NameBasedUUID.text(of: "www.example.com", namespace: dns)
        == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
  }
}
