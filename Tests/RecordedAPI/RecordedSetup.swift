package import Foundation

/// A state file that stands for what was put into the real server's database before a scenario or
/// in the middle of it.
package struct RecordedSetup: Decodable, Sendable {
  /// What the state is and why.
  package var about: String
  /// The text of the recordings; absent for the clean workspace.
  package var setup: String?
  /// The state before the first request.
  package var state: RecordedValue
  /// The users whose tokens the requests with these labels carry.
  package var users: [String: String]?
  package var changes: [Change]?

  package struct Change: Decodable, Sendable {
    /// The request before which it happens, by its number or its label.
    package var step: Int?
    package var label: String?
    package var state: RecordedValue?
    /// Seconds that the clock goes forward.
    package var advance: Double?

    func comes(before exchange: Exchange) -> Bool {
      step == exchange.step || (label != nil && label == exchange.label)
    }
  }

  package static func all(in folder: URL) throws -> [RecordedSetup] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { try JSONDecoder().decode(RecordedSetup.self, from: Data(contentsOf: $0)) }
  }
}
