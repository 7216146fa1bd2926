import Testing

@Suite("The rooms")
struct RoomTests {
  /// Each room with those that it may import; the order is that of the design.
  private static let allowed: [String: Set<String>] = [
    "Addressing": [],
    "JSONText": [],
    "PacketFilter": ["Addressing", "JSONText"],
    "Host": ["Addressing", "CCapability", "CLinux", "Subprocess", "SystemPackage"],
    "Collectors": ["Addressing", "PacketFilter", "Host"],
    "Windows": ["Addressing", "Host"],
    "LoadBalancer": ["Addressing", "JSONText"],
    "Probes": ["Addressing", "CLinux", "LoadBalancer"],
    "TLSProbe": ["Probes", "NIOCore", "NIOEmbedded", "NIOSSL", "NIOTLS"],
    "Checker": [
      "Addressing", "PacketFilter", "Host", "Collectors", "Windows", "LoadBalancer", "Probes",
    ],
    "Reporting": ["Addressing", "PacketFilter", "LoadBalancer", "Checker"],
    "Delivery": [
      "Addressing", "JSONText", "CLinux", "Host", "LoadBalancer", "Probes", "Reporting", "CZlib",
    ],
    "Settings": ["Addressing", "LoadBalancer", "Checker", "Delivery", "CLibYAML"],
  ]

  /// Modules of the toolchain that are no room.
  private static let toolchain: Set<String> = ["Glibc", "Dispatch", "Synchronization"]

  /// Rooms where JSON is read or written.
  private static let mayUseEssentials: Set<String> = [
    "Host", "Collectors", "Reporting", "clb-agent",
  ]

  @Test("import only rooms above them", arguments: allowed.keys.sorted())
  func imports(room: String) throws {
    let files = Repository.files(below: "Sources/\(room)", endingWith: ".swift")
    try #require(!files.isEmpty)
    var permitted = try #require(Self.allowed[room]).union(Self.toolchain)
    if Self.mayUseEssentials.contains(room) { permitted.insert("FoundationEssentials") }
    for file in files {
      for module in Self.modules(of: try #require(Repository.text(file))) {
        #expect(permitted.contains(module), "\(file) imports \(module)")
      }
    }
  }

  @Test("never bring in the full Foundation, whose ICU is 44 MB of a static binary")
  func noFoundation() throws {
    for file in Repository.files(below: "Sources", endingWith: ".swift") {
      let modules = Self.modules(of: try #require(Repository.text(file)))
      #expect(!modules.contains("Foundation"), "\(file)")
    }
  }

  @Test("have not one process-ending or forced operation on outside data")
  func noTraps() throws {
    for file in Repository.files(below: "Sources", endingWith: ".swift") {
      let text = try #require(Repository.text(file))
      for word in ["fatalError(", "try!", "as! ", "unsafeBitCast"] {
        #expect(!text.contains(word), "\(file) has \(word)")
      }
    }
  }

  private static func modules(of source: String) -> [String] {
    source.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count,
        index == 0 || ["package", "internal", "public"].contains(words[0])
      else { return nil }
      return String(words[index + 1])
    }
  }
}
