/// `Metric`: a family of points.
struct OTLPMetric: OTLPMessage, Hashable {
  var name: String
  var description: String
  /// UCUM: `s`, `By`, `{report}`.
  var unit: String
  var kind: Kind
  var points: [NumberDataPoint]

  enum Kind: Sendable, Hashable {
    /// What is so at the moment.
    case gauge
    /// Cumulative and never falling.
    case counter
  }

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.string(1, "name", name)
    fields.string(2, "description", description)
    fields.string(3, "unit", unit)
    switch kind {
    case .gauge: fields.message(5, "gauge", Gauge(dataPoints: points))
    case .counter: fields.message(7, "sum", CumulativeSum(dataPoints: points))
    }
  }
}

struct Gauge: OTLPMessage {
  var dataPoints: [NumberDataPoint]

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.messages(1, "dataPoints", dataPoints)
  }
}

/// `Sum` with `AGGREGATION_TEMPORALITY_CUMULATIVE`, monotonic.
struct CumulativeSum: OTLPMessage {
  var dataPoints: [NumberDataPoint]

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.messages(1, "dataPoints", dataPoints)
    fields.number(2, "aggregationTemporality", 2)
    fields.bool(3, "isMonotonic", true)
  }
}

/// `NumberDataPoint`; its start is left out, which OTLP reads as unknown.
struct NumberDataPoint: OTLPMessage, Hashable {
  var timeUnixNano: UInt64
  var value: Value
  var attributes: [OTLPAttribute] = []

  enum Value: Sendable, Hashable {
    case double(Double)
    case int(Int64)
  }

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.fixed64(3, "timeUnixNano", timeUnixNano)
    switch value {
    case .double(let value): fields.double(4, "asDouble", value, .explicit)
    case .int(let value): fields.sfixed64(6, "asInt", value, .explicit)
    }
    fields.messages(7, "attributes", attributes)
  }
}
