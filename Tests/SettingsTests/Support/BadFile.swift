import Testing

/// A settings file that is refused, with everything that is said of it.
struct BadFile: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var text: String
  /// Whole lines, `f` being the file.
  var problems: [String]

  init(_ description: String, _ text: String, _ problems: String...) {
    testDescription = description
    self.text = text
    self.problems = problems
  }
}

extension BadFile {
  /// What is no YAML, or more of YAML than settings need.
  static let yaml: [BadFile] = [
    BadFile("a control character", "a\u{7}", "f:1:2: the control character U+0007; expected text"),
    BadFile("a NUL", "skip:\n- \0", "f:2:3: the control character U+0000; expected text"),
    BadFile(
      "an escape sequence", "#\u{1b}[2J", "f:1:2: the control character U+001B; expected text"),
    BadFile(
      "an alias", "sources: *x\n",
      "f:1:10: an alias (\"*\"); expected the value itself"),
    BadFile(
      "anchors and aliases", "sources: &x [10.0.0.1]\nskip: *x\n",
      "f:1:10: an anchor (\"&\"); expected the value alone",
      "f:2:7: an alias (\"*\"); expected the value itself"),
    BadFile(
      "tags", "sources: !!seq [!x 10.0.0.1]\n",
      "f:1:10: a tag (\"!\"); expected the value alone",
      "f:1:17: a tag (\"!\"); expected the value alone"),
    BadFile(
      "a directive", "%YAML 1.2\n---\n",
      "f:1:1: a directive (\"%\"); expected keys with values"),
    BadFile(
      "a merge key", "thresholds:\n  <<: {conntrack: 1}\n",
      "f:2:3: a merge key (\"<<\"); expected the keys themselves"),
    BadFile(
      "a key given twice", "skip: [load]\nsources: [10.0.0.1]\nskip: [tcp]\n",
      "f:3:1: the key \"skip\" again; it stands in line 1"),
    BadFile(
      "a key given twice in an entry", "targets:\n  - url: tcp://:80\n    url: tcp://:81\n",
      "f:3:5: the key \"url\" again; it stands in line 2"),
    BadFile(
      "a list as a key", "? [a, b]\n: 1\n", "f:1:3: a list as a key; expected a word"),
    BadFile("no key", "~: 1\n", "f:1:1: nothing as a key; expected a word"),
    BadFile(
      "two documents", "skip: [load]\n---\nskip: [tcp]\n",
      "f:2:1: a second document; expected one, without \"---\""),
    BadFile(
      "a tab that indents", "thresholds:\n\tconntrack: 1\n",
      "f:2:1: a tab; expected spaces, for YAML indents with them alone"),
    BadFile(
      "a bracket that stays open", "skip: [load\n",
      "f:2:1: not YAML: did not find expected ',' or ']' while parsing a flow sequence"),
    BadFile(
      "lines that do not fit", "skip:\n  - load\n tcp: 1\n",
      "f:3:2: not YAML: did not find expected key while parsing a block mapping"),
    BadFile(
      "too many levels", String(repeating: "[", count: 17),
      "f:1:17: more than 16 levels; expected settings"),
    BadFile(
      "a word", "hello\n",
      "f:1:1: \"hello\"; expected keys with values: targets, listeners, sources, account, metadata, thresholds, receivers, spool, skip"
    ),
    BadFile(
      "a list", "- targets\n",
      "f:1:1: a list; expected keys with values: targets, listeners, sources, account, metadata, thresholds, receivers, spool, skip"
    ),
  ]

  /// Keys and values that no setting has.
  static let values: [BadFile] = [
    BadFile(
      "a slip of the hand", "tresholds: {}\n",
      "f:1:1: the key \"tresholds\" is unknown; expected \"thresholds\""),
    BadFile(
      "a key of nobody's", "destinations: []\n",
      "f:1:1: the key \"destinations\" is unknown; expected one of targets, listeners, sources, account, metadata, thresholds, receivers, spool, skip"
    ),
    BadFile(
      "the API's own spelling", "targets:\n  - url: tcp://:80\n    TimeOut: 3\n",
      "f:3:5: targets[0]: the key \"TimeOut\" is unknown; expected \"timeOut\""),
    BadFile("no value", "targets:\n", "f:1:9: targets: nothing; expected a list of entries"),
    BadFile(
      "an empty list", "targets: []\n", "f:1:10: targets: an empty list; expected a list of entries"
    ),
    BadFile(
      "no source", "sources: []\n",
      "f:1:10: sources: an empty list; expected a list; each ADDRESS or ADDRESS/LENGTH, as "
        + "100.64.0.0/10"),
    BadFile(
      "keys in the place of a list", "skip: {load: true}\n",
      "f:1:7: skip: keys with values; expected a list; each a check's name or a finding's id, as "
        + "\"clb-agent explain\" lists them"),
    BadFile(
      "a list in the place of a value", "thresholds: {conntrack: [1]}\n",
      "f:1:25: thresholds.conntrack: a list; expected a whole number from 1 to 100 (percent)"),
    BadFile(
      "an entry without a URL", "targets:\n  - timeOut: 3\n",
      "f:2:5: targets[0]: no url; expected url: with tcp://, udp://, http://, https://, grpc:// or grpcs:// with "
        + "[ADDRESS]:PORT behind it, as http://:80/health"),
    BadFile(
      "a URL of another kind", "targets: [ftp://:21]\n",
      "f:1:11: targets[0] \"ftp://:21\": expected the scheme tcp, udp, http, https, grpc or grpcs"),
    BadFile(
      "a URL without a port", "targets:\n  - url: tcp://10.0.0.5\n",
      "f:2:10: targets[0].url \"tcp://10.0.0.5\": expected a port from 1 to 65535"),
    BadFile(
      "a source that is no prefix", "sources: [100.64.0.0/10, 100.64.0.0/33]\n",
      "f:1:26: sources[1] \"100.64.0.0/33\": expected ADDRESS or ADDRESS/LENGTH, as 100.64.0.0/10"),
    BadFile(
      "a source given twice", "sources: [10.0.0.1, 10.0.0.1/32]\n",
      "f:1:21: sources[1] \"10.0.0.1/32\": the same again"),
    BadFile(
      "numbers out of range",
      "targets:\n  - url: http://:80\n    timeOut: 1\n    intervalTime: 301\n    healthNum: 11\n"
        + "    unHealthNum: 1\n    servicePort: 65536\n    httpCode: 32\n    sourceIpType: 2\n",
      "f:3:14: targets[0].timeOut \"1\": expected a whole number from 2 to 60 (seconds)",
      "f:4:19: targets[0].intervalTime \"301\": expected a whole number from 2 to 300 (seconds)",
      "f:5:16: targets[0].healthNum \"11\": expected a whole number from 2 to 10",
      "f:6:18: targets[0].unHealthNum \"1\": expected a whole number from 2 to 10",
      "f:7:18: targets[0].servicePort \"65536\": expected a port from 1 to 65535",
      "f:8:15: targets[0].httpCode \"32\": expected classes as 2xx,3xx, or a number from 1 to 31",
      "f:9:19: targets[0].sourceIpType \"2\": expected 0 or 1"),
    BadFile(
      "numbers that are none",
      "thresholds:\n  conntrack: 95%\n  loadOneMinute: 1.5\n"
        + "  acceptQueue: -1\n  ioPressure: 0x10\n  cpuPressure: 99999999999999999999\n",
      "f:2:14: thresholds.conntrack \"95%\": expected a whole number from 1 to 100 (percent)",
      "f:3:18: thresholds.loadOneMinute \"1.5\": expected a whole number from 1 to 1000 (tasks for "
        + "each processor)",
      "f:4:16: thresholds.acceptQueue \"-1\": expected a whole number from 1 to 100 (percent)",
      "f:5:15: thresholds.ioPressure \"0x10\": expected a whole number from 1 to 100 (percent)",
      "f:6:16: thresholds.cpuPressure \"99999999999999999999\": expected a whole number from 1 to "
        + "100 (percent)"),
    BadFile(
      "a domain with a header of its own",
      "targets:\n  - url: http://:80\n    checkDomain: \"a\\r\\nEvil: 1\"\n",
      "f:3:18: targets[0].checkDomain \"a\r\nEvil: 1\": expected 1 to 80 letters, digits, \"-\" and "
        + "\".\""),
    BadFile(
      "a method that CLB has not", "targets:\n  - url: http://:80\n    checkMethod: POST\n",
      "f:3:18: targets[0].checkMethod \"POST\": expected HEAD or GET"),
    BadFile(
      "parameters of another kind of check",
      "targets:\n  - url: tcp://:80\n    httpCode: 2xx\n  - send: x\n    url: http://:80\n",
      "f:3:5: targets[0].httpCode: expected only where the URL's scheme is http or https",
      "f:4:5: targets[1].send: expected only where the URL's scheme is tcp or udp"),
    BadFile(
      "a time limit as long as the interval",
      "targets:\n  - url: tcp://:80\n    timeOut: 5\n    intervalTime: 5\n",
      "f:3:14: targets[0].timeOut \"5\": expected less than intervalTime, which is 5"),
    BadFile(
      "the VIP without its address", "targets:\n  - {url: \"tcp://:80\", sourceIpType: 0}\n",
      "f:2:38: targets[0].sourceIpType \"0\": expected sources beside it, for probes come from the "
        + "CLB's VIP then"),
    BadFile(
      "HEX that is none",
      "targets:\n  - {url: \"udp://:53\", contextType: HEX, send: 0A1, receive: 0G}\n",
      "f:2:48: targets[0].send \"0A1\": expected pairs of 0-9 and A-F, as contextType is HEX",
      "f:2:62: targets[0].receive \"0G\": expected pairs of 0-9 and A-F, as contextType is HEX"),
    BadFile(
      "documents beside targets", "listeners: x\ntargets: [\"tcp://:80\"]\n",
      "f:1:12: listeners: expected without targets, for the documents name them with all "
        + "parameters"),
    BadFile(
      "checks that are none", "skip: [lod, nearly-full, conntrack.nearlyfull]\n",
      "f:1:8: skip[0] \"lod\": expected \"load\"",
      "f:1:13: skip[1] \"nearly-full\": expected a check's name or a finding's id, as \"clb-agent "
        + "explain\" lists them",
      "f:1:26: skip[2] \"conntrack.nearlyfull\": expected \"conntrack.nearly-full\""),
    BadFile(
      "a long value", "skip: \(String(repeating: "ab", count: 200))\n",
      "f:1:7: skip \"\(String(repeating: "ab", count: 30))…\": expected a check's name or a "
        + "finding's id, as \"clb-agent explain\" lists them"),
  ]
}
