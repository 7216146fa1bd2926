import Testing

/// What the agent concludes of hosts whose application is at fault, or well.
///
/// The two lanes run beside each other and each is serial, so that there are never more than two
/// hosts at a time: a busy machine answers late, and late is a fault that the lab measures.
@Suite("Layer 7", .serialized, .needsLab, .timeLimit(.minutes(5)))
enum ApplicationLane {}

/// What it concludes of hosts that do not let the probe through, and how it bears what it meets:
/// wrong input, broken tools, hostile text, few privileges.
@Suite("Layer 4 and the agent itself", .serialized, .needsLab, .timeLimit(.minutes(5)))
enum HostLane {}
