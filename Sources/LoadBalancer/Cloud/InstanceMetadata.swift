package import Addressing

/// What the metadata service of a CVM says of the instance that asks.
///
/// Source: https://www.tencentcloud.com/document/product/213/4934 .
package struct InstanceMetadata: Sendable, Hashable {
  /// `instance-id`, as `ins-9z8y7x6w`.
  package let instanceID: String
  /// `instance-name`, free text of its owner; `nil` where it is not said, as for all that follow.
  package var name: String?
  /// `placement/region`, as `ap-guangzhou`.
  package var region: String?
  /// `placement/zone`, as `ap-guangzhou-3`.
  package var zone: String?
  /// `vpc-id` of the primary interface, as `vpc-0a1b2c3d`.
  package var vpcID: String?
  /// The private addresses of all interfaces, that of the primary one first; empty where not said.
  package var privateAddresses: [IPAddress] = []

  /// - Returns: `nil` for text that is no instance id.
  package init?(instanceID: String) {
    guard CloudName.instanceID.matches(instanceID) else { return nil }
    self.instanceID = instanceID
  }
}

extension InstanceMetadata: Codable {
  private enum CodingKeys: String, CodingKey {
    case instanceID, name, region, zone, vpcID, privateAddresses
  }

  /// Decodes what a capture holds, by the rules that the service's own answers are taken by.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys, _ form: CloudName) throws -> String? {
      try values.decodeIfPresent(String.self, forKey: key).flatMap {
        form.matches($0) ? $0 : nil
      }
    }
    guard let id = try text(.instanceID, .instanceID), let known = Self(instanceID: id) else {
      throw DecodingError.dataCorruptedError(
        forKey: .instanceID, in: values, debugDescription: "expected an instance id")
    }
    self = known
    name = try text(.name, .displayName)
    region = try text(.region, .region)
    zone = try text(.zone, .region)
    vpcID = try text(.vpcID, .vpcID)
    privateAddresses =
      try values.decodeIfPresent([IPAddress].self, forKey: .privateAddresses) ?? []
  }
}
