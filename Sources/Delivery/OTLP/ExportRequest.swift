/// `ExportLogsServiceRequest`, also `LogsData`: they have the same field.
struct ExportLogsRequest: OTLPMessage, Hashable {
  var resourceLogs: [ResourceLogs] = []

  /// How many records it carries; a request with none is not sent.
  var recordCount: Int { resourceLogs.reduce(0) { $0 + $1.scopeLogs.logRecords.count } }

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.messages(1, "resourceLogs", resourceLogs)
  }
}

/// `ExportMetricsServiceRequest`, also `MetricsData`.
struct ExportMetricsRequest: OTLPMessage, Hashable {
  var resourceMetrics: [ResourceMetrics] = []

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.messages(1, "resourceMetrics", resourceMetrics)
  }
}

/// `ResourceLogs`, with the one scope that the agent has.
struct ResourceLogs: OTLPMessage, Hashable {
  var resource: OTLPResource
  var scopeLogs: ScopeLogs

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.message(1, "resource", resource)
    fields.messages(2, "scopeLogs", [scopeLogs])
  }
}

struct ScopeLogs: OTLPMessage, Hashable {
  var scope: InstrumentationScope
  var logRecords: [LogRecord] = []

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.message(1, "scope", scope)
    fields.messages(2, "logRecords", logRecords)
  }
}

/// `ResourceMetrics`, with the one scope that the agent has.
struct ResourceMetrics: OTLPMessage, Hashable {
  var resource: OTLPResource
  var scopeMetrics: ScopeMetrics

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.message(1, "resource", resource)
    fields.messages(2, "scopeMetrics", [scopeMetrics])
  }
}

struct ScopeMetrics: OTLPMessage, Hashable {
  var scope: InstrumentationScope
  var metrics: [OTLPMetric] = []

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.message(1, "scope", scope)
    fields.messages(2, "metrics", metrics)
  }
}

/// `Resource`: the host that is reported on.
struct OTLPResource: OTLPMessage, Hashable {
  var attributes: [OTLPAttribute] = []

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.messages(1, "attributes", attributes)
  }
}

/// `InstrumentationScope`: who wrote the records.
struct InstrumentationScope: OTLPMessage, Hashable {
  var name: String
  var version: String

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.string(1, "name", name)
    fields.string(2, "version", version)
  }
}
