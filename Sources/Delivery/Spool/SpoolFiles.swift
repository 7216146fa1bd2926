/// The file operations that the spool is made of, in one directory.
///
/// Paths are relative to that directory. What survives a loss of power is stated for each: the spool relies
/// on that and nothing more, and its tests run on a layer that gives nothing more.
package protocol SpoolFiles: Sendable {
  /// What messages call that path.
  func describe(_ path: String) -> String

  /// Makes a directory that only its owner may enter; one that is there stays.
  ///
  /// It lasts once its parent directory is synchronized.
  func makeDirectory(_ path: String) throws(SpoolFileError)

  /// The names in a directory, in no order; `.` and `..` are not among them.
  func list(_ directory: String) throws(SpoolFileError) -> [SpoolFile]

  /// Makes a file that was not there, writes it whole, and synchronizes its content.
  ///
  /// Its name lasts once its directory is synchronized. After an error there is no such file, unless the
  /// process or the machine ended in the midst.
  func create(_ path: String, _ bytes: [UInt8]) throws(SpoolFileError)

  /// The content of a regular file, which is never waited for.
  ///
  /// - Throws: EFBIG for more bytes than the limit, EINVAL for what is no regular file.
  func read(_ path: String, limit: Int) throws(SpoolFileError) -> [UInt8]

  /// Gives a file one more name, which was not taken.
  func link(_ path: String, to other: String) throws(SpoolFileError)

  /// Gives a file another name, which may be taken; the name lasts once its directory is synchronized.
  func rename(_ path: String, to other: String) throws(SpoolFileError)

  /// Removes a name.
  func remove(_ path: String) throws(SpoolFileError)

  /// Makes the names in a directory last.
  func synchronize(_ directory: String) throws(SpoolFileError)
}

/// A name in a directory of the spool.
package struct SpoolFile: Sendable, Hashable {
  package var name: String
  /// The file's size in bytes; 0 for what vanished meanwhile.
  package var bytes: Int

  package init(name: String, bytes: Int) {
    self.name = name
    self.bytes = bytes
  }
}

extension SpoolFiles {
  /// Writes a file in the place of one that may be there, so that a reader finds either, whole.
  package func replace(_ path: String, _ bytes: [UInt8]) throws(SpoolFileError) {
    let temporary = SpoolLayout.temporary(path)
    try createAnew(temporary, bytes)
    do throws(SpoolFileError) {
      try rename(temporary, to: path)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// Makes a file under a temporary name, which an earlier run may have left behind.
  func createAnew(_ temporary: String, _ bytes: [UInt8]) throws(SpoolFileError) {
    do throws(SpoolFileError) {
      try create(temporary, bytes)
    } catch {
      guard error.isTaken else { throw error }
      try remove(temporary)
      try create(temporary, bytes)
    }
  }

  /// Removes a name that may be gone already.
  func removeIfThere(_ path: String) throws(SpoolFileError) {
    do throws(SpoolFileError) {
      try remove(path)
    } catch {
      guard error.isMissing else { throw error }
    }
  }

  /// The names in a directory; none where there is no such directory.
  func listIfThere(_ directory: String) throws(SpoolFileError) -> [SpoolFile] {
    do throws(SpoolFileError) {
      return try list(directory)
    } catch {
      guard error.isMissing else { throw error }
      return []
    }
  }
}
