import Foundation
import Testing

@Suite("The schema of what is sent")
struct SchemaTests {
  private static let protoc = ["/usr/bin/protoc", "/usr/local/bin/protoc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test(
    "has the official names, numbers and types",
    .enabled(if: protoc != nil, "protoc is missing; scripts/install-packages test installs it"),
    .enabled(if: OTLPSink.python != nil, OTLPSink.isMissing))
  func official() throws {
    let descriptors = FileManager.default.temporaryDirectory.appendingPathComponent(
      "clb-otlp-\(UUID().uuidString).pb")
    defer { try? FileManager.default.removeItem(at: descriptors) }
    let compiler = try ServerProcess(
      Self.protoc ?? "",
      [
        "-I", OTLPSink.root + "/Protos", "--descriptor_set_out", descriptors.path, "clb_otlp.proto",
      ])
    #expect(compiler.readLine() == nil)
    let comparison = try ServerProcess(
      OTLPSink.python ?? "", [OTLPSink.directory + "/compare_schema.py", descriptors.path])
    #expect(comparison.readLine() == "53 fields and values are the same")
  }
}
