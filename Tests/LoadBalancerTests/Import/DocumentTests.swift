import Addressing
import Testing

@testable import LoadBalancer

@Suite("Documents of the cloud API")
struct DocumentTests {
  private func targets(_ documents: [CloudDocument], _ server: RealServer = RecordedTests.host)
    throws -> HostTargets
  {
    try CloudDescription(documents).targets(of: server)
  }

  private func listener(_ members: String, check: String = "{}") -> String {
    "{\"Listeners\": [{\"ListenerId\": \"lbl-1\", \"Protocol\": \"TCP\", \"Port\": 80, "
      + "\"HealthCheck\": \(check), \"Targets\": [{\"PrivateIpAddresses\": [\"10.0.8.5\"], "
      + "\"Port\": 8080}]\(members)}]}"
  }

  @Test("come with and without the envelope of raw HTTP")
  func envelope() throws {
    let bare = listener("")
    let wrapped = "{\"Response\": \(bare)}"
    #expect(try targets([.init(bare)]) == targets([.init(wrapped)]))
  }

  @Test(
    "that cannot be used give one clear error",
    arguments: [
      (
        #"{"Response": {"Error": {"Code": "AuthFailure", "Message": "no"}, "RequestId": "1"}}"#,
        "a.json: the API answered AuthFailure: no; expected its answer to a request that succeeded"
      ),
      ("", "a.json line 1, column 1: the document ends; expected an object or null"),
      ("[]", "a.json line 1, column 1: []; expected an object or null"),
      ("null", "a.json line 1, column 1: null; expected \(DocumentParser.expected)"),
      (
        #"{"TotalCount": 0}"#,
        "a.json line 1, column 1: {\"TotalCount\": 0}; expected \(DocumentParser.expected)"
      ),
      (
        "{\"Listeners\": [{},\n {\"ListenerId\": null}]}",
        "a.json line 1, column 16: Listeners[0]: {}; expected a listener with a ListenerId"
      ),
      (
        #"{"Listeners": [{"ListenerId": "l", "HealthCheck": {"TimeOut": "2"}}]}"#,
        "a.json line 1, column 63: Listeners[0].HealthCheck.TimeOut: \"2\"; "
          + "expected a whole number from 0 to 3600, or null"
      ),
      (
        #"{"Listeners": [{"ListenerId": "l", "HealthCheck": {"HttpCheckMethod": "POST"}}]}"#,
        "a.json line 1, column 71: Listeners[0].HealthCheck.HttpCheckMethod: \"POST\"; "
          + "expected one of HEAD, GET, or null"
      ),
      (
        #"{"Listeners": [{"ListenerId": "l", "HealthCheck": {"HttpCheckPath": "/a b"}}]}"#,
        "a.json line 1, column 69: Listeners[0].HealthCheck.HttpCheckPath: \"/a b\"; "
          + "expected visible ASCII characters without blanks"
      ),
      (
        #"{"Listeners": [{"ListenerId": "l", "HealthCheck": {"SendContext": "0", "ContextType": "HEX"}}]}"#,
        "a.json line 1, column 67: Listeners[0].HealthCheck.SendContext: \"0\"; "
          + "expected an even number of hexadecimal digits"
      ),
      (
        #"{"Listeners": [{"ListenerId": "l", "Targets": [{"PrivateIpAddresses": ["10.0.*.5"]}]}]}"#,
        "a.json line 1, column 72: Listeners[0].Targets[0].PrivateIpAddresses[0]: \"10.0.*.5\"; "
          + "expected an IPv4 or IPv6 address, or null"
      ),
      (
        #"{"LoadBalancerSet": [{"LoadBalancerVips": []}]}"#,
        "a.json line 1, column 22: LoadBalancerSet[0]: {\"LoadBalancerVips\": []}; "
          + "expected a load balancer with a LoadBalancerId"
      ),
      (
        #"{"NetworkAccountType": "OTHER"}"#,
        "a.json line 1, column 24: NetworkAccountType: \"OTHER\"; expected one of STANDARD, LEGACY, or null"
      ),
    ])
  func unusable(_ text: String, _ message: String) {
    #expect {
      try CloudDescription([.init(text)])
    } throws: { "\($0)" == message }
  }

  @Test(
    "that contradict each other are refused",
    arguments: [
      (#""Port": 81"#, "Port"), (#""Protocol": "UDP""#, "Protocol"),
      (#""HealthCheck": {"TimeOut": 3}"#, "HealthCheck"),
    ])
  func contradiction(_ member: String, _ name: String) {
    let other = "{\"Listeners\": [{\"ListenerId\": \"lbl-1\", \(member)}]}"
    #expect(
      throws: ImportFailure.contradiction(
        id: "lbl-1", member: name, documents: ["a.json", "b.json"])
    ) {
      try CloudDescription([
        .init("a.json", listener("", check: "{\"TimeOut\": 2}")), .init("b.json", other),
      ])
    }
  }

  @Test("keep values that are illegal and can be reckoned with")
  func illegal() throws {
    let text = listener(
      "", check: #"{"CheckType": "HTTP", "TimeOut": 1, "HttpCode": 0, "HttpCheckPath": "x"}"#)
    let check = try #require(try targets([.init(text)]).targets.first).healthCheck
    #expect(check.timeOut == 1 && check.httpCode.rawValue == 0 && check.httpCheckPath == "x")
    #expect(check.hasSensibleTimes && !check.hasLegalTimes)
  }

  @Test("fall back to the misspelt member of health")
  func misspelt() throws {
    let text =
      #"{"LoadBalancers": [{"Listeners": [{"Rules": [{"LocationId": "loc-9", "Targets": [{"IP": "10.0.8.5", "#
      + #""Port": 1, "HealthStatusDetail": null, "HealthStatusDetial": "Dead"}]}], "Protocol": "UDP", "#
      + #""Port": 5, "ListenerId": "lbl-1"}], "LoadBalancerId": "lb-1"}]}"#
    let target = try #require(try targets([.init(text)]).targets.first)
    #expect(target.reportedState == .dead)
    #expect(target.name == "udp://10.0.8.5:1#lbl-1")
    #expect(target.listener?.loadBalancerID == "lb-1")
  }

  @Test(
    "take the kind of check from what is said",
    arguments: [
      ("TCP", "null", "null", "tcp TCP"), ("TCP", "\"HTTP\"", "null", "http HTTP"),
      ("TCP", "\"CUSTOM\"", "null", "tcp CUSTOM"), ("UDP", "null", "null", "udp PING"),
      ("UDP", "\"CUSTOM\"", "null", "udp CUSTOM"), ("QUIC", "null", "null", "tcp TCP"),
      ("TCP_SSL", "\"HTTP\"", "null", "http HTTP"), ("HTTP", "null", "null", "http HTTP"),
      ("HTTPS", "null", "\"HTTPS\"", "https HTTPS"),
      ("HTTPS", "\"HTTP\"", "\"HTTPS\"", "http HTTP"),
      ("HTTPS", "\"GRPC\"", "\"GRPC\"", "grpc GRPC"), ("HTTPS", "null", "\"GRPCS\"", "grpcs GRPC"),
      ("HTTP", "\"TCP\"", "\"HTTP\"", "tcp TCP"),
    ])
  func kinds(_ spoken: String, _ type: String, _ forward: String, _ expected: String) throws {
    let check = "\"HealthCheck\": {\"CheckType\": \(type)}"
    let backends = "\"Targets\": [{\"PrivateIp\": \"10.0.8.5\", \"Port\": 7}]"
    let holder =
      spoken.hasPrefix("HTTP")
      ? "\"Rules\": [{\"LocationId\": \"loc-1\", \"ForwardType\": \(forward), \(check), \(backends)}]"
      : "\(check), \(backends)"
    let text =
      "{\"Listeners\": [{\"ListenerId\": \"lbl-1\", \"Protocol\": \"\(spoken)\", \"Port\": 80, \(holder)}]}"
    let target = try #require(try targets([.init(text)]).targets.first)
    #expect("\(target.transport.rawValue) \(target.checkType.rawValue)" == expected)
    #expect(target.healthCheck.assumed.contains(.checkType) == (type == "null"))
  }

  @Test(
    "note what this version does not know instead of dropping it",
    arguments: [
      (#"{"ListenerId": "lbl-1", "Protocol": "SCTP", "Port": 1}"#, "Protocol \"SCTP\""),
      (#"{"ListenerId": "lbl-1", "Protocol": null, "Port": 1}"#, "no document says its Protocol"),
      (#"{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": null}"#, "no document says its Port"),
      (
        #"{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 1, "HealthCheck": {"CheckType": "QUIC"}}"#,
        "CheckType \"QUIC\""
      ),
      (
        #"{"ListenerId": "l", "Protocol": "HTTPS", "Port": 1, "Rules": [{"LocationId": "loc-1", "ForwardType": "TRPC"}]}"#,
        "loc-1: ForwardType \"TRPC\""
      ),
    ])
  func unknownWords(_ text: String, _ words: String) throws {
    let found = try targets([.init("{\"Listeners\": [\(text)]}")])
    #expect(found.targets.isEmpty)
    #expect(found.notes.count == 2 && found.notes[1].description.contains(words))
  }

  @Test("take an all-port target for the listener's own port")
  func allPorts() throws {
    let text =
      #"{"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80, "EndPort": 90, "#
      + #""Targets": [{"InstanceId": "ins-1", "Port": 0}]}]}"#
    let found = try targets(
      [.init(text)], RealServer(addresses: [.v4(0x0A00_0805)], instanceIDs: ["ins-1"]))
    #expect(found.targets.map(\.name) == ["tcp://10.0.8.5:80#lbl-1"])
    #expect(found.notes.count == 2)
  }

  @Test("tell machines with one address apart by their instances")
  func overlap() throws {
    let text =
      #"{"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80, "HealthCheck": {}, "Targets": ["#
      + #"{"InstanceId": "ins-1", "PrivateIpAddresses": ["10.0.8.5"], "Port": 1}, "#
      + #"{"InstanceId": "ins-2", "PrivateIpAddresses": ["10.0.8.5"], "Port": 2}]}]}"#
    let unknown = try targets([.init(text)])
    #expect(unknown.targets.count == 2)
    #expect(
      unknown.notes.contains {
        if case .ambiguous(_, let ids) = $0 { ids == ["ins-1", "ins-2"] } else { false }
      })
    let known = try targets(
      [.init(text)], RealServer(addresses: [.v4(0x0A00_0805)], instanceIDs: ["ins-2"]))
    #expect(known.targets.map(\.port) == [2])
  }

  @Test("know no IPv4 source of an IPv6 target")
  func ipv6() throws {
    let text =
      #"{"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80, "HealthCheck": {"SourceIpType": 1}, "#
      + #""Targets": [{"PrivateIp": "fd00::5", "Port": 80}]}]}"#
    let address = try #require(IPAddress(parsing: "fd00::5"))
    let found = try targets([.init(text)], RealServer(addresses: [address]))
    #expect(found.targets.first?.sourcesOfItsFamily.isEmpty == true)
    #expect(found.notes.contains { $0.description.contains("IPv6") })
  }
}
