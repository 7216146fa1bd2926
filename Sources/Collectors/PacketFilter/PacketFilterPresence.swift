/// Whether the host has any rule of iptables or nf_tables that could touch a packet.
///
/// The older tables of arptables and ebtables and BPF programs are not looked at.
package enum PacketFilterPresence: Sendable, Hashable {
  /// None of any kind: no packet can be dropped, changed or redirected by rules.
  case nothing
  /// At least one rule in a base chain, or a policy that does not accept.
  case something
  /// What could be read holds nothing; for each of the rest, why it was not read.
  case unknown([String])
}
