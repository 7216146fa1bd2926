/// From where on checks raise a finding that is a matter of degree.
package struct Thresholds: Sendable, Hashable, Codable {
  /// Percent of a minute during which some task waited for a processor.
  package var cpuPressure = 60
  /// Percent of a minute during which every task waited for memory: a tenth already stops a server.
  package var memoryPressure = 10
  /// Percent of a minute during which every task waited for disks.
  package var ioPressure = 40
  /// Tasks for each processor that run or wait, over one minute.
  package var loadOneMinute = 4
  /// The same over five minutes.
  package var loadFiveMinutes = 2
  /// Percent of periods in which a CPU quota held the service back.
  package var cpuThrottled = 25
  /// Percent of a process's descriptors that are open.
  package var fileDescriptors = 90
  /// Percent of an accept queue that waits.
  package var acceptQueue = 80
  /// Percent of the connection-tracking table that is in use.
  package var conntrack = 90
  /// Percent of the instance's public bandwidth that is in use.
  package var publicBandwidth = 90

  package init() {}

  /// What holds where nobody says otherwise.
  package static let standard = Thresholds()

  /// Whether a part is at least so many percent of a whole.
  static func reaches(_ percent: Int, part: some BinaryInteger, of whole: some BinaryInteger)
    -> Bool
  {
    Double(part) * 100 >= Double(whole) * Double(percent)
  }
}
