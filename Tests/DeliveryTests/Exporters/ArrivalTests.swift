import Foundation
import Glibc
import Reporting
import Testing

@testable import Delivery

/// What real receivers make of what is sent: a status of 200 alone proves nothing, for OTLP's JSON is taken with
/// any misspelt key.
@Suite("What arrives", .enabled(if: OTLPSink.python != nil, OTLPSink.isMissing))
struct ArrivalTests {
  private static let ways = OTLPReceiver.Encoding.allCases.flatMap { encoding in
    OTLPReceiver.Compression.allCases.map { (encoding, $0) }
  }

  private func receiver(
    _ port: UInt16, _ encoding: OTLPReceiver.Encoding, _ compression: OTLPReceiver.Compression
  ) throws -> Receiver {
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(port)"))
    return Receiver(
      name: "central",
      kind: .otlp(
        OTLPReceiver(
          endpoint: HTTPEndpoint(
            url: url, headers: [.init(name: "X-Scope", value: .text("clb"))]),
          encoding: encoding, compression: compression)))
  }

  @Test("is the same to the official classes in every encoding and compression")
  func sameInAllWays() throws {
    let sink = try OTLPSink()
    var wires: [String: Set<String>] = [:]
    for (encoding, compression) in Self.ways {
      let exporters = Exporters.make(
        for: try receiver(sink.port, encoding, compression), in: .test())
      #expect(exporters.map(\.queue.signal) == [.logs, .metrics])
      for exporter in exporters {
        let outcome = exporter.send(
          [SampleReport.failing(.full), SampleReport.failing(id: "r-2")],
          status: SampleReport.status)
        #expect(outcome == .delivered(warning: nil))
        let arrival = try sink.next()
        #expect(arrival.error == nil)
        #expect(arrival.path == "/v1/\(exporter.queue.signal)")
        #expect(arrival.headers["Content-Type"] == encoding.contentType)
        #expect(arrival.headers["Content-Encoding"] == (compression == .gzip ? "gzip" : nil))
        #expect(
          arrival.headers["User-Agent"] == "clb-agent/1.2.0 OTel-OTLP-Exporter-Swift/1.2.0")
        #expect(arrival.headers["X-Scope"] == "clb")
        wires[arrival.path, default: []].insert(arrival.wire)
      }
    }
    #expect(wires.mapValues(\.count) == ["/v1/logs": 1, "/v1/metrics": 1])
  }

  @Test("of logs is a record for the report, what is not well, and what is resolved")
  func logs() throws {
    let sink = try OTLPSink()
    let exporter = try #require(
      Exporters.make(for: try receiver(sink.port, .protobuf, .gzip), in: .test()).first)
    #expect(exporter.send([SampleReport.failing()], status: .init()) == .delivered(warning: nil))
    let arrival = try sink.next()
    let records = arrival.records
    #expect(
      records.map { $0["eventName"] as? String } == [
        "clb.inspect.report", "clb.inspect.target", "clb.inspect.finding", "clb.inspect.resolved",
      ])
    #expect(
      records.map { attributes(of: $0)["clb.record"] } == [
        "report", "target", "finding", "resolved",
      ])
    #expect(records.allSatisfy { $0["timeUnixNano"] as? String == "1795226094799000000" })
    #expect(records.map { $0["severityNumber"] as? Int } == [17, 17, 17, 9])
    let target = attributes(of: records.dropFirst().first)
    #expect(target["server.address"] == "10.0.0.5")
    #expect(target["server.port"] == "80")
    #expect(target["network.transport"] == "tcp")
    #expect(target["clb.verdict"] == "fail")
    let finding = try #require(records.dropFirst(2).first)
    let body = (finding["body"] as? [String: Any])?["stringValue"] as? String
    #expect(body == "iptables drops the probe\\u{1b}[2J")
    #expect(attributes(of: finding)["clb.evidence"]?.contains("DROP\\\\u{202e}") == true)
    let resource = (arrival.message["resourceLogs"] as? [[String: Any]])?.first?["resource"]
    #expect(attributes(of: resource)["host.id"] == "ins-9z8y7x6w")
    #expect(attributes(of: resource)["host.name"] == "web-1")
  }

  @Test("of metrics are verdicts, counts, and the spool's own figures")
  func metrics() throws {
    let sink = try OTLPSink()
    let exporter = try #require(
      Exporters.make(for: try receiver(sink.port, .protobuf, .gzip), in: .test()).last)
    #expect(
      exporter.send([SampleReport.failing()], status: SampleReport.status)
        == .delivered(warning: nil))
    let metrics = try sink.next().metrics
    #expect(
      metrics.compactMap { $0["name"] as? String } == [
        "clb.inspect.verdict", "clb.inspect.duration", "clb.inspect.findings", "clb.spool.reports",
        "clb.spool.size", "clb.spool.delivered", "clb.spool.dropped", "clb.spool.rejected",
        "clb.spool.damaged",
      ])
    #expect(Self.values(metrics, "clb.inspect.verdict") == ["2", "2", "0"])
    #expect(Self.values(metrics, "clb.inspect.duration") == ["0.041"])
    #expect(Self.values(metrics, "clb.spool.dropped") == ["7"])
    #expect(Self.values(metrics, "clb.spool.damaged") == ["1"])
    // A zero that is left out would be no point at all.
    #expect(Self.values(metrics, "clb.spool.rejected") == ["0"])
    let dropped = metrics.first { $0["name"] as? String == "clb.spool.dropped" }
    let sum = dropped?["sum"] as? [String: Any]
    #expect(sum?["aggregationTemporality"] as? Int == 2)
    #expect(sum?["isMonotonic"] as? Bool == true)
  }

  private static func values(_ metrics: [[String: Any]], _ name: String) -> [String] {
    let metric = metrics.first { $0["name"] as? String == name } ?? [:]
    let family = (metric["gauge"] ?? metric["sum"]) as? [String: Any]
    let points = family?["dataPoints"] as? [[String: Any]] ?? []
    return points.compactMap { ($0["asInt"] ?? $0["asDouble"]).map { "\($0)" } }
  }
}

/// A collector that people run, between us and the official classes.
@Suite("What a collector passes on", .enabled(if: OTLPSink.python != nil, OTLPSink.isMissing))
struct CollectorTests {
  @Test(
    "is what was sent, from every encoding and compression",
    arguments: OTLPReceiver.Encoding.allCases, OTLPReceiver.Compression.allCases)
  func rotel(encoding: OTLPReceiver.Encoding, compression: OTLPReceiver.Compression) throws {
    let sink = try OTLPSink()
    let rotel = try RotelProcess(exportingTo: sink.port)
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(rotel.port)"))
    let receiver = Receiver(
      name: "central",
      kind: .otlp(
        OTLPReceiver(
          endpoint: HTTPEndpoint(url: url), encoding: encoding, compression: compression)))
    for exporter in Exporters.make(for: receiver, in: .test()) {
      let outcome = exporter.send(
        [SampleReport.failing(.full)], status: SampleReport.status)
      #expect(outcome == .delivered(warning: nil))
      let arrival = try sink.next()
      #expect(arrival.error == nil)
      switch exporter.queue.signal {
      case .metrics:
        #expect(arrival.metrics.count == 9)
        #expect(arrival.metrics.first?["name"] as? String == "clb.inspect.verdict")
      default:
        #expect(
          arrival.records.map { attributes(of: $0)["clb.record"] } == [
            "report", "target", "target", "hop", "hop", "hop", "finding", "resolved",
          ])
        #expect(arrival.records.allSatisfy { attributes(of: $0)["clb.report.id"] == "r-1" })
        #expect(arrival.records.first?["severityNumber"] as? Int == 17)
      }
    }
  }
}
