package import Diagnostics

/// Rule files as arguments name them.
package enum RuleFiles {
  /// The texts of files and of the rule files below directories, in the order their rules fire.
  ///
  /// Tests of rules, `*.test.yaml`, are left out.
  package static func read(_ arguments: [String]) throws(FileFailure) -> [SourceText] {
    var sources: [SourceText] = []
    for argument in arguments {
      switch FileKind(path: argument) {
      case .absent(let failure): throw FileFailure(path: argument, failure)
      case .regular, .stream:
        sources.append(SourceText(path: argument, utf8: try FileTree.contents(of: argument)))
      case .directory:
        let files = try FileTree.files(below: argument, where: isRuleFile)
        guard !files.isEmpty else {
          throw FileFailure(
            path: argument, cause: "no rule files (*.yaml, *.yml) in this directory")
        }
        for file in files {
          let path = FileTree.join(argument, file)
          sources.append(SourceText(path: path, utf8: try FileTree.contents(of: path)))
        }
      }
    }
    return sources
  }

  /// The paths of rule files and of files of tests: files as they are named, and those below directories.
  package static func allPaths(_ arguments: [String]) throws(FileFailure) -> [String] {
    var paths: [String] = []
    for argument in arguments {
      switch FileKind(path: argument) {
      case .absent(let failure): throw FileFailure(path: argument, failure)
      case .regular, .stream: paths.append(argument)
      case .directory:
        let files = try FileTree.files(below: argument) { isRuleFile($0) || isTestFile($0) }
        paths += files.map { FileTree.join(argument, $0) }
      }
    }
    return paths
  }

  /// The paths of the files of tests below directories, and of those among the arguments themselves.
  package static func testPaths(_ arguments: [String]) throws(FileFailure) -> [String] {
    var paths: [String] = []
    for argument in arguments {
      switch FileKind(path: argument) {
      case .absent(let failure): throw FileFailure(path: argument, failure)
      case .regular, .stream:
        if isTestFile(argument) { paths.append(argument) }
      case .directory:
        let files = try FileTree.files(below: argument, where: isTestFile)
        paths += files.map { FileTree.join(argument, $0) }
      }
    }
    return paths
  }

  /// Whether a file of this name holds tests of rules.
  package static func isTestFile(_ name: String) -> Bool {
    name.utf8.hasEnding(".test.yaml".utf8) || name.utf8.hasEnding(".test.yml".utf8)
  }

  private static func isRuleFile(_ name: String) -> Bool {
    let isYAML = name.utf8.hasEnding(".yaml".utf8) || name.utf8.hasEnding(".yml".utf8)
    return isYAML && !isTestFile(name)
  }
}
