package import Host

/// The file that node_exporter's textfile collector reads.
package enum PrometheusTextfile {
  /// Replaces the file as a whole: a scraper sees the old text or the new one.
  ///
  /// It is readable for all whatever the umask says, for the exporter runs as a user of its own. Until it is
  /// whole it has no name, or one that does not end in `.prom`.
  ///
  /// - Throws: when the directory is missing or not ours to write; the old text stays then.
  package static func write(_ text: String, to path: String) throws(OutputError) {
    let file = try OutputFile(path, mode: 0o644)
    try file.write(Array(text.utf8))
    try file.commit()
  }
}
