import Contacts
import Engine

/// The calls of one contact: lookups, and the POSTs that carry its data and URNs.
extension PlanBuilder {
  /// How the calls of a step name their contact before anything is sent.
  struct Addressee: BitwiseCopyable {
    var address: CallTable.Address
    var answer: Int32 = -1
    var missing: CallTable.Missing = .unsaid
  }

  /// Plans what a step needs besides bulk calls.
  mutating func post(_ step: Int) {
    let part = batch.parts[Int(steps[step].part)]
    let effects = steps[step].effects
    let addressee = addressee(of: part, effects)
    if addressee.address == .answer { steps[step].answer = addressee.answer }
    let isNamedByURN = addressee.address == .urn
    // A bulk call of this part may make whom an earlier lookup did not find.
    if part.creates, addressee.address != .answer, !known[Int(part.contact)].isSure {
      known[Int(part.contact)].answer = -1
    }
    let wantsAnswer = isNamedByURN && !effects.isDisjoint(with: .bulk) && mode == .off
    let needsContact = part.creates && isNamedByURN && effects.contains(.creation)
    let needsPost = !effects.isDisjoint(with: Effects.data.union(.urns))
    guard needsPost || wantsAnswer || needsContact else { return }
    if effects.contains(.urns) { edit.read(writeRange(step), of: writes, part, in: batch) }
    let knowsURNs = steps[step].settlement >= 0 && effects.contains(.urns)
    let items = Int32(table.items.count)
    let rows = table.rows.count
    if steps[step].settlement >= 0, settlements[Int(steps[step].settlement)].isMade {
      postMade(step, part)
    } else if !isNamedByURN {
      postByUUID(step, part, addressee, replacesURNs: part.replacesURNs || knowsURNs)
    } else if part.creates {
      postByURN(step, part)
    } else {
      postFound(step, part, addressee.missing)
    }
    if table.items.count == Int(items) { appendReasons(step) }
    for row in rows..<table.rows.count where table.rows[row].isBare {
      table.rows[row].first = items
      table.rows[row].count = Int32(table.items.count) - items
    }
    if effects.contains(.urns), isNamedByURN { noteMove(step, part) }
  }

  /// Who a part is about: its key, unless its own event took the key away in an earlier part.
  mutating func addressee(of part: Batch.Part, _ effects: Effects) -> Addressee {
    let word = word(part, creates: effects.contains(.creating))
    let contact = known[Int(part.contact)]
    let isMoved = contact.movingEvent >= 0 && contact.movingEvent == part.firstEvent
    if isMoved || part.isNameless, contact.answer >= 0 {
      return Addressee(address: .answer, answer: contact.answer, missing: word)
    }
    if part.isUUID { return Addressee(address: .uuid, missing: word) }
    return Addressee(address: .urn, missing: word)
  }

  /// What the sender does if the contact is not there: nothing can make one with a given uuid,
  /// and only some kinds of write may make one at all.
  mutating func word(_ part: Batch.Part, creates: Bool) -> CallTable.Missing {
    switch part.missing {
    case .skip: .skip
    case .fail: .fail
    case .create: creates ? (part.isUUID ? .fail : .create) : .skip
    }
  }

  /// By URN where a missing contact is made: the data goes first, and its answer has the list.
  private mutating func postByURN(_ step: Int, _ part: Batch.Part) {
    let effects = steps[step].effects
    var first = answer(for: part, edits: effects.contains(.urns))
    if !effects.isDisjoint(with: .data) {
      first = postData(step, Addressee(address: .urn), makes: true)
    } else if first < 0 || !known[Int(part.contact)].isSure {
      first = append(CallTable.Row(kind: .postContact, address: .urn, subject: subject(step)))
      table.rows[Int(first)].isBare = true
    }
    steps[step].isSure = true
    remember(part, answer: first, isSure: true)
    if mode == .off { steps[step].answer = first }
    guard effects.contains(.urns) else { return }
    postURNs(step, Addressee(address: .answer, answer: first), list: first)
  }

  /// By URN where a missing contact stays missing: a lookup, then one POST that carries all.
  private mutating func postFound(
    _ step: Int, _ part: Batch.Part, _ missing: CallTable.Missing
  ) {
    let word = missing == .create ? CallTable.Missing.skip : missing
    var found = answer(for: part, edits: steps[step].effects.contains(.urns))
    if found < 0 {
      var row = CallTable.Row(kind: .findContact, address: .urn, subject: subject(step))
      row.missing = steps[step].effects.contains(.deletes) ? .skip : word
      row.isBare = true
      found = append(row)
      remember(part, answer: found, isSure: false)
    }
    if mode == .off { steps[step].answer = found }
    let addressee = Addressee(address: .answer, answer: found, missing: word)
    let effects = steps[step].effects
    if !effects.isDisjoint(with: .data) {
      postData(step, addressee, makes: false, list: effects.contains(.urns) ? found : nil)
    } else if effects.contains(.urns) {
      postURNs(step, addressee, list: found)
    }
  }

  /// By uuid, or by an answer that holds it: a list that is replaced rides along.
  private mutating func postByUUID(
    _ step: Int, _ part: Batch.Part, _ addressee: Addressee, replacesURNs: Bool
  ) {
    let effects = steps[step].effects
    let hasData = !effects.isDisjoint(with: .data)
    guard effects.contains(.urns) else {
      if hasData { postData(step, addressee, makes: false) }
      return
    }
    if replacesURNs {
      if hasData {
        postData(step, addressee, makes: false, list: -1)
      } else {
        postURNs(step, addressee, list: -1)
      }
      return
    }
    var first: Int32
    if hasData {
      first = postData(step, addressee, makes: false)
    } else {
      var row = CallTable.Row(
        kind: .postContact, address: addressee.address, subject: subject(step))
      row.answer = addressee.answer
      row.missing = addressee.missing
      row.isBare = true
      first = append(row)
    }
    postURNs(step, addressee, list: first)
  }

  /// The POSTs of name, language, fields and replaced groups; returns the first.
  ///
  /// Where the first may make the contact (`makes`), places wait for the second. URNs ride along
  /// where `list` is the row whose answer they edit, or -1 for a whole list.
  @discardableResult
  mutating func postData(
    _ step: Int, _ addressee: Addressee, makes: Bool, list: Int32? = nil
  ) -> Int32 {
    if placeLevels.isEmpty, list == nil, Int(steps[step].count) <= profile.itemLimit,
      steps[step].effects.isDisjoint(with: [.groupsReplaced, .groupsFolded])
    {
      return postPlainData(step, addressee)
    }
    let split = orderFields(step, splitsPlaces: makes)
    var next = Swift.min(split, profile.itemLimit)
    let first = openPost(step, addressee)
    appendNames(step)
    appendFields(0..<next)
    appendGroups(step)
    if let list { appendURNs(step, first, list: list) }
    closePost(first)
    // Nothing but an answer names a contact that is made without a query.
    let named =
      addressee.address == .none ? Addressee(address: .answer, answer: first) : addressee
    while next < fieldOrder.count {
      let end = Swift.min(next + profile.itemLimit, next < split ? split : fieldOrder.count)
      let row = openPost(step, named)
      appendFields(next..<end)
      closePost(row)
      next = end
    }
    return first
  }

  /// What most contacts need: one POST of names and fields in the order of their first writes.
  private mutating func postPlainData(_ step: Int, _ addressee: Addressee) -> Int32 {
    let row = openPost(step, addressee)
    appendNames(step)
    for index in writeRange(step) {
      switch writes[index].kind {
      case .setField: append(writes[index], as: .field)
      case .clearField: append(writes[index], as: .field, isCleared: true)
      default: break
      }
    }
    closePost(row)
    return row
  }

  /// A POST of nothing but URNs.
  private mutating func postURNs(_ step: Int, _ addressee: Addressee, list: Int32) {
    let row = openPost(step, addressee)
    appendURNs(step, row, list: list)
    closePost(row)
  }

  // Rows.

  mutating func subject(_ step: Int) -> Int32 { steps[step].part }

  mutating func append(_ row: CallTable.Row) -> Int32 {
    table.rows.append(row)
    return Int32(table.rows.count - 1)
  }

  private mutating func openPost(_ step: Int, _ addressee: Addressee) -> Int32 {
    var row = CallTable.Row(
      kind: .postContact, address: addressee.address, subject: subject(step))
    row.answer = addressee.answer
    row.missing = addressee.missing
    row.first = Int32(table.items.count)
    return append(row)
  }

  private mutating func closePost(_ row: Int32) {
    table.rows[Int(row)].count = Int32(table.items.count) - table.rows[Int(row)].first
    guard workspace.hasCreations else { return }
    let first = Int(table.rows[Int(row)].first)
    for index in first..<table.items.count {
      let item = table.items[index]
      switch item.role {
      case .field: noteUse(of: item.target, isGroup: false, by: row)
      case .group: noteUse(of: item.target, isGroup: true, by: row)
      case .name, .language, .groups, .urns, .urn, .addedURN, .firstURN, .removedURN, .reason: break
      }
    }
  }

  // What answers tell.

  /// The row whose answer is still true of a part's contact; -1 where there is none.
  ///
  /// A URN list that is edited must be read in the same round, just before: another contact of the
  /// round may take a URN out of it. Of contacts that may be one, another may have been made, or may have
  /// changed this one, since.
  private mutating func answer(for part: Batch.Part, edits: Bool) -> Int32 {
    let contact = known[Int(part.contact)]
    if edits, mode == .window { return -1 }
    guard contact.answer >= 0, contact.epoch == epoch, contact.key == part.key else { return -1 }
    return isUncertain(part) && contact.event != part.firstEvent ? -1 : contact.answer
  }

  mutating func remember(_ part: Batch.Part, answer: Int32, isSure: Bool) {
    known[Int(part.contact)] = Known(
      answer: answer, epoch: epoch, event: part.firstEvent, key: part.key, isSure: isSure,
      movingEvent: -1)
  }

  /// Notes that the key may no longer name the contact after this part.
  private mutating func noteMove(_ step: Int, _ part: Batch.Part) {
    guard edit.movesKey(profile) else { return }
    let answer = known[Int(part.contact)].answer
    steps[step].answer = answer
    known[Int(part.contact)].movingEvent = edit.movingEvent
  }
}
