package import Addressing
package import LoadBalancer

/// One target of the settings file, with the parameters of its health check.
package struct TargetSettings: Sendable, Hashable, SettingsEntry {
  package var url: Setting<TargetURL>?
  package var sources: Setting<[AddressPrefix]>?
  package var clients: Setting<[AddressPrefix]>?
  package var servicePort: Setting<UInt16>?
  package var timeOut: Setting<Int>?
  package var intervalTime: Setting<Int>?
  package var healthNum: Setting<Int>?
  package var unHealthNum: Setting<Int>?
  package var httpCode: Setting<HTTPCode>?
  package var checkDomain: Setting<String>?
  package var checkMethod: Setting<HTTPCheckMethod>?
  package var httpVersion: Setting<HTTPVersion>?
  package var extendedCode: Setting<GRPCCodes>?
  package var contextType: Setting<CustomCheck.ContextType>?
  package var send: Setting<String>?
  package var receive: Setting<String>?
  package var sourceIPType: Setting<SourceIPType>?

  package init() {}

  package init(url: Setting<TargetURL>) { self.url = url }
}

extension TargetSettings {
  /// Every key of a target.
  static let keys: [SettingsKey<TargetSettings>] = {
    let http = ofHTTP.map { key in
      key.only(where: "the URL's scheme is http or https") { $0.transport?.isHTTP ?? true }
    }
    let grpc = ofGRPC.map { key in
      key.only(where: "the URL's scheme is grpc or grpcs") { $0.transport?.isGRPC ?? true }
    }
    let custom = ofCustom.map { key in
      key.only(where: "the URL's scheme is tcp or udp") { target in
        target.transport.map { $0 == .tcp || $0 == .udp } ?? true
      }
    }
    return ofAll + http + grpc + custom
  }()

  private static let ofAll: [SettingsKey<TargetSettings>] = [
    .scalar(
      "url", \.url, .targetURL, example: "http://:80/health",
      "What is probed: SCHEME://[ADDRESS]:PORT[/PATH]. Without an address it is the host's private one."
    ),
    .list(
      "sources", \.sources, .prefix, standard: "the sources of all targets",
      example: ["100.64.0.0/10"], "Where this target's probes come from."),
    .list(
      "clients", \.clients, .prefix, standard: "anywhere", example: ["203.0.113.0/24"],
      "Where this target's traffic comes from: a packet filter that drops more than half of these is "
        + "reported although the probe passes."),
    .scalar(
      "servicePort", \.servicePort, .port, standard: "the URL's port", example: "8080",
      "Where traffic goes, when CheckPort sends the check to another port than that."),
    .scalar(
      "timeOut", \.timeOut, .whole(2...60, "seconds"), standard: "2", example: "2",
      "TimeOut: a probe without an answer has failed after this."),
    .scalar(
      "intervalTime", \.intervalTime, .whole(2...300, "seconds"), standard: "5", example: "5",
      "IntervalTime: from one probe to the next."),
    .scalar(
      "healthNum", \.healthNum, .whole(2...10), standard: "3", example: "3",
      "HealthNum: so many successes in a row make the server \"Healthy\"."),
    .scalar(
      "unHealthNum", \.unHealthNum, .whole(2...10), standard: "3", example: "3",
      "UnHealthNum: so many failures in a row make the server \"Unhealthy\"."),
    .scalar(
      "sourceIpType", \.sourceIPType, .sourceIPType, standard: "unknown", example: "1",
      "SourceIpType: 1 for probes from 100.64.0.0/10, 0 for probes from the CLB's VIP, which sources "
        + "must name then."),
  ]

  private static let ofHTTP: [SettingsKey<TargetSettings>] = [
    .scalar(
      "httpCode", \.httpCode, .httpCode, standard: "1xx-4xx", example: "2xx,3xx",
      "HttpCode: the statuses that are healthy."),
    .scalar(
      "checkDomain", \.checkDomain, .domain, standard: "the address", example: "shop.example.com",
      "HttpCheckDomain: sent as Host."),
    .scalar(
      "checkMethod", \.checkMethod, .choice(HTTPCheckMethod.allCases), standard: "HEAD",
      example: "HEAD", "HttpCheckMethod."),
    .scalar(
      "httpVersion", \.httpVersion, .choice(HTTPVersion.allCases), standard: "HTTP/1.1",
      example: "HTTP/1.1", "HttpVersion."),
  ]

  private static let ofGRPC: [SettingsKey<TargetSettings>] = [
    .scalar(
      "extendedCode", \.extendedCode, .grpcCodes, standard: "12", example: "0,12",
      beside: [.url("grpc://:50051")],
      "ExtendedCode of a gRPC check: the statuses that are healthy, as 12, 0,12 or 0-99.")
  ]

  private static let ofCustom: [SettingsKey<TargetSettings>] = [
    .scalar(
      "contextType", \.contextType, .choice(CustomCheck.ContextType.allCases), standard: "TEXT",
      example: "TEXT", beside: [.url("tcp://:6379")],
      "ContextType of a CUSTOM check: how send and receive are written."),
    .scalar(
      "send", \.send, .context, standard: "nothing", example: "PING", beside: [.url("tcp://:6379")],
      "SendContext of a CUSTOM check: what is sent."),
    .scalar(
      "receive", \.receive, .context, standard: "any answer", example: "PONG",
      beside: [.url("tcp://:6379")],
      "RecvContext of a CUSTOM check: what must come back."),
  ]

  /// What the probe speaks; `nil` while the URL is not known.
  private var transport: TargetProtocol? { url?.value.transport }
}
