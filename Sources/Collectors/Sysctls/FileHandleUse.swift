/// The file handles of the whole host.
///
/// Source: `/proc/sys/fs/file-nr`, proc(5).
package struct FileHandleUse: Sendable, Hashable {
  package var allocated: Int
  /// Allocated and not in use; always 0 since 2.6.
  package var unused: Int
  package var maximum: Int

  package init(allocated: Int, unused: Int, maximum: Int) {
    self.allocated = allocated
    self.unused = unused
    self.maximum = maximum
  }
}
