import CFuzzer
import Glibc

/// `packet-filter-fuzz TARGET [ARGUMENT…]`: runs one target under libFuzzer, with its arguments.
@main
enum FuzzTool {
  static func main() {
    let name = CommandLine.arguments.dropFirst().first.map(plain) ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      print("usage: packet-filter-fuzz TARGET [ARGUMENT…]")
      print("targets: " + FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
      exit(64)
    }
    // libFuzzer takes a bare word for a corpus, leaves alone what begins with two dashes, and starts
    // itself anew with all arguments to make a crash small.
    let arguments = CommandLine.unsafeArgv
    arguments[1] = strdup("--\(name)")
    var count = CommandLine.argc
    var first: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = arguments
    exit(LLVMFuzzerRunDriver(&count, &first, target.function))
  }

  private static func plain(_ argument: String) -> String {
    argument.hasPrefix("--") ? String(argument.dropFirst(2)) : argument
  }
}
