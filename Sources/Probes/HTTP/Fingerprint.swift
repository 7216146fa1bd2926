/// FNV-1a with 64 bits over a stream of bytes.
///
/// Tells equal bodies from different ones; it withstands no forger, and none gains by forging it.
///
/// Source: RFC 9923 (the FNV hash), offset basis and prime of 64 bits.
package struct Fingerprint: Hashable {
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }
}
