import Contacts
import Diagnostics
private import Glibc
import Rulesets
import Samples
import Streams

/// What files of events, or saved schemas, say against rules.
struct SampleFacts {
  /// Longer files are no schemas: no schema is so long.
  private static let schemaByteLimit = 256 << 20

  var paths: [String]

  func diagnostics(
    of ruleset: Ruleset, _ sources: [SourceText], profile: APIProfile, beside found: [Diagnostic]
  ) throws -> [Diagnostic] {
    var evidence = SampleEvidence()
    var events: [String] = []
    for path in paths {
      if let schema = try savedSchema(path) {
        evidence.merge(SampleEvidence(schema))
      } else {
        events.append(path)
      }
    }
    if !events.isEmpty {
      let stop = StopSignal()
      stop.watchInterrupts()
      let isBroken = found.contains { $0.severity == .error }
      var reading = SampleReading(try Input.expand(events))
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
  private func savedSchema(_ path: String) throws -> SampleSchema? {
    guard path != "-", let head = try? WholeFile.read(path, limit: 64),
      SchemaReader.isSchema(head)
    else { return nil }
    do {
      return try SchemaReader.read(try WholeFile.read(path, limit: Self.schemaByteLimit))
    } catch let failure as SchemaReader.Failure {
      throw CommandFailure("\(path): \(failure.sentence)", status: ExitStatus.fileFailure)
    }
  }
}
