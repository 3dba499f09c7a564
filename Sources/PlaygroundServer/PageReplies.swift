// What the page and the server say to each other. All about one step is said as `regra play --format json`
// says it.

/// A rule file as the page has it.
struct PageFile: Codable, Sendable, Equatable {
  var path: String
  var text: String
}

struct SceneReply: Codable, Sendable {
  var name: String
  var language: String
  var words: [String: String]
  var files: [PageFile]
  var events: String
}

struct RehearseRequest: Codable, Sendable {
  var files: [PageFile]
  var events: String
}

/// What rules make of the events, in short.
struct RehearseReply: Codable, Sendable {
  struct Problem: Codable, Sendable {
    var code: String
    var severity: String
    var message: String
    var help: String?
    var file: String
    var line: Int
    /// In UTF-16 units, as the page counts.
    var from: Int
    var to: Int
  }

  struct Summary: Codable, Sendable {
    var events = 0
    var made = 0
    var changed = 0
    var deleted = 0
    var calls = 0
    /// With one call for each write.
    var naive = 0
    var setAside = 0
  }

  struct Quota: Codable, Sendable {
    var contacts = 0
    var others = 0
    var limit = 0
    /// How long the calls take at least.
    var seconds = 0
  }

  struct Event: Codable, Sendable {
    var line: Int
    var id: String
    var type: String
    var fired: [Int]
    var unknown: Int
    var isRepeat: Bool
    var problem: String?

    enum CodingKeys: String, CodingKey {
      case line, id, type, fired, unknown, problem
      case isRepeat = "repeat"
    }
  }

  struct Rule: Codable, Sendable {
    var id: String
    var about: String
    var file: String
    var line: Int
    var enabled: Bool
  }

  /// How often a line under `if` came to what.
  struct Line: Codable, Sendable {
    var file: String
    var line: Int
    var holds = 0
    var fails = 0
    var unknown = 0

    enum CodingKeys: String, CodingKey {
      case file, line, unknown
      case holds = "true"
      case fails = "false"
    }
  }

  /// Names this rehearsal in later questions.
  var rehearsal = 0
  var runs = false
  var milliseconds = 0
  var diagnostics: [Problem] = []
  var summary = Summary()
  var quota = Quota()
  var events: [Event] = []
  var rules: [Rule] = []
  var lines: [Line] = []
  /// Why a guard stopped the run.
  var objection: String?
}

/// A question about an event of a rehearsal.
struct StepRequest: Codable, Sendable {
  var rehearsal: Int
  var step: Int
  /// Of the question why not.
  var rule: Int?
}

struct SentenceReply: Codable, Sendable { var sentence: String }

/// A text to copy or save, and the name of its file.
struct FileReply: Codable, Sendable {
  var file: String
  var text: String
  /// What somebody should know who uses it.
  var note: String
}

/// A question has no answer; the page has the words for the key.
struct FailureReply: Codable, Sendable { var failure: String }
