import Testing

/// What the agent concludes of a host: one case after the other.
///
/// The two lanes run beside each other and each is serial, so that there are never more than two hosts
/// at a time: a busy machine answers late, and late is a fault that the lab measures.
@Suite("The diagnosis", .serialized, .needsLab, .timeLimit(.minutes(2)))
enum Diagnosis {}

/// How the agent bears what it meets: wrong input, broken tools, hostile text, few privileges.
@Suite("The agent", .serialized, .needsLab, .timeLimit(.minutes(2)))
enum Robustness {}
