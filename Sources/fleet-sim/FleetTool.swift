import ArgumentParser
import Delivery

/// Plays a fleet's reports, an outage of the receiver and its return.
@main
struct FleetTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet-sim",
    abstract: "Play many hosts' reports against one receiver, with and without spread and merging.",
    discussion: """
      Time is played, not waited for. The moments of the hosts, their backoff and how many reports one \
      request holds come from the agent's own code. With --receiver every request that the receiver of the \
      play takes is really made.
      """)

  @Option(help: "Hosts that report.")
  var hosts = 100_000

  @Option(help: "Seconds from one report of a host to its next.")
  var interval = 300

  @Option(help: "Seconds that are played.")
  var duration = 6 * 3600

  @Option(help: "The second at which the receiver goes away.")
  var outageBegin = 2 * 3600

  @Option(help: "Seconds that it stays away.")
  var outageLength = 3600

  @Option(help: "Requests that it takes in a second; the others get 503.")
  var capacity: Int?

  @Option(help: "Send to this OTLP receiver, in the fourth play.")
  var receiver: String?

  func validate() throws {
    guard hosts > 0, interval > 0, duration >= interval, outageBegin >= 0, outageLength >= 0,
      outageBegin + outageLength <= duration, capacity ?? 1 > 0
    else {
      throw ValidationError("expected numbers above 0, and an outage that ends within the play")
    }
  }

  func run() throws {
    let outage = outageBegin..<(outageBegin + outageLength)
    print(
      "\(hosts) hosts, a report each \(interval) s, \(duration) s played, receiver away from \(outage.lowerBound) s "
        + "to \(outage.upperBound) s" + (capacity.map { ", takes \($0) requests a second" } ?? ""))
    print(FleetTable.heading)
    for (name, plan) in plans(outage) {
      var run = FleetRun(plan)
      if let receiver, plan.isSpread, plan.isMerged, plan.sendInterval == 0 {
        guard var sender = FleetSender(to: receiver) else {
          throw ValidationError("--receiver \"\(receiver)\": expected \(ReceiverURL.expected)")
        }
        run.play { sender.send(from: $0, $1) }
        print(FleetTable.row(name, plan, run.outcome))
        print("really sent: \(sender.requests) requests with \(run.outcome.delivered) reports")
      } else {
        run.play { _, _ in true }
        print(FleetTable.row(name, plan, run.outcome))
      }
    }
  }

  private func plans(_ outage: Range<Int>) -> [(String, FleetPlan)] {
    let base = FleetPlan(
      hosts: hosts, interval: interval, duration: duration, outage: outage, capacity: capacity,
      isSpread: false, isMerged: false, backsOff: false)
    var plays = [(false, false), (true, false), (false, true), (true, true)].map {
      isSpread, isMerged in
      var plan = base
      (plan.isSpread, plan.isMerged, plan.backsOff) = (isSpread, isMerged, isSpread && isMerged)
      let words = [
        isSpread ? "spread" : "at once", isMerged ? "merged" : "one by one",
        plan.backsOff ? "backoff" : "no backoff",
      ]
      return (words.joined(separator: ", "), plan)
    }
    if let (name, plan) = plays.last {
      var hourly = plan
      hourly.sendInterval = 3600
      plays.append(("\(name), sent once an hour", hourly))
    }
    return plays
  }
}
