import LoadBalancer
import Testing

@Suite("The context of a CUSTOM check")
struct CustomCheckTests {
  @Test(
    "stands for bytes",
    arguments: [
      ("", .text, []), ("0A", .text, [0x30, 0x41]), ("", .hexadecimal, []),
      ("0A", .hexadecimal, [0x0A]), ("00ffFF", .hexadecimal, [0x00, 0xFF, 0xFF]),
      ("0", .hexadecimal, nil), ("0G", .hexadecimal, nil), ("0A ", .hexadecimal, nil),
      ("٠٠", .hexadecimal, nil),
    ] as [(String, CustomCheck.ContextType, [UInt8]?)])
  func bytes(_ context: String, _ type: CustomCheck.ContextType, _ bytes: [UInt8]?) {
    #expect(CustomCheck.bytes(of: context, as: type) == bytes)
  }

  @Test(
    "is not a check domain, which has letters, digits, dots and hyphens alone",
    arguments: [
      ("shop.example.com", true), ("A-1", true), (String(repeating: "a", count: 80), true),
      (String(repeating: "a", count: 81), false), ("", false), ("a b", false), ("a\r\nb", false),
      ("é", false), ("*.example.com", false),
    ])
  func domain(_ text: String, _ isLegal: Bool) {
    #expect(HealthCheck.isDomain(text) == isLegal)
  }
}
