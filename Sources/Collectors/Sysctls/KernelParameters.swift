package import Host

/// The kernel parameters that decide whether and how a probe is taken, as they are now.
///
/// Each is its own reading: one that this kernel lacks is absent, and the others stand.
package struct KernelParameters: Sendable, Hashable {
  private var readings: [KernelParameter: Reading<Int>]

  /// The interfaces under `net.ipv4.conf`, sorted, with `all` and `default` among them.
  package let interfaces: Reading<[String]>

  package init(readings: [KernelParameter: Reading<Int>], interfaces: Reading<[String]>) {
    self.readings = readings
    self.interfaces = interfaces
  }

  /// Reads about ten files, and two for each interface; needs no privilege.
  package static func read(from door: some HostDoor) -> KernelParameters {
    let interfaces = door.listDirectory("/proc/sys/net/ipv4/conf")
    let ofInterfaces = (interfaces.value ?? []).flatMap { interface in
      InterfaceSetting.allCases.map { KernelParameter.ofInterface($0, interface) }
    }
    var readings: [KernelParameter: Reading<Int>] = [:]
    for parameter in KernelParameter.hostWide + ofInterfaces {
      readings[parameter] = read(parameter, from: door)
    }
    return KernelParameters(readings: readings, interfaces: interfaces)
  }

  private static func read(
    _ parameter: KernelParameter, from door: some HostDoor
  ) -> Reading<Int> {
    door.readFile(parameter.path, limit: .standard).parsedText { text throws(ParseFailure) in
      try KernelParameters.number(parsing: text)
    }
  }

  /// Parses the text of one parameter: an integer, one line.
  ///
  /// - Throws: line 1 when it holds another count of words or no integer, or line 2 when there is one.
  package static func number(parsing text: some StringProtocol) throws(ParseFailure) -> Int {
    let lines = text.kernelLines
    guard let line = lines.first else {
      throw ParseFailure(line: 1, found: "", expected: "one integer")
    }
    guard lines.count == 1 else {
      throw lines[1].failure(found: lines[1].text, expected: "the end of the file")
    }
    let words = line.words
    guard words.count == 1 else { throw line.failure(found: line.text, expected: "one integer") }
    guard let number = Int(kernelDecimal: words[0]) else {
      throw line.failure(found: words[0], expected: "an integer of at most 64 bits")
    }
    return number
  }
}

extension KernelParameters {
  /// The value of a parameter.
  ///
  /// A parameter of an interface that the host does not have is absent.
  package subscript(parameter: KernelParameter) -> Reading<Int> {
    if let reading = readings[parameter] { return reading }
    let isOfInterface = parameter.rawValue.hasPrefix("net.ipv4.conf.")
    guard isOfInterface, case .value = interfaces else {
      return .failed(parameter.source, .notInCapture)
    }
    return .absent(parameter.source)
  }

  /// What the kernel goes by on an interface: the greater of its own value and that of `all`.
  ///
  /// That is its rule for all of these: a maximum for `rp_filter` (`IN_DEV_MAXCONF`), an "or" for the
  /// others (`IN_DEV_ORCONF`). Where either is missing, so is the answer, with its reason.
  package func effective(_ setting: InterfaceSetting, on interface: String) -> Reading<Int> {
    let own = self[.ofInterface(setting, interface)]
    guard case .value(let ownValue, let source) = own else { return own }
    let all = self[.ofInterface(setting, "all")]
    guard case .value(let allValue, let allSource) = all else { return all }
    return ownValue >= allValue ? .value(ownValue, from: source) : .value(allValue, from: allSource)
  }
}
