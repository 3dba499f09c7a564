import Contacts
import Execution
import Foundation
import Simulator

/// Calls to a workspace, what goes wrong, and what becomes of both.
struct OutcomeScene: Sendable {
  /// What carries the requests.
  enum Way: Sendable {
    /// The simulator in this process.
    case inside
    /// A connection to it.
    case connection
    /// One that does not wait long for answers that do not come.
    case hastyConnection
    /// One that is gone behind the first request.
    case lostConnection
  }

  var calls: [String]
  var state = Self.workspace
  /// As in a file of faults, without how often they strike.
  var fault: String?
  /// Whether the fault may strike every time.
  var canLast = true
  var dialects = Dialect.allCases
  var ways = [Way.inside]
  var token = Workspace.firstToken
  var moves = URNMoves.setAside
  /// Contacts as they are when all is said.
  var contacts: [String]
  /// A part of each line that is set aside.
  var setAside: [String] = []
  var skippedCount = 0

  /// Of the contacts `ext:1` to `ext:3` the last is blocked.
  static let workspace = state()

  static func uuid(_ number: Int) -> String { "00000000-0000-4000-8000-00000000000\(number)" }

  /// The usual workspace with something more.
  static func state(_ more: String = "") -> String {
    """
    {"fields": [{"key": "f"}, {"key": "g"}], "groups": [{"name": "A"}, {"name": "B"}],
     "contacts": [
       {"uuid": "\(uuid(1))", "name": "Ana", "urns": ["ext:1"], "groups": ["A"]},
       {"uuid": "\(uuid(2))", "name": "Cid", "urns": ["ext:2"]},
       {"uuid": "\(uuid(3))", "name": "Eva", "urns": ["ext:3"], "status": "blocked"}]\(more)}
    """
  }

  /// The contacts of the usual workspace, some of them changed.
  static func contacts(_ changed: [Int: String] = [:], new: [String] = []) -> [String] {
    let usual = [
      1: #"Ana active ["ext:1"] ["A"] []"#, 2: #"Cid active ["ext:2"] [] []"#,
      3: #"Eva blocked ["ext:3"] [] []"#,
    ]
    return (usual.merging(changed) { $1 }.values.filter { !$0.isEmpty } + new).sorted()
  }

  /// Calls that rename the first contact.
  static let renaming = [#"POST contacts "query":{"urn":"ext:1"},"body":{"name":"Bia"}"#]
  static let renamed = contacts([1: #"Bia active ["ext:1"] ["A"] []"#])

  /// Renaming the first contact under a fault: all of it is done, once the fault has passed.
  static func renaming(under fault: String, _ ways: [Way] = [.inside]) -> OutcomeScene {
    OutcomeScene(calls: renaming, fault: fault, ways: ways, contacts: renamed)
  }
}

extension String {
  func replacing(_ part: String, with other: String) -> String {
    replacingOccurrences(of: part, with: other)
  }
}
