import Checker
import LoadBalancer

extension SampleReports {
  static let webName = "http://10.0.0.5:80/health?full=1"
  static let apiName = "tcp://10.0.0.5:8080#lbl-0001aaaa"

  static let richTarget = TargetDiagnosis(
    target: target(.http, port: 80) {
      $0.httpCheckPath = "/health?full=1"
      $0.assumed = [.httpCode, .httpVersion, .httpCheckDomain]
    },
    verdict: .fail,
    path: [
      hop("address", "10.0.0.5 is on eth0, which is up"),
      hop(
        "packet-filter",
        "drops TCP from 100.64.0.0/10 to port 80 by rule 2 of iptables filter INPUT", .fail),
      hop("listening-socket", "nginx (process 812) listens on 0.0.0.0:80"),
      hop("accept-queue", "480 of 511 connections wait", .warn),
      hop(
        "application", "no answer within 2 s", .fail, cause: "packet-filter.drops-probe"),
    ])

  static let richSecondTarget = TargetDiagnosis(
    target: apiTarget, verdict: .unknown,
    path: [
      hop("address", "10.0.0.5 is on eth0, which is up"),
      hop("packet-filter", "set \"allowed\" of rule 5 could not be read", .unknown),
      hop("listening-socket", "something listens on 0.0.0.0:8080"),
    ])

  private static let apiTarget: Target = {
    var result = target(.tcp, port: 8080) { $0.sourceIPType = .reservedRange }
    result.servicePort = 8081
    result.listener = ListenerReference(
      loadBalancerID: "lb-a1b2c3d4", listenerID: "lbl-0001aaaa", listenerProtocol: .tcp,
      listenerPort: 443, region: "ap-guangzhou")
    result.reportedState = .dead
    return result
  }()

  static let packetFilterFinding = Finding(
    id: FindingID(rawValue: "packet-filter.drops-probe"), layer: .layer4, severity: .fail,
    summary:
      "iptables drops every probe of 100.64.0.0/10 to port 80, and clients from elsewhere too",
    evidence: [
      Evidence(
        source: "iptables-save",
        text:
          "-A INPUT -i eth0 -p tcp -m tcp --dport 80 -m comment --comment \"closed for now\" -j DROP"
      )
    ],
    remedies: [
      Remedy(
        summary: "Accept new connections to port 80 before the rule that drops them",
        commands: [
          "iptables -I INPUT 2 -i eth0 -s 100.64.0.0/10 -p tcp -m tcp --dport 80 -m comment --comment 'CLB health check' -j ACCEPT",
          "netfilter-persistent save",
        ],
        undo: ["iptables -D INPUT 2", "netfilter-persistent save"],
        verify: "iptables -nvL INPUT 2"),
      Remedy(
        summary: "Stop the firewall for a test",
        commands: ["systemctl stop netfilter-persistent"], persistence: .temporary,
        disruptive: true, undo: ["systemctl start netfilter-persistent"]),
    ],
    targets: [webName])

  static let timeOutFinding = Finding(
    id: FindingID(rawValue: "application.no-answer"), layer: .layer7, severity: .info,
    summary: "HEAD /health?full=1 got no answer within 2 s",
    evidence: [Evidence(source: "probe of 10.0.0.5:80", text: "connect: timed out (ETIMEDOUT)")],
    targets: [webName], cause: FindingID(rawValue: "packet-filter.drops-probe"))

  static let unexpectedStatus = Finding(
    id: FindingID(rawValue: "application.unexpected-status"), layer: .layer7, severity: .fail,
    summary: "GET /health?full=1 answered 503, and only 1xx-4xx count as healthy",
    evidence: [
      Evidence(
        source: "probe of 10.0.0.5:80",
        text: "HTTP/1.1 503 Service Unavailable\r\nServer: nginx/1.18.0\r\nRetry-After: 30")
    ],
    remedies: [
      Remedy(
        summary: "Ask the server itself what is wrong, and mend that",
        commands: ["tail -n 50 /var/log/nginx/error.log"],
        verify: "curl -sI -o /dev/null -w '%{http_code}\\n' 'http://10.0.0.5/health?full=1'"),
      Remedy(
        summary:
          "In the console, set the check path of the rule to a static page that tells only whether the server runs"
      ),
    ],
    targets: [webName])

  static let methodRefused = Finding(
    id: FindingID(rawValue: "application.method-refused"), layer: .layer7, severity: .warn,
    summary: "HEAD answers 405 where GET answers 200",
    remedies: [
      Remedy(
        summary:
          "In the console, set the check path of the rule to a static page that tells only whether the server runs"
      ),
      Remedy(summary: "In the console, set the check's method to GET"),
    ],
    targets: [webName, apiName])

  static let acceptQueue = Finding(
    id: FindingID(rawValue: "accept-queue.nearly-full"), layer: .layer4, severity: .warn,
    summary: "480 of 511 connections wait for nginx (process 812) to take them",
    evidence: [Evidence(source: "sock_diag", text: "0.0.0.0:80 rqueue=480 wqueue=511")],
    remedies: [
      Remedy(
        summary: "Let more connections wait", commands: ["sysctl -w net.core.somaxconn=4096"],
        persistence: .temporary, undo: ["sysctl -w net.core.somaxconn=511"],
        verify: "ss -ltn 'sport = :80'")
    ],
    targets: [webName])
}
