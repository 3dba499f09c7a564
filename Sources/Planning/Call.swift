package import Contacts

/// One call with all its texts, made on demand for the sender and for tests.
package struct Call: Sendable, Hashable {
  package enum Method: String, Sendable { case get = "GET", post = "POST", delete = "DELETE" }

  /// A contact or group, named by itself or by an earlier call's answer.
  package enum Reference: Sendable, Hashable {
    case text(String)
    /// The number of a call of this batch.
    case answer(Int)
  }

  package struct Query: Sendable, Hashable {
    package var name: String
    package var value: Reference

    package init(name: String, value: Reference) {
      self.name = name
      self.value = value
    }
  }

  /// A value that is set, or cleared.
  package enum Value: Sendable, Hashable { case text(String), cleared }

  package struct Field: Sendable, Hashable {
    package var key: String
    package var value: Value

    package init(key: String, value: Value) {
      self.key = key
      self.value = value
    }
  }

  /// What stands under `urns`.
  package enum URNs: Sendable, Hashable {
    case list([String])
    /// `first`, then the answer's list without `remove` and `first`, then what it lacks of `add`.
    case edit(answer: Int, add: [String], first: [String], remove: [String])
  }

  /// What a POST to `contacts.json` sets; what is absent stays as it is.
  package struct ContactBody: Sendable, Hashable {
    package var name: Value?
    package var language: Value?
    package var fields: [Field] = []
    package var groups: [String]?
    package var urns: URNs?

    package init() {}
  }

  package enum Body: Sendable, Hashable {
    case contact(ContactBody)
    case action(String, contacts: [Reference], group: String?)
    case field(label: String, type: String)
    case group(name: String)
  }

  /// A rule and an event, or a line of `ensure`, that ask for the call.
  package struct Reason: Sendable, Hashable {
    /// Index in `Program.provenance`: a rule, or what `ensure` names.
    package var rule: Int
    /// Empty where `ensure` asks.
    package var event: String
    /// In a bulk call, the index of the contact it is about.
    package var contact: Int?

    package init(rule: Int, event: String, contact: Int? = nil) {
      self.rule = rule
      self.event = event
      self.contact = contact
    }
  }

  /// Both counted from one.
  package var batch: Int
  package var number: Int
  package var method: Method
  package var path: String
  package var query: Query?
  package var body: Body?
  /// Numbers of the calls that must have come before.
  package var after: [Int]
  /// Empty, one for all contacts, or one for each.
  package var missing: [MissingPolicy]
  package var waitSeconds: Int
  package var because: [Reason]

  package init(
    batch: Int, number: Int, method: Method, path: String, query: Query?, body: Body?,
    after: [Int], missing: [MissingPolicy], waitSeconds: Int, because: [Reason]
  ) {
    self.batch = batch
    self.number = number
    self.method = method
    self.path = path
    self.query = query
    self.body = body
    self.after = after
    self.missing = missing
    self.waitSeconds = waitSeconds
    self.because = because
  }
}
