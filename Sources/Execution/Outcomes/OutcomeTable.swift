/// What is done about each outcome of a request.
///
/// Who sends and who reads answers asks here. Where a row says how a call goes on (halved, asked by
/// another spelling), the ``Executor`` does it; the tests hold each row against a simulated server, and
/// the table of `docs/delivery.md` against this one.
package enum OutcomeTable {
  /// Whether the same request is sent again.
  package enum Repetition: Sendable {
    case never
    /// A limited number of times, behind a random part of growing waits.
    case backingOff
    /// As late as the server asks.
    case whenAsked
    /// As `backingOff`, once whoever has the URNs was looked up.
    case behindLookUp
  }

  /// What becomes of the call, where nothing is sent again or it did not help.
  package enum Consequence: Sendable {
    case done
    /// What is named is set aside, and the rest is sent again.
    case partSetAside
    /// What `missing` says becomes of whom is named, and the rest is sent again.
    case leftOut
    /// The contact is asked for by its other spelling, and is left out if that is not known either.
    case otherSpelling
    /// Whoever has the URN gets what the new contact was to have.
    case joined
    /// Both halves are sent by themselves; a part that cannot be halved is set aside.
    case halved
    case callSetAside
    /// The run ends, and what is planned stays so; a live stream tries again.
    case interrupted
    /// The run ends, and what is planned stays so: waiting does not help.
    case ended
  }

  package struct Row: Sendable {
    package var outcome: RequestOutcome
    /// How people recognise it.
    package var appearance: String
    package var repetition: Repetition
    package var consequence: Consequence
    package var advice: Advice?

    init(
      _ outcome: RequestOutcome, _ appearance: String, _ repetition: Repetition,
      _ consequence: Consequence, _ advice: Advice? = nil
    ) {
      self.outcome = outcome
      self.appearance = appearance
      self.repetition = repetition
      self.consequence = consequence
      self.advice = advice
    }
  }

  /// In the order of the outcomes.
  package static let rows: [Row] = [
    Row(.done, "2xx", .never, .done),
    Row(.emptyAnswer, "204, whatever stands in its body", .never, .done),
    Row(.existing, "400: the field or group that is to be made is there", .never, .done),
    Row(.gone, "404 of a deletion", .never, .done),
    Row(.noGroup, "the group that is to be renamed or deleted is not there", .never, .done),
    Row(.namedPart, "400 that names a field, group, URN, name or language", .never, .partSetAside),
    Row(.inactiveContacts, "400 that names contacts which are not active", .never, .partSetAside),
    Row(.unknownURN, "400: nobody has a URN (weni)", .never, .otherSpelling),
    Row(.unknownContact, "404 of a write, or 400 that names a contact", .never, .leftOut),
    Row(.takenURN, "400: somebody has a URN of a contact that is to be made", .never, .joined),
    Row(.unnamed, "400 that names nothing", .never, .halved),
    Row(
      .groupInUse, "400: campaigns, flows or triggers use a group", .never, .callSetAside,
      .removeUses),
    Row(
      .noRoom, "409, or 400: there are as many fields or groups as may be", .never, .callSetAside),
    Row(.systemObject, "403: a group of the system", .never, .callSetAside),
    Row(.otherRefusal, "another 4xx", .never, .callSetAside),
    Row(.throttled, "429", .whenAsked, .interrupted),
    Row(.notAllowed, "401, 403", .never, .ended),
    Row(.suspended, "400: the workspace is suspended", .never, .ended),
    Row(.redirected, "3xx", .never, .interrupted),
    Row(.serverError, "5xx, as a page of HTML too", .backingOff, .interrupted),
    Row(.overdueRequest, "408", .backingOff, .interrupted),
    Row(.foreignAnswer, "2xx or 404 with a page, or without JSON", .backingOff, .interrupted),
    Row(.reset, "the connection breaks", .backingOff, .interrupted),
    Row(.timedOut, "the answer does not come in time", .backingOff, .interrupted),
    Row(.truncated, "the answer is cut off", .backingOff, .interrupted),
    Row(
      .lostCreation, "one of these six, while a contact is made without a look-up", .behindLookUp,
      .interrupted),
    Row(.unreachable, "the server is not reached", .backingOff, .interrupted),
  ]

  package static subscript(outcome: RequestOutcome) -> Row { rows[outcome.rawValue] }
}
