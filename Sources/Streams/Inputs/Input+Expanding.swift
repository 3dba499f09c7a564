internal import Glibc

extension Input {
  /// Names of files that a directory is searched for.
  private static let endings = [".ndjson", ".jsonl", ".json", ".csv"]

  /// The sources that arguments name: `-`, files, directories, patterns; none means stdin.
  package static func expand(_ arguments: [String]) throws(FileFailure) -> [Input] {
    if arguments.isEmpty { return [standardInput()] }
    var inputs: [Input] = []
    for argument in arguments {
      if argument == "-" {
        inputs.append(standardInput())
      } else {
        try inputs.append(contentsOf: expand(argument))
      }
    }
    return inputs
  }

  private static func standardInput() -> Input {
    guard case .regular(let byteCount) = FileKind(descriptor: STDIN_FILENO) else {
      return Input(.standardInput, path: "stdin", byteCount: nil)
    }
    return Input(.standardInput, path: "stdin", byteCount: byteCount)
  }

  private static func expand(_ path: String) throws(FileFailure) -> [Input] {
    switch FileKind(path: path) {
    case .regular(let byteCount):
      guard access(path, R_OK) == 0 else {
        throw FileFailure(path: path, SystemFailure(code: errno))
      }
      return [Input(.file(path), path: path, byteCount: byteCount)]
    case .stream: return [Input(.file(path), path: path, byteCount: nil)]
    case .directory: return try expandDirectory(path)
    case .absent(let failure):
      guard path.utf8.contains(where: { "*?[".utf8.contains($0) }) else {
        throw FileFailure(path: path, failure)
      }
      return try expandPattern(path)
    }
  }

  private static func expandDirectory(_ directory: String) throws(FileFailure) -> [Input] {
    let files = try FileTree.files(below: directory) { name in
      endings.contains { ending in
        name.utf8.hasEnding(ending.utf8) || name.utf8.hasEnding((ending + ".gz").utf8)
      }
    }
    guard !files.isEmpty else {
      throw FileFailure(
        path: directory,
        cause:
          "no event files in this directory (*.ndjson, *.jsonl, *.json, *.csv, or these with .gz)"
      )
    }
    var inputs: [Input] = []
    for file in files { try inputs.append(contentsOf: expand(FileTree.join(directory, file))) }
    return inputs
  }

  private static func expandPattern(_ pattern: String) throws(FileFailure) -> [Input] {
    var matches = glob_t()
    defer { globfree(&matches) }
    let status = glob(pattern, GLOB_NOSORT, nil, &matches)
    var paths: [String] = []
    if status == 0, let first = matches.gl_pathv {
      for index in 0..<Int(matches.gl_pathc) {
        if let path = first[index] { paths.append(String(cString: path)) }
      }
    }
    guard !paths.isEmpty else {
      throw FileFailure(path: pattern, cause: "no file matches this pattern")
    }
    var inputs: [Input] = []
    for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      try inputs.append(contentsOf: expand(path))
    }
    return inputs
  }
}

extension String.UTF8View {
  /// Whether the bytes end so; unlike `hasSuffix` without looking at characters.
  func hasEnding(_ ending: String.UTF8View) -> Bool {
    count >= ending.count && suffix(ending.count).elementsEqual(ending)
  }
}
