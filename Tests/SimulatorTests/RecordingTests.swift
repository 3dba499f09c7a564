import Foundation
import RecordedAPI
import Simulator
import Testing

/// What real servers answered judges the simulated one.
@Suite("Recorded answers")
struct RecordingTests {
  /// `REGRA_API_CASES` names another folder of recordings.
  static let folder: URL = {
    let environment = ProcessInfo.processInfo.environment
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return environment["REGRA_API_CASES"].map { URL(filePath: $0) }
      ?? root.appending(path: "../shared/conformance/api").standardized
  }()

  static let states = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "States")

  static let recordings = (try? Recording.all(in: folder)) ?? []

  @Test(
    "every recorded answer comes again",
    .enabled(if: !recordings.isEmpty, "no recordings in \(folder.path)"))
  func replay() async throws {
    let replayer = Replayer(setups: try RecordedSetup.all(in: Self.states))
    var report = ReplayReport()
    for recording in Self.recordings { report.add(try await replayer.replay(recording)) }
    print(report.text)
    #expect(report.differences == [])
    #expect(report.omissions == [])
  }

  @Test("every state file says what it is for")
  func states() throws {
    let setups = try RecordedSetup.all(in: Self.states)
    #expect(setups.count > 15)
    #expect(setups.filter { $0.about.count < 20 }.map(\.setup) == [])
    #expect(Set(setups.map(\.setup)).count == setups.count)
  }
}
