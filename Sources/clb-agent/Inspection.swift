import Addressing
import Checker
import Collectors
import Glibc
import Host
import LoadBalancer
import Probes
import Reporting
import TLSProbe

/// One run: the facts, the targets, what the probes learned, and the report of it all.
struct Inspection {
  private(set) var report: Report
  private let entries: [CaptureEntry]
  private let notes: InspectionNotes

  /// Collects, gives up every privilege, and only then talks to the network.
  init(_ plan: InspectionPlan, log: ProgressLog) throws(RunError) {
    let start = ContinuousClock.now
    let material = try Inspection.material(plan, log)
    let service = plan.metadata
    let instance = Pending { await service?.instance() }
    let measurement = plan.origin.isThisHost ? TransmitMeasurement() : nil
    let facts = blocking {
      await HostFacts.read(
        from: material.door, learningFrom: Inspection.peers(plan, material),
        probeSources: Inspection.sources(plan, material))
    }
    let metadata = Inspection.metadata(plan, material, instance)
    let selection = try Inspection.select(plan, facts, material, metadata)
    let reports: [String: ProbeReport]
    switch plan.origin {
    case .capture: reports = material.notes?.probes(of: selection.targets) ?? [:]
    case .thisHost where plan.probes:
      // An address that is not this host's would be another machine's.
      reports = Inspection.probe(selection.targets.filter { facts.holds($0.address) }, log)
    case .thisHost, .root: reports = [:]
    }
    entries = material.entries
    let cloud = plan.cloudFacts(
      recorded: material.notes?.cloud, metadata: metadata(),
      server: RealServer(facts, metadata()), targets: selection.targets)
    let rates = Inspection.transmitRates(plan, material, cloud, measurement)
    notes = InspectionNotes(
      selection: selection, probes: reports, cloud: cloud, transmitRates: rates)
    let diagnosis = Checker(checks: plan.checks, thresholds: plan.thresholds, skips: plan.skips)
      .diagnose(
        selection.targets, origin: selection.origin, facts: facts, probes: reports,
        cloud: cloud, transmitRates: rates)
    log.end()
    report = Report(
      reportID: Inspection.makeReportID(), takenAt: material.takenAt,
      durationMilliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)),
      agentVersion: AgentVersion.current, host: ReportHost(facts, cloud), diagnosis: diagnosis,
      note: selection.notes)
    report.diagnosis.missing = material.reasonsMissing + report.diagnosis.missing
  }

  private static func material(
    _ plan: InspectionPlan, _ log: ProgressLog
  ) throws(RunError) -> Material {
    switch plan.origin {
    case .thisHost:
      log.begin("reading this host")
      return try Material.collect(
        LiveDoor(), learningFrom: plan.learningFrom, probeSources: plan.probeSources)
    case .root(let directory):
      log.begin("reading \(directory)")
      return try Material.collect(
        try LiveDoor.ofRoot(directory), learningFrom: plan.learningFrom,
        probeSources: plan.probeSources)
    case .capture(let file): return try Material.load(file)
    }
  }

  /// Where probes come from: the capture's own targets say so when none is named.
  private static func sources(_ plan: InspectionPlan, _ material: Material) -> [AddressPrefix] {
    guard !plan.namesTargets, let recorded = material.notes?.selection else {
      return plan.probeSources
    }
    return Set(recorded.targets.flatMap(\.sources)).sorted {
      ($0.base, $0.length) < ($1.base, $1.length)
    }
  }

  /// Whose connections tell the targets: nobody's where they were named, now or for the capture.
  private static func peers(_ plan: InspectionPlan, _ material: Material) -> [AddressPrefix] {
    guard let recorded = material.notes?.selection else { return plan.learningFrom }
    return recorded.origin.isNamed || plan.namesTargets ? [] : sources(plan, material)
  }

  /// Which instance the host is, for those who wait for it; a capture knows it already.
  private static func metadata(
    _ plan: InspectionPlan, _ material: Material, _ asked: Pending<InstanceMetadata?>
  ) -> () -> InstanceMetadata? {
    if case .capture = plan.origin { return { material.notes?.cloud?.metadata } }
    return { asked.wait() }
  }

  /// How much the host sends, where it matters: behind a cap that the CLB's traffic counts against.
  private static func transmitRates(
    _ plan: InspectionPlan, _ material: Material, _ cloud: CloudFacts,
    _ measurement: TransmitMeasurement?
  ) -> TransmitRates? {
    guard let measurement else { return material.notes?.transmitRates }
    let cap = cloud.publicBandwidthMegabits?.value ?? 0
    return cap > 0 && cloud.accountType?.value != .standard ? measurement.finish() : nil
  }

  /// The capture's own targets are followed when none is named.
  private static func select(
    _ plan: InspectionPlan, _ facts: HostFacts, _ material: Material,
    _ metadata: () -> InstanceMetadata?
  ) throws(RunError) -> TargetSelection {
    if !plan.namesTargets, let recorded = material.notes?.selection { return recorded }
    do throws(TargetSelectionError) {
      if let listeners = plan.listeners {
        let instance = metadata()
        var selection = try TargetSelection(
          listeners: listeners, metadata: instance, facts: facts)
        if let region = instance?.region { selection.assume(region: region) }
        return selection
      }
      return try TargetSelection(
        named: plan.named, namedIn: plan.namedIn, sources: plan.sources,
        healthCheck: plan.healthCheck, facts: facts)
    } catch {
      // Documents of other hosts are the caller's to mend; an address that cannot be read is not.
      guard case .notBehindListeners = error else { throw .unknown("\(error)") }
      throw .usage("--listeners: \(error)")
    }
  }

  private static func probe(_ targets: [Target], _ log: ProgressLog) -> [String: ProbeReport] {
    let prober = Prober(tls: try? NIOSSLSessionFactory())
    return blocking {
      await withTaskGroup(of: ProbeReport.self) { group in
        var reports: [String: ProbeReport] = [:]
        for (index, target) in targets.enumerated() {
          // Each probe has a thread of its own, and a learned host can have hundreds of targets.
          if index >= probesAtOnce, let report = await group.next() {
            reports[report.target] = report
          }
          log.begin("probing \(target.name)")
          group.addTask { await prober.probe(target) }
        }
        for await report in group { reports[report.target] = report }
        return reports
      }
    }
  }

  private static let probesAtOnce = 16

  /// 128 random bits in hexadecimal.
  static func makeReportID() -> String {
    var generator = SystemRandomNumberGenerator()
    let digits = String(UInt128.random(in: .min ... .max, using: &generator), radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }

  /// All that was read and probed, as a capture file.
  var captureBytes: [UInt8] {
    var writer = CaptureWriter()
    var bytes = writer.header(agent: AgentVersion.current, takenAt: report.takenAt.rfc3339)
    for entry in entries + notes.entries { bytes += writer.line(entry) }
    return bytes + writer.end()
  }
}

extension LiveDoor {
  /// The door to another root.
  ///
  /// - Throws: when there is no such directory, or we may not look into it.
  static func ofRoot(_ directory: String) throws(RunError) -> LiveDoor {
    guard access("\(directory)/proc", R_OK | X_OK) == 0 else {
      throw .usage(
        "--root \"\(directory)\": \(systemErrorText(errno)); expected a directory with a proc in it"
      )
    }
    return LiveDoor(root: directory)
  }
}

extension ReportHost {
  /// What is known of the host's name and make, and of the instance that it is.
  init(_ facts: HostFacts, _ cloud: CloudFacts) {
    self.init(
      hostname: facts.identity.hostname.value, machineID: facts.identity.machineID.value,
      privateAddresses: facts.privateAddresses.map(\.description),
      kernel: facts.identity.kernel.value?.description,
      distribution: facts.identity.distribution.value?.name, instanceID: cloud.instanceID,
      region: cloud.metadata?.region)
  }
}
