import LoadBalancer

extension TargetSettings {
  /// Looks for what no key can see alone: parameters that do not fit each other.
  static func check(_ target: TargetSettings, _ path: String, _ reader: inout SettingsReader) {
    if let timeOut = target.timeOut, let interval = target.intervalTime,
      timeOut.value >= interval.value
    {
      reader.refuse(
        timeOut.place,
        "\(path).timeOut \"\(timeOut.value)\": expected less than intervalTime, which is "
          + "\(interval.value)")
    }
    if let type = target.sourceIPType, type.value == .virtualIP, target.sources == nil {
      reader.refuse(
        type.place,
        "\(path).sourceIpType \"0\": expected sources beside it, for probes come from the CLB's VIP "
          + "then")
    }
    guard target.contextType?.value == .hexadecimal else { return }
    for (name, context) in [("send", target.send), ("receive", target.receive)] {
      guard let context, CustomCheck.bytes(of: context.value, as: .hexadecimal) == nil else {
        continue
      }
      reader.refuse(
        context.place,
        "\(path).\(name) \(SettingsText.quoted(context.value)): expected pairs of 0-9 and A-F, as "
          + "contextType is HEX")
    }
  }
}
