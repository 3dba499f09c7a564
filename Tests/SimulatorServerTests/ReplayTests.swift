import Foundation
import RecordedAPI
import Testing

@Suite("Recorded answers over HTTP")
struct ReplayTests {
  private static let recordings = (try? Recording.all(in: RecordedPlaces.recordings)) ?? []

  @Test(
    "every recorded answer comes again over a connection",
    .enabled(if: !recordings.isEmpty, "no recordings in \(RecordedPlaces.recordings.path)"))
  func replay() async throws {
    let setups = try RecordedSetup.all(in: RecordedPlaces.states)
    let report = try await withServers { servers in
      let replayer = Replayer(setups: setups) {
        HTTPTransport(server: await servers.server(for: $0))
      }
      var report = ReplayReport()
      for recording in Self.recordings { report.add(try await replayer.replay(recording)) }
      return report
    }
    print(report.text)
    #expect(report.differences == [])
    #expect(report.omissions == [])
  }
}
