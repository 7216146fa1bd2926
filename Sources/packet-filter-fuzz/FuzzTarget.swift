/// What one run feeds its inputs to.
enum FuzzTarget: String, CaseIterable {
  case iptablesSave = "iptables-save"
  case ipsetSave = "ipset-save"
  case nftJSON = "nft-json"
  case ipAddresses = "ip-addr"
  case ipRoutes = "ip-route"
  case whole
  case collectors
  case documents
  case settings
  case windows
  case grpc
  case receiversAnswer = "receivers-answer"
  case spoolFile = "spool-file"
  case history

  /// What libFuzzer calls for every input; it may keep no context, so each target has one of its own.
  typealias Function = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  /// The function of the target.
  var function: Function {
    switch self {
    case .iptablesSave: { Self.fed($0, $1) { PacketFilterFuzz.iptablesSave($0) } }
    case .ipsetSave: { Self.fed($0, $1) { PacketFilterFuzz.ipsetSave($0) } }
    case .nftJSON: { Self.fed($0, $1) { PacketFilterFuzz.nftJSON($0) } }
    case .ipAddresses: { Self.fed($0, $1) { PacketFilterFuzz.ipAddresses($0) } }
    case .ipRoutes: { Self.fed($0, $1) { PacketFilterFuzz.ipRoutes($0) } }
    case .whole: { Self.fed($0, $1) { PacketFilterFuzz.whole($0) } }
    case .collectors: { Self.fed($0, $1) { CollectorFuzz.run($0) } }
    case .documents: { Self.fed($0, $1) { InputFuzz.documents($0) } }
    case .settings: { Self.fed($0, $1) { InputFuzz.settings($0) } }
    case .windows: { Self.fed($0, $1) { InputFuzz.windows($0) } }
    case .grpc: { Self.fed($0, $1) { InputFuzz.grpc($0) } }
    case .receiversAnswer: { Self.fed($0, $1) { DeliveryFuzz.receiversAnswer($0) } }
    case .spoolFile: { Self.fed($0, $1) { DeliveryFuzz.spoolFile($0) } }
    case .history: { Self.fed($0, $1) { DeliveryFuzz.history($0) } }
    }
  }

  private static func fed(
    _ start: UnsafePointer<UInt8>?, _ count: Int, _ run: ([UInt8]) -> Void
  ) -> CInt {
    run([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
  }
}
