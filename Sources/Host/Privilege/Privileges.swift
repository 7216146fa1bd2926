internal import CCapability
internal import CLinux
internal import Glibc

/// The capabilities of this process, changed by libcap.
///
/// Capabilities belong to a thread, and a new thread or process has those of the one that made it. So
/// they are given up only while there is one thread, before anything concurrent begins.
package enum Privileges {
  /// Which of the capabilities that we know are in force now.
  package static func current() -> Set<Capability> { flagged(CAP_EFFECTIVE) }

  /// Keeps these capabilities, for this process and the commands it runs, and gives up all others.
  ///
  /// A command of root would regain them all at its start, and a command of a service user would have
  /// none: so the bounding set is emptied of the others, and those kept become ambient.
  ///
  /// - Throws: the first call that failed. What was given up before it stays given up.
  package static func keepOnly(_ kept: Set<Capability>) throws(PrivilegeError) {
    guard clb_set_no_new_privileges() == 0 else { throw PrivilegeError("prctl") }
    try emptyBoundingSet(butFor: kept)
    let numbers = kept.intersection(permitted()).map(\.number)
    guard let state = cap_init() else { throw PrivilegeError("cap_init") }
    defer { cap_free(UnsafeMutableRawPointer(state)) }
    for set in [CAP_PERMITTED, CAP_EFFECTIVE, CAP_INHERITABLE] where !numbers.isEmpty {
      let flagged = numbers.withUnsafeBufferPointer {
        cap_set_flag(state, set, Int32($0.count), $0.baseAddress, CAP_SET)
      }
      guard flagged == 0 else { throw PrivilegeError("cap_set_flag") }
    }
    guard cap_set_proc(state) == 0 else { throw PrivilegeError("cap_set_proc") }
    // Kernels before 4.3 have no ambient set; there, a service user's commands simply have nothing.
    guard cap_reset_ambient() == 0 else { return }
    for number in numbers { _ = cap_set_ambient(number, CAP_SET) }
  }

  /// Does something as the user who runs this process may do it, without what file capabilities add.
  ///
  /// Root is not asked to do without: root's rights are the user's own.
  package static func asUser<Value>(_ work: () -> Value) -> Value {
    guard geteuid() != 0, let before = cap_get_proc() else { return work() }
    defer { cap_free(UnsafeMutableRawPointer(before)) }
    guard let bare = cap_dup(before), cap_clear_flag(bare, CAP_EFFECTIVE) == 0 else {
      return work()
    }
    defer { cap_free(UnsafeMutableRawPointer(bare)) }
    guard cap_set_proc(bare) == 0 else { return work() }
    let value = work()
    let number = errno
    cap_set_proc(before)
    errno = number
    return value
  }

  private static func permitted() -> Set<Capability> { flagged(CAP_PERMITTED) }

  private static func flagged(_ set: cap_flag_t) -> Set<Capability> {
    guard let state = cap_get_proc() else { return [] }
    defer { cap_free(UnsafeMutableRawPointer(state)) }
    return Set(
      Capability.allCases.filter { capability in
        var flag = CAP_CLEAR
        let read = cap_get_flag(state, capability.number, set, &flag)
        return read == 0 && flag == CAP_SET
      })
  }

  private static func emptyBoundingSet(butFor kept: Set<Capability>) throws(PrivilegeError) {
    let numbers = Set(kept.map(\.number))
    var number: cap_value_t = 0
    // cap_get_bound answers -1 for the first number that this kernel does not have.
    while case let bound = cap_get_bound(number), bound >= 0 {
      if bound == 1, !numbers.contains(number), cap_drop_bound(number) != 0, errno != EPERM {
        throw PrivilegeError("cap_drop_bound")
      }
      number += 1
    }
  }
}

extension Capability {
  /// The number in `linux/capability.h`.
  fileprivate var number: cap_value_t {
    switch self {
    case .netAdmin: CAP_NET_ADMIN
    case .netRaw: CAP_NET_RAW
    case .sysPtrace: CAP_SYS_PTRACE
    case .dacReadSearch: CAP_DAC_READ_SEARCH
    }
  }
}

/// A call of libcap or prctl(2) that failed.
package struct PrivilegeError: Error, Sendable, Hashable, CustomStringConvertible {
  package var call: String
  package var error: String

  init(_ call: String) {
    self.call = call
    error = systemErrorText(errno)
  }

  package var description: String { "\(call): \(error)" }
}
