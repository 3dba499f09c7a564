import Contacts
import Diagnostics
private import Glibc
import Rulesets
import Samples
import Streams

/// What files of events, or saved schemas, say against rules.
struct SampleFacts {
  var paths: [String]

  func diagnostics(
    of ruleset: Ruleset, _ sources: [SourceText], profile: APIProfile, beside found: [Diagnostic]
  ) throws -> [Diagnostic] {
    var evidence = SampleEvidence()
    var events: [Input] = []
    for input in try Input.expand(paths) {
      if let schema = try savedSchema(input) {
        evidence.merge(SampleEvidence(schema))
      } else {
        events.append(input)
      }
    }
    if !events.isEmpty {
      let stop = StopSignal()
      stop.watchInterrupts()
      let isBroken = found.contains { $0.severity == .error }
      var reading = SampleReading(events)
      reading.showsProgress = true
      evidence.merge(
        try reading.evidence(
          about: ruleset, isBroken ? .broken : .sound, profile: profile, stop: stop))
    }
    var checker = FactChecker(ruleset, sources, evidence, beside: found)
    let diagnostics = checker.check()
    for path in checker.uncoveredFiles {
      Terminal.say("\(path): none of its types of events is among the samples\n")
    }
    return diagnostics
  }

  /// The schema that a file holds; nothing where it holds events.
  private func savedSchema(_ input: Input) throws -> SampleSchema? {
    guard case .file(let path) = input.place, !input.isLive,
      SchemaReader.isSchema(try FileTree.contents(of: path, upTo: 64))
    else { return nil }
    let bytes = try FileTree.contents(of: path)
    do throws(SchemaReader.Failure) {
      return try SchemaReader.read(bytes)
    } catch {
      throw CommandFailure("\(path): \(error.sentence)", status: ExitStatus.fileFailure)
    }
  }
}
