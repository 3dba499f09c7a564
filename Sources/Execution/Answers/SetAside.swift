package import Planning

/// A part of a call that was not accepted.
package struct SetAside: Sendable, Equatable {
  package enum Item: Sendable, Hashable {
    case call
    /// As the call names it.
    case contact(String)
    case name, language
    case field(String)
    /// All fields, groups or URNs of the call.
    case fields, groups, urns
    case group(String)
    case urn(String)
  }

  /// The numbers of the call.
  package var batch: Int
  package var call: Int
  package var item: Item
  /// The server's own, or what is wrong.
  package var words: String
  package var advice: Advice?
  /// The rules and events that asked for it.
  package var because: [Call.Reason]

  package init(
    batch: Int, call: Int, item: Item, words: String, advice: Advice? = nil, because: [Call.Reason]
  ) {
    self.batch = batch
    self.call = call
    self.item = item
    self.words = words
    self.advice = advice
    self.because = because
  }
}
