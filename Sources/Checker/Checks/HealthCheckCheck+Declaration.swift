extension HealthCheckCheck {
  package static let declaration = CheckDeclaration(
    name: "health-check",
    summary: "Do the health check's own parameters do what they are meant to, and does CLB agree?",
    reason: """
      A real server can be well and be called "Unhealthy", or be dead and get traffic, by the parameters \
      of the check alone: a `TimeOut` that answers just miss, a `HttpCode` that calls errors healthy, a \
      `CheckPort` that is not where clients go, intervals by which a fault is noticed minutes late.

      Only parameters that somebody named are judged, in the documents of `--listeners`, in the settings or \
      by options; what is assumed is said to be assumed. The times are those of CLB's formulas: layer 4, \
      `IntervalTime` × (`UnHealthNum` − 1) until "Unhealthy"; layer 7, `TimeOut` × `UnHealthNum` more; until \
      "Healthy" the same with `HealthNum` and the time that answers take. Up to one interval passes before \
      the first probe. An unusual value is a warning from two minutes of wrong state on.

      Where the documents have the state that CLB reports, it is compared with what was found here. A host \
      where nothing stops the probe and which CLB calls `Dead` has its fault outside: security groups (probes \
      from 100.64.0.0/10 are let through by themselves, those from the VIP are not, unless the CLB has \
      "allow by default"), the subnet's network ACL, other parameters than were assumed, bandwidth of a \
      traditional account, or a state that is older than the host's. These are listed in the order of their \
      likelihood.
      """,
    reads: [
      "documents of the CLB's listeners, the settings and options", "the listening sockets",
      "the time that the agent's own probe took", "what the other hops came to",
    ],
    findings: [
      declare(
        "disabled", [.warn],
        "the check is switched off, so every real server gets traffic, dead or not",
        "set HealthSwitch to 1"),
      declare(
        "illegal-parameter", [.warn],
        "a parameter has a value that CLB's documents exclude, or TimeOut is not below IntervalTime",
        "set it to the value that is named"),
      declare(
        "far-from-default", [.warn, .info],
        "a legal value makes CLB notice faults late, or react to a single hiccup",
        "set it to its default"),
      declare(
        "port-mismatch", [.warn, .info],
        "probes and clients go to different ports, and nothing may listen on that of the clients",
        "set CheckPort to -1, or let traffic go to the port that is served"),
      declare(
        "mask-hides-errors", [.warn, .info], "statuses that tell of an error count as healthy",
        "tick 2xx and 3xx alone in HttpCode", layer: .layer7),
      declare(
        "no-domain", [.warn], "the check has no fixed domain to send as Host",
        "name a domain that the service knows as HttpCheckDomain", layer: .layer7),
      declare(
        "dynamic-path", [.info],
        "the check path looks like a page that a script makes for each request",
        "let a static file answer, and set HttpCheckPath to it", layer: .layer7),
      declare(
        "console-disagrees", [.warn],
        "CLB reports another state than was found here, so something on the way is not seen from here",
        "look at what is named, in that order"),
      declare(
        "console-agrees", [.info], "CLB reports the state that was found here", "nothing"),
      declare(
        "console-undecided", [.info],
        "CLB reports no state yet, or none, or what was found here is not certain",
        "ask CLB again a little later"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/6097",
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://www.tencentcloud.com/document/product/214/39251",
      "https://www.tencentcloud.com/document/product/214/14733",
      "https://www.tencentcloud.com/document/product/214/54819",
    ])

  private static func declare(
    _ what: String, _ severities: [Severity], _ meaning: String, _ remedy: String,
    layer: Layer = .layer4
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "health-check.\(what)"), layer: layer, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
