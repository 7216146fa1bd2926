package import Addressing

/// Where the metadata service answers: a literal address, so that asking it needs no DNS.
package struct MetadataEndpoint: Sendable, Hashable {
  package var address: IPAddress
  package var port: UInt16
  /// What all paths begin with; ends in `/`.
  package var path: String

  /// The service of every CVM.
  ///
  /// Its name is metadata.tencentyun.com; the address is not on Tencent's page, but widely used.
  package static let standard = MetadataEndpoint(
    address: .v4(0xA9FE_0017), port: 80, path: "/latest/meta-data/")

  /// What a URL of one looks like, as an error has it behind "expected".
  package static let expected =
    "http://ADDRESS[:PORT][/PATH] with a literal address, as http://169.254.0.23/latest/meta-data/"

  package init(address: IPAddress, port: UInt16, path: String) {
    self.address = address
    self.port = port
    self.path = path
  }

  /// Parses `http://ADDRESS[:PORT][/PATH]`; without a path it is the service's own.
  ///
  /// - Returns: `nil` for another scheme, a name, or a path that could end the request's line.
  package init?(parsing text: String) {
    guard let url = try? TargetURL(parsing: text), url.transport == .http,
      let address = url.address, url.path?.contains("?") != true
    else { return nil }
    let path = url.path.flatMap { $0 == "/" ? nil : $0 } ?? Self.standard.path
    self.init(
      address: address, port: url.port, path: path.hasSuffix("/") ? path : path + "/")
  }

  /// What `Host` says: the service's name at its own address, else the address.
  package var host: String {
    if address == Self.standard.address { return "metadata.tencentyun.com" }
    return port == 80 ? address.urlHost : "\(address.urlHost):\(port)"
  }
}

extension MetadataEndpoint: CustomStringConvertible {
  package var description: String {
    "http://\(address.urlHost)\(port == 80 ? "" : ":\(port)")\(path)"
  }
}
