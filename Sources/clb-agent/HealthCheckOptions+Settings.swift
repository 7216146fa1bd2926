import LoadBalancer
import Settings

extension HealthCheckOptions {
  /// What the options say, to go before the settings file.
  ///
  /// - Parameters:
  ///   - only: those of `--only`, where the command has it.
  ///   - skip: those of `--skip`.
  func settings(
    only: [String] = [], skip: [String] = []
  ) throws(RunError) -> CommandLineSettings {
    var line = CommandLineSettings()
    line.targets = try urls()
    line.listeners = try documents()
    line.sources = source.isEmpty ? [] : try sources()
    line.only = only
    line.skip = skip
    let check = try healthCheck()
    line.check.timeOut = timeout.map { _ in Setting(check.timeOut, from: .option("--timeout")) }
    line.check.httpCode = httpCode.map { _ in
      Setting(check.httpCode, from: .option("--http-code"))
    }
    line.check.checkMethod = checkMethod.map { _ in
      Setting(check.httpCheckMethod, from: .option("--check-method"))
    }
    line.check.checkDomain = checkDomain.map { Setting($0, from: .option("--check-domain")) }
    line.check.httpVersion = httpVersion.map { _ in
      Setting(check.httpVersion, from: .option("--http-version"))
    }
    line.check.extendedCode = grpcCode.map { _ in
      Setting(check.extendedCode, from: .option("--grpc-code"))
    }
    if let custom = check.custom {
      line.check.contextType = Setting(
        custom.contextType, from: .option(hex ? "--hex" : send == nil ? "--receive" : "--send"))
    }
    line.check.send = send.map { Setting($0, from: .option("--send")) }
    line.check.receive = receive.map { Setting($0, from: .option("--receive")) }
    return line
  }
}
