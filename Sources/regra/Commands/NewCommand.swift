import ArgumentParser
import Streams

/// `regra new`: a folder to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Make a folder with a first ruleset, its tests and some events.",
    discussion: """
      The rules check clean, their tests pass and cover every line, and a README says what to do \
      next. Files that are there already are never replaced: if one is in the way, nothing is written.
      """)

  static let environmentFlags: [FlagEnvironment.FlagName] = []

  @Argument(help: "The folder; made where it is not there.")
  var directory = "."

  func run() throws {
    do throws(FileFailure) {
      let starter = Starter(Terminal.language)
      try starter.write(to: directory)
      Terminal.say(starter.farewell(directory))
    } catch {
      throw CommandFailure(error).exit()
    }
  }
}
