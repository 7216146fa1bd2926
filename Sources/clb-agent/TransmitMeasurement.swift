import Collectors
import Glibc
import Host

/// Measures how much the interfaces send while the run goes on.
struct TransmitMeasurement {
  private let start = ContinuousClock.now
  private let first: Reading<InterfaceTraffic>

  /// Reads the counters for the first time.
  init() { first = InterfaceTraffic.read(from: LiveDoor()) }

  /// Reads them again, once enough time has passed; `nil` where they cannot be read.
  func finish() -> TransmitRates? {
    guard let first = first.value else { return nil }
    let enough = Duration.milliseconds(TransmitRates.fewestMilliseconds)
    let missing = (enough - (ContinuousClock.now - start)) / .microseconds(1)
    if missing > 0 { usleep(UInt32(missing) + 1000) }
    guard let second = InterfaceTraffic.read(from: LiveDoor()).value else { return nil }
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    return TransmitRates(from: first, to: second, milliseconds: milliseconds)
  }
}
