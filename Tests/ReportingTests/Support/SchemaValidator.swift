import FoundationEssentials
import Glibc

/// The Python package jsonschema, which knows nothing of our own reading of the schema.
enum SchemaValidator {
  /// Whether python3 and its package jsonschema, 4 or later, are here.
  static let isAvailable: Bool = {
    (try? run(["-c", "import jsonschema; jsonschema.Draft202012Validator"]))?.status == 0
  }()

  /// The report's schema, as published.
  static let schema = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Docs/report-v1.schema.json")

  /// What the validator has against the document, one line each; empty when it is valid.
  ///
  /// - Parameter isClosed: whether members that the schema does not name are refused too.
  static func complaints(about document: String, isClosed: Bool = false) throws -> [String] {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "clb-agent-report-\(UUID().uuidString).json")
    try Data(document.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let arguments = [schema.path, file.path] + (isClosed ? ["closed"] : [])
    let (status, output) = try run(["-c", script] + arguments)
    guard status == 0 else { throw Failure(status: status, output: output) }
    return output.split(separator: "\n").map(String.init)
  }

  /// Every member and every enumerated word of the schema.
  static func namesAndWords() throws -> [String] {
    let (status, output) = try run(["-c", listing, schema.path])
    guard status == 0 else { throw Failure(status: status, output: output) }
    return output.split(separator: "\n").map(String.init)
  }

  struct Failure: Error {
    let status: Int32
    let output: String
  }

  private static let script = """
    import json, sys
    from jsonschema import Draft202012Validator
    def close(node):
        if isinstance(node, dict):
            if "properties" in node: node["additionalProperties"] = False
            for key, value in node.items():
                if key not in ("if", "then", "else"): close(value)
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    if "closed" in sys.argv: close(schema)
    report = json.load(open(sys.argv[2], encoding="utf-8"))
    for error in Draft202012Validator(schema).iter_errors(report):
        print(error.json_path + ": " + error.message.encode("unicode_escape").decode())
    """

  private static let listing = """
    import json, sys
    names = set()
    def walk(node):
        if isinstance(node, dict):
            names.update(node.get("properties", {}))
            names.update(word for word in node.get("enum", []) if word is not None)
            for value in node.values(): walk(value)
    walk(json.load(open(sys.argv[1], encoding="utf-8")))
    print("\\n".join(sorted(names)))
    """

  /// Runs python3 with these arguments and gives its exit status and output.
  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "clb-agent-validator-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var words = (["python3"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let error = posix_spawnp(&child, "python3", &actions, nil, &words, environ)
    guard error == 0 else { throw Failure(status: error, output: "posix_spawnp") }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return (status, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
