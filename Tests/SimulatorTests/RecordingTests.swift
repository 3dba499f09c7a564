import Foundation
import RecordedAPI
import Simulator
import Testing

/// What real servers answered judges the simulated one.
@Suite("Recorded answers")
struct RecordingTests {
  private static let folder = RecordedPlaces.recordings

  private static let recordings = (try? Recording.all(in: folder)) ?? []

  @Test(
    "every recorded answer comes again",
    .enabled(if: !recordings.isEmpty, "no recordings in \(folder.path)"))
  func replay() async throws {
    let replayer = Replayer(setups: try RecordedSetup.all(in: RecordedPlaces.states))
    var report = ReplayReport()
    for recording in Self.recordings { report.add(try await replayer.replay(recording)) }
    print(report.text)
    #expect(report.differences == [])
    #expect(report.omissions == [])
  }

  @Test("every state file says what it is for")
  func states() throws {
    let setups = try RecordedSetup.all(in: RecordedPlaces.states)
    #expect(setups.count > 15)
    #expect(setups.filter { $0.about.count < 20 }.map(\.setup) == [])
    #expect(Set(setups.map(\.setup)).count == setups.count)
  }
}
