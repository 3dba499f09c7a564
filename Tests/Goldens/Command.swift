import Foundation

/// The `regra` that was built with the tests, run in the package's root.
struct Command {
  var status: Int32
  var output: String
  var errors: String

  /// Runs `regra` with these arguments.
  init(_ arguments: [String], input: String = "") throws {
    try self.init(Self.executable, arguments, input: input)
  }

  /// Runs one line of a shell in which `regra` is the built one.
  init(shell line: String) throws {
    try self.init(URL(filePath: "/bin/sh"), ["-c", line], input: "")
  }

  private init(_ executable: URL, _ arguments: [String], input: String) throws {
    let scratch = try Scratch()
    let inputFile = try scratch.write(input, to: "stdin")
    let outputFile = try scratch.write("", to: "stdout")
    let errorFile = try scratch.write("", to: "stderr")
    let process = Self.process(executable, arguments)
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: outputFile, encoding: .utf8)
    errors = try String(contentsOf: errorFile, encoding: .utf8)
  }

  /// `regra` with these arguments, not started yet.
  static func process(_ arguments: [String]) -> Process { process(executable, arguments) }

  /// One line of a shell in which `regra` is the built one, not started yet.
  static func process(shell line: String) -> Process {
    process(URL(filePath: "/bin/sh"), ["-c", line])
  }

  private static func process(_ executable: URL, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = packageRoot
    process.environment = [
      "PATH": Self.executable.deletingLastPathComponent().path + ":/usr/bin:/bin",
      "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
    ]
    return process
  }

  /// SwiftPM puts the executable beside the test bundle.
  private static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "regra")
}

/// A directory that goes with the value.
final class Scratch {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "regra-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) throws -> URL {
    let file = directory.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file
  }

  deinit { try? FileManager.default.removeItem(at: directory) }
}
