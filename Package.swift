// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours.
///
/// Warnings are errors here and not for dependencies.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "clb-agent",
  products: [
    .executable(name: "clb-agent", targets: ["clb-agent"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // Rooms, lowest first. Each imports only rooms above it in this list; a test holds that.
    .target(name: "Addressing", swiftSettings: settings),
    .target(name: "JSONText", swiftSettings: settings),
    .target(
      name: "PacketFilter", dependencies: ["Addressing", "JSONText"], swiftSettings: settings),
    .systemLibrary(name: "CCapability", pkgConfig: "libcap", providers: [.apt(["libcap-dev"])]),
    .target(name: "CLinux"),
    .target(
      name: "Host",
      dependencies: ["Addressing", "CCapability", "CLinux", subprocess, system],
      swiftSettings: settings),
    .target(
      name: "Collectors", dependencies: ["Addressing", "PacketFilter", "Host"],
      swiftSettings: settings),
    .target(name: "Windows", dependencies: ["Addressing", "Host"], swiftSettings: settings),
    .target(
      name: "LoadBalancer", dependencies: ["Addressing", "JSONText"], swiftSettings: settings),
    .target(
      name: "Probes", dependencies: ["Addressing", "CLinux", "LoadBalancer"],
      swiftSettings: settings),
    .target(
      name: "TLSProbe",
      dependencies: [
        "Probes",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "NIOTLS", package: "swift-nio"),
      ],
      swiftSettings: settings),
    .target(
      name: "Checker",
      dependencies: [
        "Addressing", "PacketFilter", "Host", "Collectors", "Windows", "LoadBalancer", "Probes",
      ],
      swiftSettings: settings),
    .target(
      name: "Reporting", dependencies: ["Addressing", "PacketFilter", "LoadBalancer", "Checker"],
      swiftSettings: settings),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Delivery",
      dependencies: [
        "Addressing", "JSONText", "Host", "LoadBalancer", "Probes", "Reporting", "CZlib", "CLinux",
      ],
      swiftSettings: settings),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "Settings",
      dependencies: ["Addressing", "LoadBalancer", "Checker", "Delivery", "CLibYAML"],
      swiftSettings: settings),
    .executableTarget(
      name: "clb-agent",
      dependencies: [
        "Addressing", "PacketFilter", "Host", "Collectors", "Windows", "LoadBalancer", "Probes",
        "TLSProbe", "Checker", "Reporting", "Delivery", "Settings",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    // Asks the evaluator every question of a corpus whose answers a kernel gave.
    .executableTarget(
      name: "packet-filter-corpus",
      dependencies: ["Addressing", "PacketFilter", "Collectors", "Host"],
      swiftSettings: settings),
    // Plays a fleet's reports against one receiver.
    .executableTarget(
      name: "fleet-sim",
      dependencies: [
        "Delivery", "Reporting", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // Stores and ships until a test kills it.
    .executableTarget(
      name: "spool-torture", dependencies: ["Delivery", "Reporting"], swiftSettings: settings),

    // What tests of several rooms share.
    .target(
      name: "TestSupport", dependencies: ["Host"], path: "Tests/Support", swiftSettings: settings),
    .testTarget(name: "AddressingTests", dependencies: ["Addressing"], swiftSettings: settings),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: settings),
    .testTarget(
      name: "PacketFilterTests",
      dependencies: ["Addressing", "JSONText", "PacketFilter", "packet-filter-corpus"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "HostTests", dependencies: ["Host", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "CollectorsTests",
      dependencies: ["Addressing", "PacketFilter", "Host", "Collectors", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "WindowsTests", dependencies: ["Addressing", "Host", "Windows", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "LoadBalancerTests",
      dependencies: ["Addressing", "JSONText", "LoadBalancer", "TestSupport", subprocess, system],
      exclude: ["CloudAPI"], swiftSettings: settings),
    .testTarget(
      name: "ProbesTests", dependencies: ["Addressing", "LoadBalancer", "Probes", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TLSProbeTests",
      dependencies: [
        "Addressing", "Delivery", "LoadBalancer", "Probes", "Reporting", "TLSProbe", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CheckerTests",
      dependencies: [
        "Addressing", "Host", "Collectors", "Windows", "LoadBalancer", "Probes", "Checker",
        "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "SettingsTests",
      dependencies: [
        "Addressing", "LoadBalancer", "Checker", "Delivery", "Settings", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Addressing", "LoadBalancer", "Checker", "Reporting", "TestSupport"],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "DeliveryTests",
      dependencies: [
        "Addressing", "Host", "JSONText", "Probes", "Reporting", "Delivery", "spool-torture",
        "TestSupport", subprocess, system,
      ],
      exclude: ["Receivers"], swiftSettings: settings),
    .testTarget(
      name: "RepositoryTests", dependencies: ["Checker", "Reporting", "Settings"],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport", subprocess, system], exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "PacketFilterLab", dependencies: ["Addressing", "TestSupport", subprocess],
      path: "Tests/PacketFilterLab", exclude: ["World", "Regressions"], swiftSettings: settings),
    .testTarget(
      name: "FaultLab", dependencies: [subprocess], path: "Tests/FaultLab",
      exclude: ["Servers"], swiftSettings: settings),
  ]
)

// scripts/fuzz alone builds this: it links only with libFuzzer.
if Context.environment["CLB_AGENT_FUZZ"] != nil {
  package.targets += [
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "packet-filter-fuzz",
      dependencies: [
        "Addressing", "CFuzzer", "Checker", "Collectors", "Delivery", "Host", "LoadBalancer",
        "PacketFilter", "Probes", "Reporting", "Settings", "Windows",
      ],
      swiftSettings: settings),
  ]
}
