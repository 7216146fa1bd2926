import Collectors
import Host
import TestSupport
import Testing

@Suite("Services")
struct ServicesTests {
  static let question = [
    "systemctl", "show", "--property=Id,Names,LoadState,ActiveState,SubState,UnitFileState,MainPID",
    "firewalld.service", "ufw.service", "iptables.service", "ip6tables.service",
    "nftables.service", "netfilter-persistent.service", "docker.service", "fail2ban.service",
    "tailscaled.service", "kube-proxy.service", "nginx.service", "apache2.service",
    "httpd.service", "haproxy.service", "caddy.service", "tomcat.service",
    "tomcat[0-9]*.service", "lighttpd.service", "envoy.service", "php-fpm.service",
    "php*-fpm.service",
  ]

  /// A host with systemd that answers so.
  static func systemd(
    _ answer: Reading<CommandOutput>, files: [String: String] = [:]
  ) -> FakeDoor {
    FakeDoor(
      files: files, directories: ["/run/systemd/system": []], commands: [question: answer])
  }

  @Test("of a real host are told by one question to systemd")
  func systemd() async throws {
    let text = try CapturedHost.debian12.text("/commands/systemctl-show.txt")
    let door = Self.systemd(.output(text))
    let services = await Services.read(from: door, processes: [])
    #expect(services.all.map(\.name) == ServiceName.allCases)
    let nginx = try #require(services[.nginx])
    #expect(nginx.unit == "nginx.service")
    #expect(nginx.isRunning.value == true)
    #expect(nginx.isEnabled.value == true)
    #expect(nginx.mainProcess != nil)
    let firewalld = try #require(services[.firewalld])
    #expect(firewalld.unit == nil)
    #expect(firewalld.isInstalled.value == false)
    #expect(firewalld.isRunning.value == false)
    #expect(services.running.map(\.name) == [.netfilterPersistent, .nginx])
    #expect(door.log.calls.filter { $0.hasPrefix("systemctl") }.count == 1)
  }

  @Test("are not taken for others whose unit answers to their name")
  func alias() async throws {
    let text = try CapturedHost.debian12.text("/commands/systemctl-show.txt")
    let services = await Services.read(from: Self.systemd(.output(text)), processes: [])
    #expect(services[.netfilterPersistent]?.unit == "netfilter-persistent.service")
    #expect(services[.iptables]?.isInstalled.value == false)
    #expect(services[.ip6tables]?.isRunning.value == false)
  }

  @Test("with a version in their unit's name are found by a pattern")
  func versions() async {
    let text = """
      Id=tomcat.service
      Names=tomcat.service
      LoadState=not-found
      ActiveState=inactive

      Id=tomcat9.service
      Names=tomcat9.service
      LoadState=loaded
      ActiveState=active
      SubState=running
      UnitFileState=disabled
      MainPID=812

      Id=php8.2-fpm.service
      LoadState=loaded
      ActiveState=failed
      UnitFileState=enabled
      MainPID=0

      """
    let services = await Services.read(from: Self.systemd(.output(text)), processes: [])
    #expect(services[.tomcat]?.unit == "tomcat9.service")
    #expect(services[.tomcat]?.mainProcess == 812)
    #expect(services[.tomcat]?.isEnabled.value == false)
    #expect(services[.phpFPM]?.unit == "php8.2-fpm.service")
    #expect(services[.phpFPM]?.isRunning.value == false)
    #expect(services[.phpFPM]?.isEnabled.value == true)
  }

  @Test("run where a process does, though systemd does not know it")
  func containers() async {
    let services = await Services.read(
      from: Self.systemd(.output("Id=docker.service\nLoadState=not-found\n")),
      processes: [
        ProcessName(process: 900, name: "dockerd"), ProcessName(process: 41, name: "dockerd"),
        ProcessName(process: 50, name: "fail2ban-server"), ProcessName(process: 51, name: "java"),
      ])
    #expect(services[.docker]?.isRunning == .value(true, from: .file("/proc/41/comm")))
    #expect(services[.docker]?.mainProcess == 41)
    #expect(services[.fail2ban]?.isRunning.value == true)
    #expect(services[.tomcat]?.isRunning.value == false)
  }

  @Test("are looked for in scripts where systemd did not boot the host")
  func systemV() async {
    let door = FakeDoor(
      files: [
        "/etc/init.d/nginx": "", "/etc/init.d/iptables": "", "/etc/init.d/haproxy": "",
        "/var/lock/subsys/iptables": "",
      ],
      links: ["/etc/rc3.d/S85nginx": "../init.d/nginx", "/etc/rc3.d/K15haproxy": "x"])
    let services = await Services.read(
      from: door, processes: [ProcessName(process: 7, name: "nginx")])
    #expect(services[.nginx]?.isRunning == .value(true, from: .file("/proc/7/comm")))
    #expect(services[.nginx]?.isEnabled == .value(true, from: .file("/etc/rc3.d")))
    #expect(services[.nginx]?.unit == nil)
    #expect(services[.haproxy]?.isInstalled.value == true)
    #expect(services[.haproxy]?.isEnabled.value == false)
    #expect(services[.haproxy]?.isRunning == .value(false, from: .file("/proc")))
    #expect(services[.iptables]?.isRunning.value == true, "its lock says that it has run")
    #expect(services[.ip6tables]?.isRunning.value == false)
    #expect(services[.firewalld]?.isInstalled.value == false)
    #expect(!door.log.calls.contains { $0.hasPrefix("systemctl") })
  }

  @Test("that only load rules are not said to be stopped where nothing records it")
  func noRecord() async {
    let door = FakeDoor(files: ["/etc/init.d/netfilter-persistent": ""])
    let services = await Services.read(from: door, processes: [])
    #expect(services[.netfilterPersistent]?.isRunning == .absent(.file("/var/lock/subsys")))
    #expect(services[.netfilterPersistent]?.isInstalled.value == true)
    #expect(services[.nginx]?.isEnabled == .absent(.file("/etc/rc3.d")))
  }

  @Test("are enabled in OpenRC's default runlevel")
  func openRC() async {
    let door = FakeDoor(
      files: ["/etc/init.d/nginx": ""], links: ["/etc/runlevels/default/nginx": "/etc/init.d/nginx"]
    )
    let services = await Services.read(from: door, processes: [])
    #expect(services[.nginx]?.isEnabled == .value(true, from: .file("/etc/runlevels/default")))
  }

  @Test(
    "fall back to files where systemd cannot be asked",
    arguments: [
      Reading<CommandOutput>.output(
        status: 1,
        standardError:
          "System has not been booted with systemd as init system (PID 1). Can't operate.\n"),
      .failed(.command(["systemctl"]), .otherRoot),
      .absent(.command(["systemctl"])),
      .output("garbage\n"),
    ])
  func fallBack(_ answer: Reading<CommandOutput>) async {
    var door = Self.systemd(answer)
    door.links["/etc/systemd/system/multi-user.target.wants/nginx.service"] = "x"
    let services = await Services.read(
      from: door, processes: [ProcessName(process: 3, name: "nginx")])
    #expect(services[.nginx]?.isRunning.value == true)
    #expect(services[.nginx]?.isEnabled.value == true)
    #expect(services[.nginx]?.isInstalled.value == true)
  }

  @Test(
    "of ufw go by its own switch",
    arguments: [
      ("ENABLED=yes\n", true), ("# a comment\nENABLED=no\nLOGLEVEL=low\n", false),
      ("ENABLED=Yes\n", true), ("ENABLED=\"yes\"\n", true), ("ENABLED=yes\nENABLED=no\n", false),
    ])
  func ufw(configuration: String, isOn: Bool) async {
    let unit = "Id=ufw.service\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n"
    let door = Self.systemd(.output(unit), files: ["/etc/ufw/ufw.conf": configuration])
    let services = await Services.read(from: door, processes: [])
    #expect(services[.ufw]?.isRunning == .value(isOn, from: .file("/etc/ufw/ufw.conf")))
    #expect(services[.ufw]?.isEnabled == .value(isOn, from: .file("/etc/ufw/ufw.conf")))
    #expect(services[.ufw]?.unit == "ufw.service")
  }

  @Test("of ufw are unknown where its switch is not understood")
  func brokenUFW() async {
    let door = FakeDoor(files: ["/etc/ufw/ufw.conf": "LOGLEVEL=low\n"])
    let services = await Services.read(from: door, processes: [])
    #expect(
      services[.ufw]?.isRunning.reasonMissing
        == "/etc/ufw/ufw.conf: line 1: \"LOGLEVEL=low\": expected ENABLED=yes or ENABLED=no")
  }
}
