import Addressing
import Host
import Testing
import TestSupport

@testable import Delivery

@Suite("Finding a receiver's addresses")
struct AddressResolverTests {
  private func resolver(_ output: String, status: Int32 = 0) -> AddressResolver {
    let command = ["getent", "ahosts", "otel.example"]
    return AddressResolver(
      FakeDoor(commands: [
        command: .value(
          CommandOutput(status: status, standardOutput: Array(output.utf8)), from: .command(command)
        )
      ]))
  }

  private func failure(_ resolver: AddressResolver) -> String? {
    do {
      let addresses = try resolver.addresses(of: .name("otel.example"), milliseconds: 1000)
      return "\(addresses)"
    } catch {
      return error.reason
    }
  }

  @Test("keeps the host's order, and each address once")
  func order() throws {
    let text = """
      2001:db8::1     STREAM otel.example
      2001:db8::1     DGRAM
      2001:db8::1     RAW
      192.0.2.7       STREAM
      192.0.2.7       DGRAM
      fe80::1%eth0    STREAM
      """
    #expect(
      try resolver(text).addresses(of: .name("otel.example"), milliseconds: 1000).map { "\($0)" }
        == ["2001:db8::1", "192.0.2.7"])
  }

  @Test("asks nobody for an address or localhost")
  func literal() throws {
    let nobody = AddressResolver(FakeDoor())
    #expect(
      try nobody.addresses(of: .address(.v4(0x0A00_0005)), milliseconds: 1) == [.v4(0x0A00_0005)])
    #expect(
      try nobody.addresses(of: .name("localhost"), milliseconds: 1) == [.v4(0x7F00_0001), .v6(1)])
  }

  @Test("says what is wrong")
  func failures() {
    #expect(
      failure(AddressResolver(FakeDoor()))
        == "the name otel.example cannot be resolved: this host has no getent; use an address")
    #expect(failure(resolver("", status: 2)) == "the name otel.example is unknown")
    #expect(failure(resolver("", status: 3)) == "getent ahosts otel.example ended with status 3")
    #expect(failure(resolver("nonsense\n\n")) == "the name otel.example has no address")
  }

  /// RFC 6761, section 6.4: no name service knows a name under `invalid`.
  @Test("asks the host's own getent, and is told by it that there is no such name")
  func real() {
    #expect(throws: AddressResolver.Failure.self) {
      try AddressResolver().addresses(of: .name("clb-agent.invalid"), milliseconds: 5000)
    }
  }
}
