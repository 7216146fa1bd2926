/// One file of what the cloud API said, as `tccli` prints it.
package struct CloudDocument: Sendable, Hashable {
  /// The file's name, for errors.
  package var name: String
  package var bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
