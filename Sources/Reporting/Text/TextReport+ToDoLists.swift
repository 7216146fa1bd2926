import Checker

extension TextReport {
  mutating func writeToDoLists() {
    let lists = ToDoList.lists(of: report.diagnosis.findings)
    guard !lists.isEmpty else { return }
    writer.heading("What to do")
    for list in lists {
      writer.blank()
      writer.line([Span(list.layer.title, .strong)])
      for (index, step) in list.steps.enumerated() { write(step, number: index + 1) }
    }
  }

  private mutating func write(_ step: ToDoList.Step, number: Int) {
    let remedy = step.remedy
    let label = "\(number < 10 ? " " : "")\(number). "
    let indent = 1 + label.count
    writer.paragraph(remedy.summary, indent: 1, label: [Span(label)])
    let flags = step.flags
    if !flags.isEmpty { writer.paragraph(flags.joined(separator: " "), indent: indent) }
    write(remedy.commands, indent: indent)
    writeCommands(remedy.undo, title: "undo:", indent: indent)
    writeCommands(remedy.verify.map { [$0] } ?? [], title: "verify:", indent: indent)
    let findings = step.findings.map(\.rawValue).joined(separator: ", ")
    writer.paragraph(findings, indent: indent, label: [Span("for ")])
  }

  private mutating func writeCommands(_ commands: [String], title: String, indent: Int) {
    guard !commands.isEmpty else { return }
    writer.paragraph(title, indent: indent)
    write(commands, indent: indent)
  }

  private mutating func write(_ commands: [String], indent: Int) {
    let shell = report.host.operatingSystem.shell
    for command in commands { writer.command(command, indent: indent + 2, shell: shell) }
  }
}

extension ToDoList.Step {
  /// What to know before typing, each in parentheses.
  fileprivate var flags: [String] {
    var flags: [String] = []
    if let cause { flags.append("(only if still needed without \(cause))") }
    if let fallbackFor { flags.append("(if step \(fallbackFor) is not possible or not enough)") }
    if remedy.persistence == .temporary { flags.append("(temporary: until reboot)") }
    if remedy.disruptive { flags.append("(interrupts traffic)") }
    return flags
  }
}
