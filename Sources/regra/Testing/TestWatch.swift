private import Glibc
import Logging
import Streams

/// Runs tests again when a file of theirs has changed and stands still.
struct TestWatch {
  let paths: [String]

  private static let pause = Duration.milliseconds(300)

  func run(_ once: () async throws -> Void) async throws {
    var tried: [FileMark] = []
    var seen = marks()
    while !Task.isCancelled {
      if seen != tried {
        tried = seen
        if isatty(STDOUT_FILENO) == 1 { Terminal.print("\u{1B}[H\u{1B}[2J") }
        do {
          try await once()
        } catch let failure as CommandFailure {
          Terminal.say("regra: \(failure.sentence)\n", .error)
        } catch let failure as FileFailure {
          Terminal.say("regra: \(failure.path): \(failure.cause)\n", .error)
        }
        Terminal.say("watching \(paths.joined(separator: ", ")); ctrl-C ends it\n")
      }
      try await Task.sleep(for: Self.pause)
      seen = settled(after: seen)
    }
  }

  /// What stands there once two looks see the same.
  private func settled(after last: [FileMark]) -> [FileMark] {
    let now = marks()
    guard now != last else { return now }
    usleep(50_000)
    let next = marks()
    return next == now ? now : last
  }

  /// When each file below the paths was written last.
  private func marks() -> [FileMark] {
    paths.flatMap { path in
      let directory = FileTree.isDirectory(path) ? path : FilePlace.directory(of: path)
      return FileTree.marks(below: directory)
    }
  }
}
