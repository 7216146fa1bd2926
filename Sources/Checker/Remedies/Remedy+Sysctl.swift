import Collectors
import Host

extension HostFacts {
  /// Sets a kernel parameter now and for every boot.
  ///
  /// The file's name sorts last in `/etc/sysctl.d`, so that no other file there overrides it; only
  /// `/etc/sysctl.conf` is read later on some systems, which is why it is searched. The name of an
  /// interface can hold what a shell would run; a parameter of such a one has no command.
  func sysctlRemedies(_ parameter: KernelParameter, to value: Int, why: String) -> [Remedy] {
    let name = parameter.rawValue
    guard let now = parameters[parameter].value, shellQuoted(name) == name else { return [] }
    let file = "/etc/sysctl.d/99-zz-clb.conf"
    return [
      Remedy(
        summary: "\(why): \(name) from \(now) to \(value), now and after every boot",
        commands: [
          "sysctl -w \(name)=\(value)", "echo '\(name) = \(value)' >> \(file)",
          "grep -rnF \(name) /etc/sysctl.conf /etc/sysctl.d",
        ],
        undo: ["sysctl -w \(name)=\(now)", "sed -i '/^\(name) = /d' \(file)"],
        verify: "sysctl -n \(name)")
    ]
  }
}
