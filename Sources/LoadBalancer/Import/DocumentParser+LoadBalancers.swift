import Addressing
import JSONText

extension DocumentParser {
  /// Reads a load balancer with its listeners, as DescribeTargetHealth and DescribeLBListeners have it.
  mutating func parseOwner() throws(JSONShapeFailure) -> (CloudLoadBalancer, [CloudListener]) {
    let start = json.position
    var owner = CloudLoadBalancer(id: "")
    var listeners: [CloudListener] = []
    guard try json.enterObject() else { throw json.failure(at: start, "a load balancer") }
    while let member = try json.nextMember() {
      switch member {
      case "LoadBalancerId": owner.id = try visibleText() ?? ""
      case "LoadBalancerName": owner.name = try text()
      case "Vip": owner.virtualIPs = try address().map { [$0] } ?? []
      case "Region": owner.region = try visibleText()
      case "Listeners": listeners += try parseListeners()
      default: try json.skip()
      }
    }
    return (try identified(owner, at: start), listeners)
  }

  mutating func parseListeners() throws(JSONShapeFailure) -> [CloudListener] {
    try list { parser throws(JSONShapeFailure) in try parser.parseListener() }
  }

  /// Reads an element of DescribeLoadBalancers.
  mutating func parseLoadBalancer() throws(JSONShapeFailure) -> CloudLoadBalancer {
    let start = json.position
    var result = CloudLoadBalancer(id: "")
    var (zoneRegion, targetRegion, olderDomain): (String?, String?, String?)
    guard try json.enterObject() else { throw json.failure(at: start, "a load balancer") }
    while let member = try json.nextMember() {
      switch member {
      case "LoadBalancerId": result.id = try visibleText() ?? ""
      case "LoadBalancerName": result.name = try text()
      case "LoadBalancerType": result.kind = try word(CloudLoadBalancer.Kind.self)
      case "LoadBalancerVips": result.virtualIPs += try addresses()
      case "AddressIPv6":
        if let address = try address() { result.virtualIPs.append(address) }
      case "LoadBalancerDomain": result.domain = try text() ?? result.domain
      case "Domain": olderDomain = try text()
      case "MasterZone": zoneRegion = try parseText(in: "ZoneRegion")
      case "TargetRegionInfo": targetRegion = try parseText(in: "Region")
      case "LoadBalancerPassToTarget": result.passesToTargets = try json.bool()
      case "SnatIps": result.snatAddresses = try parseSnatAddresses()
      default: try json.skip()
      }
    }
    // That of the real servers is another one where a CLB serves two regions.
    result.region = zoneRegion ?? targetRegion
    result.domain = result.domain ?? olderDomain
    return try identified(result, at: start)
  }

  private func identified(
    _ loadBalancer: CloudLoadBalancer, at start: Int
  ) throws(JSONShapeFailure) -> CloudLoadBalancer {
    guard !loadBalancer.id.isEmpty else {
      throw json.failure(at: start, "a load balancer with a LoadBalancerId")
    }
    return loadBalancer
  }

  /// Reads an element of cvm DescribeInstances.
  mutating func parseInstance() throws(JSONShapeFailure) -> CloudInstance {
    let start = json.position
    var instance = CloudInstance(id: "")
    guard try json.enterObject() else { throw json.failure(at: start, "an instance") }
    while let member = try json.nextMember() {
      switch member {
      case "InstanceId": instance.id = try visibleText() ?? ""
      case "PrivateIpAddresses", "IPv6Addresses": instance.privateAddresses += try addresses()
      case "InternetAccessible":
        instance.publicBandwidthMegabits = try parseMember("InternetMaxBandwidthOut") {
          parser throws(JSONShapeFailure) in
          try parser.json.integer(in: CloudFacts.sensibleMegabits)
        }
      default: try json.skip()
      }
    }
    guard !instance.id.isEmpty else {
      throw json.failure(at: start, "an instance with an InstanceId")
    }
    return instance
  }

  private mutating func parseSnatAddresses() throws(JSONShapeFailure) -> [IPAddress] {
    try list { parser throws(JSONShapeFailure) in
      try parser.parseMember("Ip") { parser throws(JSONShapeFailure) in try parser.address() }
    }
  }

  private mutating func parseText(in member: String) throws(JSONShapeFailure) -> String? {
    try parseMember(member) { parser throws(JSONShapeFailure) in try parser.visibleText() }
  }

  /// Reads one member of an object; `nil` where it is not there or null.
  private mutating func parseMember<Value>(
    _ name: String, _ parse: (inout DocumentParser) throws(JSONShapeFailure) -> Value?
  ) throws(JSONShapeFailure) -> Value? {
    var value: Value?
    guard try json.enterObject() else { return nil }
    while let member = try json.nextMember() {
      if member == name { value = try parse(&self) } else { try json.skip() }
    }
    return value
  }
}
