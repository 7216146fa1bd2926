package import Host

/// The kernel parameters that decide whether and how a probe is taken, as they are now.
///
/// Each is its own reading: one that this kernel lacks is absent, and the others stand.
package struct KernelParameters: Sendable, Hashable {
  private var readings: [KernelParameter: Reading<[Int]>]

  /// The interfaces under `net.ipv4.conf`, sorted, with `all` and `default` among them.
  package let interfaces: Reading<[String]>

  package init(readings: [KernelParameter: Reading<[Int]>], interfaces: Reading<[String]>) {
    self.readings = readings
    self.interfaces = interfaces
  }

  /// Reads about 20 files, and four for each interface; needs no privilege.
  package static func read(from door: some HostDoor) -> KernelParameters {
    let interfaces = door.listDirectory("/proc/sys/net/ipv4/conf")
    let ofInterfaces = (interfaces.value ?? []).flatMap { interface in
      InterfaceSetting.allCases.map { KernelParameter.ofInterface($0, interface) }
    }
    var readings: [KernelParameter: Reading<[Int]>] = [:]
    for parameter in KernelParameter.hostWide + ofInterfaces {
      readings[parameter] = read(parameter, from: door)
    }
    return KernelParameters(readings: readings, interfaces: interfaces)
  }

  private static func read(
    _ parameter: KernelParameter, from door: some HostDoor
  ) -> Reading<[Int]> {
    door.readFile(parameter.path, limit: .standard).parsedText { text throws(ParseFailure) in
      try KernelParameters.numbers(parsing: text, count: parameter.numberCount)
    }
  }

  /// Parses the text of one parameter: so many integers, blanks or tabs between, one line.
  ///
  /// - Throws: line 1 when it holds another count of words, or the first word that is no integer.
  package static func numbers(
    parsing text: some StringProtocol, count: Int
  ) throws(ParseFailure) -> [Int] {
    let lines = text.kernelLines
    let expected = count == 1 ? "one integer" : "\(count) integers"
    guard let line = lines.first else {
      throw ParseFailure(line: 1, found: "", expected: expected)
    }
    guard lines.count == 1 else {
      throw lines[1].failure(found: lines[1].text, expected: "the end of the file")
    }
    let words = line.words
    guard words.count == count else { throw line.failure(found: line.text, expected: expected) }
    var numbers: [Int] = []
    for word in words {
      guard let number = Int(kernelDecimal: word) else {
        throw line.failure(found: word, expected: "an integer of at most 64 bits")
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension KernelParameters {
  /// The value of a parameter that is one number.
  package subscript(parameter: KernelParameter) -> Reading<Int> {
    numbers(parameter).parsed { numbers throws(ParseFailure) in
      guard let number = numbers.first, numbers.count == 1 else {
        throw ParseFailure(line: 1, found: "\(numbers)", expected: "one integer")
      }
      return number
    }
  }

  /// The value of a parameter, whatever its count of numbers.
  ///
  /// A parameter of an interface that the host does not have is absent.
  package func numbers(_ parameter: KernelParameter) -> Reading<[Int]> {
    if let reading = readings[parameter] { return reading }
    let isOfInterface = parameter.rawValue.hasPrefix("net.ipv4.conf.")
    guard isOfInterface, case .value = interfaces else {
      return .failed(parameter.source, .notInCapture)
    }
    return .absent(parameter.source)
  }

  /// What the kernel goes by on an interface: the greater of its own value and that of `all`.
  ///
  /// That is its rule for all four settings: a maximum for `rp_filter` (`IN_DEV_MAXCONF`), an "or"
  /// for the others (`IN_DEV_ORCONF`). Where either is missing, so is the answer, with its reason.
  package func effective(_ setting: InterfaceSetting, on interface: String) -> Reading<Int> {
    let own = self[.ofInterface(setting, interface)]
    guard case .value(let ownValue, let source) = own else { return own }
    let all = self[.ofInterface(setting, "all")]
    guard case .value(let allValue, let allSource) = all else { return all }
    return ownValue >= allValue ? .value(ownValue, from: source) : .value(allValue, from: allSource)
  }

  /// The local ports that connect(2) picks from.
  package var localPorts: Reading<ClosedRange<Int>> {
    numbers(.localPortRange).parsed { numbers throws(ParseFailure) in
      guard numbers.count == 2, numbers[0] <= numbers[1] else {
        throw ParseFailure(line: 1, found: "\(numbers)", expected: "two ports, the lower first")
      }
      return numbers[0]...numbers[1]
    }
  }

  /// How many file handles the whole host has open, and how many it may have.
  package var fileHandles: Reading<FileHandleUse> {
    numbers(.openFiles).parsed { numbers throws(ParseFailure) in
      guard numbers.count == 3 else {
        throw ParseFailure(line: 1, found: "\(numbers)", expected: "3 integers")
      }
      return FileHandleUse(allocated: numbers[0], unused: numbers[1], maximum: numbers[2])
    }
  }
}
