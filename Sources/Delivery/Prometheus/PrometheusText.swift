package import Reporting

/// A report in the text format of Prometheus, for node_exporter's textfile collector or any other scraper.
///
/// No sample has a timestamp: the textfile collector skips a file with one whole. Where OTLP receivers get the
/// same figure it has the name that Prometheus gives the OTLP metric.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/ , "Text-based format".
package enum PrometheusText {
  /// All of it; the same input gives the same bytes.
  ///
  /// - Parameters:
  ///   - status: what the spool says of itself; empty where there is none.
  ///   - now: when the text is made, which is when the run ended.
  package static func render(
    report: ShippedReport, status: SpoolStatus = SpoolStatus(), now: Timestamp
  ) -> String {
    let families =
      ReportFamilies(report).families + RunFamilies(report, now).families
      + SpoolFamilies(status).families
    return families.map(\.text).joined()
  }

  /// Every metric that a text can have, for rules and dashboards to be held against.
  package static var names: Set<String> {
    let families =
      ReportFamilies.declared + RunFamilies.declared + SpoolFamilies.declared
    return Set(families.map(\.name))
  }
}
