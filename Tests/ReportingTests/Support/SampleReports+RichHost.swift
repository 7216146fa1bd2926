import Checker

extension SampleReports {
  static let pressure = Finding(
    id: FindingID(rawValue: "load.io-pressure"), layer: .host, severity: .warn,
    summary: "tasks waited for disks 41 % of the last minute",
    evidence: [
      Evidence(
        source: "/proc/pressure/io",
        text: """
          some avg10=44.10 avg60=41.02 avg300=12.77 total=88211021
          full avg10=40.00 avg60=38.55 avg300=11.01 total=71002113
          """)
    ],
    remedies: [
      Remedy(summary: "Find the processes that read and write most", commands: ["iotop -obn 3"])
    ])

  static let bandwidth = Finding(
    id: FindingID(rawValue: "bandwidth.none-on-traditional-account"), layer: .bandwidth,
    severity: .warn,
    summary: "ins-3f1a9c2e has 0 Mbps, and on a traditional account replies leave by it",
    evidence: [
      Evidence(
        source: "http://metadata.tencentyun.com/latest/meta-data/",
        text: "public-ipv4: 404 Not Found")
    ],
    remedies: [
      Remedy(
        summary:
          "Give the instance public bandwidth, or move the account to bandwidth billed by the load balancer"
      )
    ],
    targets: [webName, apiName])

  static let unreadable = Finding(
    id: FindingID(rawValue: "packet-filter.unreadable"), layer: .layer4, severity: .unknown,
    summary: "the members of ipset \"allowed\" are not known: ipset save gave no answer within 5 s",
    evidence: [
      Evidence(
        source: "iptables-save", text: "-A INPUT -m set ! --match-set allowed src -j DROP")
    ],
    remedies: [
      Remedy(summary: "See whether it answers at all", commands: ["ipset list allowed"])
    ],
    targets: [apiName])

  static let securitySoftware = Finding(
    id: FindingID(rawValue: "security-software.running"), layer: .host, severity: .info,
    summary: "YunJing (YDService, process 1401) runs here and may block sources of its own accord",
    evidence: [
      Evidence(source: "/proc/1401/cmdline", text: "/usr/local/qcloud/YunJing/YDEyes/YDService")
    ])
}
