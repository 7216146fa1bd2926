import Addressing
import LoadBalancer

/// What can stop a probe before it comes to the host, or makes CLB's answer another than the host's.
///
/// Source: sections "security group" and "health check" of CLB's documents,
/// https://www.tencentcloud.com/document/product/214/14733 ,
/// https://www.tencentcloud.com/document/product/214/38451 .
enum CloudSuspect: Hashable {
  case securityGroup
  case networkACL
  case otherParameters
  case bandwidth
  case olderState

  /// Those that can be, the likeliest first.
  static func all(of target: Target) -> [CloudSuspect] {
    let isAssumed = !target.assumedParameters.isEmpty
    // Probes from 100.64.0.0/10 pass security groups by themselves, and "allow by default" lets all pass.
    let isLetThrough =
      target.healthCheck.sourceIPType == .reservedRange
      || target.listener?.loadBalancer?.passesToTargets == true
    let isInternal = target.listener?.loadBalancer?.kind == .internal
    return [
      isLetThrough ? nil : .securityGroup, isAssumed ? .otherParameters : nil, .networkACL,
      isInternal ? nil : .bandwidth, .olderState, isLetThrough ? .securityGroup : nil,
    ].compactMap(\.self)
  }

  func words(_ target: Target) -> String {
    switch self {
    case .securityGroup: securityGroupWords(target)
    case .networkACL: "the subnet's network ACL, which must let probes in and answers out"
    case .otherParameters:
      "other parameters than these, for nobody named \(target.assumedParameters.joined(separator: ", "))"
    case .bandwidth: "no public bandwidth of this instance, if the account is a traditional one"
    case .olderState:
      "an answer of CLB that is older than this host's state: \(target.healthCheck.healthNum) good "
        + "probes, \(HealthWindow(target).secondsToHealthy.words) s, make it Alive again"
    }
  }

  private func securityGroupWords(_ target: Target) -> String {
    let port = target.port
    if target.listener?.loadBalancer?.passesToTargets == true {
      return "the CLB's own security group (this instance's is not asked, by \"allow by default\")"
    }
    switch target.healthCheck.sourceIPType {
    case .virtualIP?:
      let sources = target.sourceWords
      return
        "the instance's security group, which must let \(sources.isEmpty ? "the VIP" : sources) come "
        + "to port \(port) (SourceIpType 0)"
    case .reservedRange?:
      return
        "the instance's security group, if it is another account's: within one, 100.64.0.0/10 is let "
        + "through by itself"
    case nil:
      return
        "the instance's security group, which must let the VIP come to port \(port) if SourceIpType "
        + "is 0"
    }
  }

  func remedy(_ target: Target) -> Remedy {
    switch self {
    case .securityGroup:
      Remedy(
        summary: "read the rules of the security groups named here (SecurityGroupIds), with vpc "
          + "DescribeSecurityGroupPolicies, and let the probes' sources come to port \(target.port)",
        commands: [target.instanceCommand].compactMap(\.self), verify: target.healthCommand)
    case .networkACL:
      Remedy(
        summary: "read the network ACL of the instance's subnet: both directions, in order",
        commands: ["tccli vpc DescribeNetworkAcls\(target.regionOption)"],
        verify: target.healthCommand)
    case .otherParameters:
      Remedy(
        summary: "give the documents that have the parameters, and inspect again",
        commands: [target.describeCommand].compactMap(\.self))
    case .bandwidth:
      Remedy(
        summary:
          "see whether the account is a traditional one (LEGACY), and if so give the instance "
          + "public bandwidth",
        commands: ["tccli vpc DescribeNetworkAccountType\(target.regionOption)"],
        verify: target.healthCommand)
    case .olderState:
      Remedy(
        summary:
          "ask CLB for the state as it is now, and give that document instead of the old one",
        commands: [target.healthCommand].compactMap(\.self))
    }
  }
}

extension Target {
  /// The parameters that decide what is probed and what is healthy, and that nobody named.
  fileprivate var assumedParameters: [String] {
    let deciding: [HealthCheck.Parameter] = [
      .checkType, .timeOut, .httpCode, .httpCheckPath, .httpCheckDomain, .httpCheckMethod,
      .extendedCode,
    ]
    return deciding.filter { $0.applies(to: checkType) && healthCheck.assumed.contains($0) }
      .map(\.rawValue)
  }

  fileprivate var regionOption: String {
    listener?.region.map { " --region \(ShellQuoting.quoted($0))" } ?? ""
  }

  fileprivate var instanceCommand: String? {
    instanceID.map {
      "tccli cvm DescribeInstances\(regionOption) --InstanceIds \(ShellQuoting.quoted("[\"\($0)\"]"))"
    }
  }
}
