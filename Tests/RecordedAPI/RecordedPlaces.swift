package import Foundation

/// Where recordings and the state files of their setups lie.
package enum RecordedPlaces {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `REGRA_API_CASES` names another folder of recordings.
  package static let recordings: URL = {
    let environment = ProcessInfo.processInfo.environment
    return environment["REGRA_API_CASES"].map { URL(filePath: $0) }
      ?? tests.appending(path: "../../shared/conformance/api").standardized
  }()

  package static let states = tests.appending(path: "SimulatorTests/States")
}
