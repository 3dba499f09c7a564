package import CEL
package import Planning

/// What later calls need of an answer, in a form that outlives the process.
package struct KeptAnswer: Sendable, Equatable {
  /// The contact, where there is one.
  package var uuid: String?
  package var urns: [String] = []
  /// The URN by which a contact that is not there can be made.
  package var urn: String?
  package var group: String?

  package var literal: Literal {
    var entries: [(key: String, value: Literal)] = []
    if let uuid { entries += [("uuid", .string(uuid)), ("urns", .texts(urns))] }
    if let urn { entries.append(("urn", .string(urn))) }
    if let group { entries.append(("group", .string(group))) }
    return .object(entries)
  }

  /// Reads what ``literal`` gives.
  package init(_ literal: Literal) {
    uuid = literal["uuid"]?.text
    urns = literal["urns"]?.texts ?? []
    urn = literal["urn"]?.text
    group = literal["group"]?.text
  }

  init(contact: (uuid: String, urns: [String])?, urn: String?, group: String?) {
    uuid = contact?.uuid
    urns = contact?.urns ?? []
    self.urn = urn
    self.group = group
  }
}

extension Executor {
  /// The answer of a call of the batch that is being carried out.
  package func keptAnswer(of call: Int) -> KeptAnswer? {
    answers[call].map { KeptAnswer(contact: $0.contact, urn: $0.urn, group: $0.group) }
  }

  /// Puts back an answer of an earlier process; what waits for it waits from now on.
  package mutating func restore(_ answer: KeptAnswer, of call: Int, in batch: Int) {
    if batch != self.batch {
      self.batch = batch
      answers.removeAll(keepingCapacity: true)
    }
    answers[call] = Answer(
      contact: answer.uuid.map { ($0, answer.urns) }, urn: answer.urn, group: answer.group,
      time: now)
  }
}

extension Call {
  /// The calls whose answers this one is made of.
  package var references: [Int] {
    var numbers: [Int] = []
    if case .answer(let number) = query?.value { numbers.append(number) }
    switch body {
    case .contact(let body):
      if case .edit(let number, _, _, _) = body.urns { numbers.append(number) }
    case .action(_, let contacts, _):
      for case .answer(let number) in contacts { numbers.append(number) }
    case .field, .group, nil: break
    }
    return numbers
  }
}
