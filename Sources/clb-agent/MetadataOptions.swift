import ArgumentParser
import LoadBalancer
import Probes
import Settings

/// Whether and where the metadata service is asked.
struct MetadataOptions: ParsableArguments {
  @Flag(help: "Do not ask the metadata service which instance this host is.")
  var noMetadata = false

  @Option(
    help: ArgumentHelp(
      "Ask the metadata service at this URL in the place of the CVM's own.", valueName: "url"))
  var metadataEndpoint: String?

  /// Adds what the options say to the rest of the command line.
  func apply(to line: inout CommandLineSettings) throws(RunError) {
    line.asksNoMetadata = noMetadata
    guard let metadataEndpoint else { return }
    guard !noMetadata else {
      throw .usage("--metadata-endpoint and --no-metadata: expected one of them, not both")
    }
    guard let endpoint = MetadataEndpoint(parsing: metadataEndpoint) else {
      throw .usage(
        "--metadata-endpoint \"\(metadataEndpoint)\": expected \(MetadataEndpoint.expected)")
    }
    line.metadataEndpoint = endpoint
  }
}

extension MetadataSettings {
  /// The service that is asked; `nil` where none is.
  var service: MetadataService? {
    guard isEnabled else { return nil }
    return MetadataService(
      at: endpoint?.value ?? .standard, firstLimit: timeLimit?.value ?? Self.standardTimeLimit,
      totalLimit: Self.totalTimeLimit)
  }
}
