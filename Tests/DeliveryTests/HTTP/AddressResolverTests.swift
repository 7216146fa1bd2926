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

  /// The addresses, or why there are none.
  private func answer(
    _ resolver: AddressResolver, _ name: String = "otel.example"
  ) async -> [String] {
    await onOwnThread {
      do throws(AddressResolver.Failure) {
        return try resolver.addresses(of: .name(name), milliseconds: 5000).map { "\($0)" }
      } catch {
        return [error.reason]
      }
    }
  }

  @Test("keeps the host's order, and each address once")
  func order() async {
    let text = """
      2001:db8::1     STREAM otel.example
      2001:db8::1     DGRAM
      2001:db8::1     RAW
      192.0.2.7       STREAM
      192.0.2.7       DGRAM
      fe80::1%eth0    STREAM
      """
    #expect(await answer(resolver(text)) == ["2001:db8::1", "192.0.2.7"])
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
  func failures() async {
    #expect(
      await answer(AddressResolver(FakeDoor()))
        == ["the name otel.example cannot be resolved: this host has no getent; use an address"])
    #expect(await answer(resolver("", status: 2)) == ["the name otel.example is unknown"])
    #expect(
      await answer(resolver("", status: 3)) == ["getent ahosts otel.example ended with status 3"])
    #expect(await answer(resolver("nonsense\n\n")) == ["the name otel.example has no address"])
  }

  /// RFC 6761, section 6.4: no name service knows a name under `invalid`.
  @Test("asks the host's own getent, and is told by it that there is no such name")
  func real() async {
    #expect(
      await answer(AddressResolver(), "clb-agent.invalid")
        == ["the name clb-agent.invalid is unknown"])
  }
}
