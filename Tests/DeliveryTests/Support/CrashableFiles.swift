import Synchronization

@testable import Delivery

/// Files on a `CrashableDisk`.
final class CrashableFiles: SpoolFiles {
  private let disk: Mutex<CrashableDisk>

  init(_ disk: CrashableDisk = CrashableDisk()) { self.disk = Mutex(disk) }

  /// The disk as it is, with changes if wanted.
  func withDisk<Value: Sendable>(_ body: (inout sending CrashableDisk) -> sending Value) -> Value {
    disk.withLock(body)
  }

  var isCrashed: Bool { withDisk { $0.isCrashed } }
  var steps: Int { withDisk { $0.steps } }

  private func perform<Value: Sendable>(
    _ body: (inout CrashableDisk) throws(SpoolFileError) -> Value
  ) throws(SpoolFileError) -> Value {
    let result = disk.withLock { disk -> Result<Value, SpoolFileError> in
      do throws(SpoolFileError) { return .success(try body(&disk)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  func describe(_ path: String) -> String { path }

  func makeDirectory(_ path: String) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.makeDirectory(path) }
  }

  func list(_ directory: String) throws(SpoolFileError) -> [SpoolFile] {
    try perform { disk throws(SpoolFileError) in try disk.list(directory) }
  }

  func create(_ path: String, _ bytes: [UInt8]) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.create(path, bytes) }
  }

  func read(_ path: String, limit: Int) throws(SpoolFileError) -> [UInt8] {
    try perform { disk throws(SpoolFileError) in try disk.read(path, limit: limit) }
  }

  func link(_ path: String, to other: String) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.link(path, to: other) }
  }

  func rename(_ path: String, to other: String) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.rename(path, to: other) }
  }

  func remove(_ path: String) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.remove(path) }
  }

  func synchronize(_ directory: String) throws(SpoolFileError) {
    try perform { disk throws(SpoolFileError) in try disk.synchronize(directory) }
  }
}
