/// A process and the kernel's name of it, `/proc/PID/comm`, at most 15 bytes.
package struct ProcessName: Sendable, Hashable {
  package var process: Int
  package var name: String

  package init(process: Int, name: String) {
    self.process = process
    self.name = name
  }
}
