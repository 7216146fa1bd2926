extension OTLPResource {
  /// The host that reports are of, and the agent that made them: only what is known.
  ///
  /// Source: semantic conventions 1.44, docs/resource: service, host, os, cloud.
  init(_ host: ShippedReport.Host, agentVersion: String) {
    var attributes = [
      OTLPAttribute("service.name", "clb-agent"), OTLPAttribute("service.version", agentVersion),
    ]
    func add(_ key: String, _ text: String?) {
      if let text, !text.isEmpty { attributes.append(OTLPAttribute(key, text)) }
    }
    // The conventions name the instance id first; a machine id may be shared by clones of an image.
    let hostID = host.instanceID ?? host.machineID
    add("service.instance.id", hostID.map(Self.serviceInstanceID))
    add("host.id", hostID)
    add("host.name", host.hostname)
    add("host.arch", Self.architecture)
    if !host.privateAddresses.isEmpty {
      attributes.append(OTLPAttribute("host.ip", host.privateAddresses))
    }
    add("os.type", host.operatingSystem?.lowercased())
    add("os.description", host.distribution)
    if host.instanceID != nil || host.region != nil {
      add("cloud.provider", "tencent_cloud")
      add("cloud.platform", "tencent_cloud_cvm")
      add("cloud.region", host.region)
    }
    self.attributes = attributes
  }

  /// Stable for a host: a UUID of its id in the namespace that service.md of the conventions gives.
  private static func serviceInstanceID(_ hostID: String) -> String {
    NameBasedUUID.text(
      of: hostID,
      namespace: [
        0x4D, 0x63, 0x00, 0x9A, 0x8D, 0x0F, 0x11, 0xEE, 0xAA, 0xD7, 0x4C, 0x79, 0x6E, 0xD8, 0xE3,
        0x20,
      ])
  }

  /// `host.arch` of the machine that this was built for.
  private static var architecture: String? {
    #if arch(x86_64)
      "amd64"
    #elseif arch(arm64)
      "arm64"
    #else
      nil
    #endif
  }
}

/// Reports of one host, and of one version of the agent: they share a resource.
struct ReportGroup {
  var resource: OTLPResource
  var agentVersion: String
  var reports: [ShippedReport]

  /// The groups in the order of their first reports.
  static func groups(of reports: [ShippedReport]) -> [ReportGroup] {
    var groups: [ReportGroup] = []
    for report in reports {
      let resource = OTLPResource(report.host, agentVersion: report.agentVersion)
      if let index = groups.firstIndex(where: { $0.resource == resource }) {
        groups[index].reports.append(report)
      } else {
        groups.append(
          ReportGroup(resource: resource, agentVersion: report.agentVersion, reports: [report]))
      }
    }
    return groups
  }
}
