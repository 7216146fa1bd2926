package import Checker

/// The thresholds that the settings file names.
package struct ThresholdSettings: Sendable, Hashable {
  package var cpuPressure: Setting<Int>?
  package var memoryPressure: Setting<Int>?
  package var ioPressure: Setting<Int>?
  package var loadOneMinute: Setting<Int>?
  package var loadFiveMinutes: Setting<Int>?
  package var cpuThrottled: Setting<Int>?
  package var fileDescriptors: Setting<Int>?
  package var acceptQueue: Setting<Int>?
  package var conntrack: Setting<Int>?
  package var publicBandwidth: Setting<Int>?

  /// The thresholds to check by: those named, and the standard ones.
  package var thresholds: Thresholds {
    var thresholds = Thresholds.standard
    func take(_ setting: Setting<Int>?, _ path: WritableKeyPath<Thresholds, Int>) {
      if let setting { thresholds[keyPath: path] = setting.value }
    }
    take(cpuPressure, \.cpuPressure)
    take(memoryPressure, \.memoryPressure)
    take(ioPressure, \.ioPressure)
    take(loadOneMinute, \.loadOneMinute)
    take(loadFiveMinutes, \.loadFiveMinutes)
    take(cpuThrottled, \.cpuThrottled)
    take(fileDescriptors, \.fileDescriptors)
    take(acceptQueue, \.acceptQueue)
    take(conntrack, \.conntrack)
    take(publicBandwidth, \.publicBandwidth)
    return thresholds
  }
}

extension ThresholdSettings {
  /// Every key of the thresholds.
  static let keys: [SettingsKey<ThresholdSettings>] = [
    percent(
      "cpuPressure", \.cpuPressure, \.cpuPressure,
      "load.cpu-pressure: the share of the last minute during which some task waited for a processor."
    ),
    percent(
      "memoryPressure", \.memoryPressure, \.memoryPressure,
      "load.memory-pressure: the share of the last minute during which every task waited for memory."
    ),
    percent(
      "ioPressure", \.ioPressure, \.ioPressure,
      "load.io-pressure: the share of the last minute during which every task waited for disks."),
    load(
      "loadOneMinute", \.loadOneMinute, \.loadOneMinute,
      "load.high-average: the load average of one minute; loadFiveMinutes must be reached too. It counts "
        + "only on kernels that measure no pressure."),
    load(
      "loadFiveMinutes", \.loadFiveMinutes, \.loadFiveMinutes,
      "load.high-average: the load average of five minutes."),
    percent(
      "cpuThrottled", \.cpuThrottled, \.cpuThrottled,
      "load.cpu-throttled: the share of periods in which the service's CPU quota held it back."),
    percent(
      "fileDescriptors", \.fileDescriptors, \.fileDescriptors,
      "load.file-descriptors: how full the service's table of descriptors is."),
    percent(
      "acceptQueue", \.acceptQueue, \.acceptQueue,
      "accept-queue.nearly-full: how full the listening socket's queue is."),
    percent(
      "conntrack", \.conntrack, \.conntrack,
      "conntrack.nearly-full: how full the connection-tracking table is."),
    percent(
      "publicBandwidth", \.publicBandwidth, \.publicBandwidth,
      "bandwidth.saturated: how much of the instance's public bandwidth is in use."),
  ]

  private static func percent(
    _ name: String, _ property: SettingsKey<ThresholdSettings>.Property<Setting<Int>?>,
    _ standard: KeyPath<Thresholds, Int>, _ documentation: String
  ) -> SettingsKey<ThresholdSettings> {
    let standard = "\(Thresholds.standard[keyPath: standard])"
    return .scalar(
      name, property, .whole(1...100, "percent"), standard: standard, example: standard,
      documentation)
  }

  private static func load(
    _ name: String, _ property: SettingsKey<ThresholdSettings>.Property<Setting<Int>?>,
    _ standard: KeyPath<Thresholds, Int>, _ documentation: String
  ) -> SettingsKey<ThresholdSettings> {
    let standard = "\(Thresholds.standard[keyPath: standard])"
    return .scalar(
      name, property, .whole(1...1000, "tasks for each processor"), standard: standard,
      example: standard, documentation)
  }
}
