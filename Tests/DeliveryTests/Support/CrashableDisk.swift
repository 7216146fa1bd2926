import Glibc
import TestSupport

@testable import Delivery

/// A disk that keeps, of what was not synchronized, whatever a crash chooses.
///
/// It is harsher than file systems are: each name is kept or lost by itself, also the two of one rename.
struct CrashableDisk {
  /// What becomes of that which was not synchronized.
  enum Survival: CaseIterable {
    case nothing, everything, chance
  }

  private struct File {
    var content: [UInt8]
    var isSynchronized: Bool
  }

  private var files: [Int: File] = [:]
  private var names: [String: Int] = [:]
  private var lastingNames: [String: Int] = [:]
  /// What a name has stood for since its directory was synchronized.
  private var history: [String: [Int?]] = [:]
  private var directories: Set<String> = ["."]
  private var lastingDirectories: Set<String> = ["."]
  private var nextFile = 0
  /// Steps so far, each of which a crash may precede.
  private(set) var steps = 0
  /// The disk does no step after that many.
  var crashAfter: Int?
  /// Bytes that it holds; `nil` for any number.
  var capacity: Int?
  /// Error numbers for the next calls of a name: `["link": [EPERM]]`.
  var faults: [String: [Int32]] = [:]
  /// Every call of these names fails so: `["rename": EROFS]`.
  var lastingFaults: [String: Int32] = [:]

  var isCrashed: Bool { crashAfter.map { steps > $0 } ?? false }

  private mutating func step(_ call: String, _ path: String) throws(SpoolFileError) {
    steps += 1
    if isCrashed { throw SpoolFileError(call: "crash", path: path, number: EIO) }
    if let number = lastingFaults[call] {
      throw SpoolFileError(call: call, path: path, number: number)
    }
    if var numbers = faults[call], !numbers.isEmpty {
      let number = numbers.removeFirst()
      faults[call] = numbers
      if number != 0 { throw SpoolFileError(call: call, path: path, number: number) }
    }
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private mutating func set(_ path: String, _ file: Int?) {
    names[path] = file
    history[path, default: []].append(file)
  }

  private func file(_ path: String, _ call: String) throws(SpoolFileError) -> Int {
    guard let file = names[path] else {
      throw SpoolFileError(
        call: call, path: path, number: directories.contains(path) ? EISDIR : ENOENT)
    }
    return file
  }

  private var used: Int {
    Set(names.values).reduce(0) { $0 + (files[$1]?.content.count ?? 0) }
  }

  private func requireDirectory(of path: String, _ call: String) throws(SpoolFileError) {
    guard directories.contains(Self.parent(of: path)) else {
      throw SpoolFileError(call: call, path: path, number: ENOENT)
    }
  }

  mutating func makeDirectory(_ path: String) throws(SpoolFileError) {
    guard !directories.contains(path) else { return }
    try step("mkdir", path)
    directories.insert(path)
  }

  mutating func list(_ directory: String) throws(SpoolFileError) -> [SpoolFile] {
    guard !isCrashed else { throw SpoolFileError(call: "crash", path: directory, number: EIO) }
    guard directories.contains(directory) else {
      throw SpoolFileError(call: "open", path: directory, number: ENOENT)
    }
    let inside = names.filter { Self.parent(of: $0.key) == directory }.map { path, file in
      SpoolFile(
        name: String(path.dropFirst(directory.count + 1)), bytes: files[file]?.content.count ?? 0)
    }
    let below = directories.filter { $0 != "." && Self.parent(of: $0) == directory }.map { path in
      SpoolFile(name: String(path.dropFirst(directory == "." ? 0 : directory.count + 1)), bytes: 0)
    }
    return inside + below
  }

  mutating func create(_ path: String, _ bytes: [UInt8]) throws(SpoolFileError) {
    try requireDirectory(of: path, "open")
    guard names[path] == nil else {
      throw SpoolFileError(call: "open", path: path, number: EEXIST)
    }
    try step("open", path)
    let file = nextFile
    nextFile += 1
    files[file] = File(content: [], isSynchronized: false)
    set(path, file)
    do throws(SpoolFileError) {
      try step("write", path)
      files[file]?.content = bytes
      if let capacity, used > capacity {
        throw SpoolFileError(call: "write", path: path, number: ENOSPC)
      }
      try step("fsync", path)
      files[file]?.isSynchronized = true
    } catch {
      if !isCrashed { set(path, nil) }
      throw error
    }
  }

  mutating func read(_ path: String, limit: Int) throws(SpoolFileError) -> [UInt8] {
    guard !isCrashed else { throw SpoolFileError(call: "crash", path: path, number: EIO) }
    let content = files[try file(path, "open")]?.content ?? []
    guard content.count <= limit else {
      throw SpoolFileError(call: "read", path: path, number: EFBIG)
    }
    return content
  }

  mutating func link(_ path: String, to other: String) throws(SpoolFileError) {
    let file = try file(path, "link")
    try requireDirectory(of: other, "link")
    guard names[other] == nil else {
      throw SpoolFileError(call: "link", path: other, number: EEXIST)
    }
    try step("link", other)
    set(other, file)
  }

  mutating func rename(_ path: String, to other: String) throws(SpoolFileError) {
    let file = try file(path, "rename")
    try requireDirectory(of: other, "rename")
    try step("rename", other)
    set(other, file)
    set(path, nil)
  }

  mutating func remove(_ path: String) throws(SpoolFileError) {
    _ = try file(path, "unlink")
    try step("unlink", path)
    set(path, nil)
  }

  mutating func synchronize(_ directory: String) throws(SpoolFileError) {
    guard directories.contains(directory) else {
      throw SpoolFileError(call: "open", path: directory, number: ENOENT)
    }
    try step("fsync of a directory", directory)
    for path in history.keys where Self.parent(of: path) == directory {
      lastingNames[path] = names[path]
      history[path] = nil
    }
    for path in directories where Self.parent(of: path) == directory {
      lastingDirectories.insert(path)
    }
  }

  /// The disk as the next run finds it.
  func afterCrash(_ survival: Survival, seed: UInt64) -> CrashableDisk {
    var generator = SeededGenerator(seed: seed)
    var disk = CrashableDisk()
    disk.nextFile = nextFile
    for path in directories.sorted() {
      let stays = lastingDirectories.contains(path) || Self.keeps(survival, &generator)
      if stays, disk.directories.contains(Self.parent(of: path)) { disk.directories.insert(path) }
    }
    for path in Set(names.keys).union(lastingNames.keys).union(history.keys).sorted() {
      let states = [lastingNames[path]] + (history[path] ?? [])
      let state =
        switch survival {
        case .nothing: states.first
        case .everything: states.last
        case .chance: states.randomElement(using: &generator)
        }
      guard let file = state ?? nil, disk.directories.contains(Self.parent(of: path)) else {
        continue
      }
      disk.names[path] = file
    }
    for file in disk.names.values.sorted() {
      guard var kept = files[file] else { continue }
      if !kept.isSynchronized { kept.content = Self.torn(kept.content, survival, &generator) }
      kept.isSynchronized = true
      disk.files[file] = kept
    }
    disk.lastingNames = disk.names
    disk.lastingDirectories = disk.directories
    return disk
  }

  private static func keeps(
    _ survival: Survival, _ generator: inout SeededGenerator
  ) -> Bool {
    switch survival {
    case .nothing: false
    case .everything: true
    case .chance: Bool.random(using: &generator)
    }
  }

  private static func torn(
    _ content: [UInt8], _ survival: Survival, _ generator: inout SeededGenerator
  ) -> [UInt8] {
    if survival == .nothing || content.isEmpty { return [] }
    if survival == .everything { return content }
    let length = Int.random(in: 0...content.count, using: &generator)
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return Array(content[..<length])
    case 1: return content[..<length] + [UInt8](repeating: 0, count: content.count - length)
    default: return [UInt8](repeating: 0, count: content.count)
    }
  }
}
