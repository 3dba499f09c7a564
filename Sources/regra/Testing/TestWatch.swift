private import Glibc
import Logging
import Streams

/// Runs tests again when a file of theirs has changed and stands still.
struct TestWatch {
  let paths: [String]

  private static let pause = Duration.milliseconds(300)

  /// Runs `once` now and after each change; it gives the files that it has read.
  func run(_ once: () async throws -> Set<String>) async throws {
    var files: Set<String> = []
    var tried: [FileMark] = []
    var seen = marks(files)
    var isFirst = true
    while !Task.isCancelled {
      if isFirst || seen != tried {
        isFirst = false
        tried = seen
        if isatty(STDOUT_FILENO) == 1 { Terminal.print("\u{1B}[H\u{1B}[2J") }
        do {
          let read = try await once()
          // What changed meanwhile is seen at the next look, unless it was not known before.
          if read != files { tried = marks(read) }
          files = read
        } catch let failure as CommandFailure {
          Terminal.say("regra: \(failure.sentence)\n", .error)
        } catch let failure as FileFailure {
          Terminal.say("regra: \(failure.path): \(failure.cause)\n", .error)
        }
        Terminal.say("watching \(paths.joined(separator: ", ")); ctrl-C ends it\n")
      }
      try await Task.sleep(for: Self.pause)
      seen = settled(after: tried, files)
    }
  }

  /// What stands there once two looks see the same.
  private func settled(after last: [FileMark], _ files: Set<String>) -> [FileMark] {
    let now = marks(files)
    guard now != last else { return now }
    usleep(50_000)
    let next = marks(files)
    return next == now ? now : last
  }

  /// When each rule and test file below the paths, and each file that tests name, was written last.
  private func marks(_ files: Set<String>) -> [FileMark] {
    let below = paths.flatMap { path in
      let directory = FileTree.isDirectory(path) ? path : FilePlace.directory(of: path)
      return FileTree.yamlMarks(below: directory)
    }
    return below + files.sorted().compactMap { FileMark(path: $0) }
  }
}
