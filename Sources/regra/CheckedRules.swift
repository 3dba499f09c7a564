import ArgumentParser
import Contacts
import Diagnostics
import Knowledge
import Logging
import Rulesets
import Streams

/// Rule files that were read and checked.
struct CheckedRules {
  var sources: [SourceText]
  /// Absent where there are errors.
  var ruleset: Ruleset?
  var diagnostics: [Diagnostic]

  /// The rules, where they may be used; their problems were told before.
  var usable: Ruleset {
    get throws {
      guard let ruleset else { throw ExitCode(ExitStatus.problemsInRules) }
      return ruleset
    }
  }

  /// Reads and checks; ends the command where a file cannot be read.
  ///
  /// With samples, rules are held against them.
  init(
    _ paths: [String], dialect: Dialect, inventory: Inventory? = nil, samples: SampleFacts? = nil
  ) throws {
    sources = try Self.sources(of: paths)
    let profile = APIProfile(dialect)
    guard let samples else {
      (ruleset, diagnostics) = Ruleset.check(
        sources, profile: profile, inventory: inventory, on: .twoThreads)
      return
    }
    let sources = sources
    (ruleset, diagnostics) = try Ruleset.check(
      sources, profile: profile, inventory: inventory, on: .twoThreads
    ) {
      try samples.diagnostics(of: $0, sources, profile: profile, beside: $1)
    }
  }

  /// Checks what was read before.
  init(_ sources: [SourceText], dialect: Dialect, inventory: Inventory?) {
    self.sources = sources
    (ruleset, diagnostics) = Ruleset.check(
      sources, profile: APIProfile(dialect), inventory: inventory, on: .twoThreads)
  }

  private static func sources(of paths: [String]) throws -> [SourceText] {
    Heap.gatherNothing()
    do throws(FileFailure) {
      return try RuleFiles.read(paths)
    } catch {
      throw CommandFailure(error)
    }
  }
}

/// A sentence for people and the status that the command ends with.
struct CommandFailure: Error {
  var sentence: String
  var status: Int32

  init(_ sentence: String, status: Int32) {
    self.sentence = sentence
    self.status = status
  }

  init(_ failure: FileFailure) {
    self.init("\(failure.path): \(failure.cause)", status: ExitStatus.fileFailure)
  }

  /// Says the sentence and gives what ends the command.
  func exit() -> ExitCode {
    Terminal.say("regra: \(sentence)\n", .error)
    return ExitCode(status)
  }
}

extension Dialect: ExpressibleByArgument {}
extension DiagnosticFormat: ExpressibleByArgument {}
