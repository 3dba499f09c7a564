extension Claim {
  /// The first thing that is wrong, or nothing where plan and proof hold.
  ///
  /// Each list is walked once; only the prices of each pair are sorted.
  package func objection() -> Objection? {
    do throws(Objection) {
      try checkTask()
      try checkPlan()
      try checkProof()
      return nil
    } catch {
      return error
    }
  }

  private func checkTask() throws(Objection) {
    guard task.limit > 0 else { throw .noLimit }
    guard task.limit <= Self.largest else { throw .strangeNumber(task.limit) }
    var seenIn = Array(repeating: -1, count: task.mayPost.count)
    for (pair, contacts) in task.pairs.enumerated() {
      for contact in contacts {
        guard seenIn.indices.contains(contact) else { throw .unknownContact(contact) }
        guard seenIn[contact] != pair else {
          throw .repeatedMember(contact: contact, pair: pair)
        }
        seenIn[contact] = pair
      }
    }
  }

  private func checkPlan() throws(Objection) {
    var isPosted = Array(repeating: false, count: task.mayPost.count)
    for contact in posts {
      guard isPosted.indices.contains(contact) else { throw .unknownContact(contact) }
      guard task.mayPost[contact] else { throw .postNotAllowed(contact: contact) }
      guard !isPosted[contact] else { throw .repeatedPost(contact: contact) }
      isPosted[contact] = true
    }
    var callsOf: [[Int]] = Array(repeating: [], count: task.pairs.count)
    for (number, call) in calls.enumerated() {
      guard callsOf.indices.contains(call.pair) else { throw .unknownPair(call.pair) }
      guard !call.contacts.isEmpty else { throw .emptyCall(number) }
      guard call.contacts.count <= task.limit else {
        throw .callOverLimit(call: number, count: call.contacts.count, limit: task.limit)
      }
      callsOf[call.pair].append(number)
    }
    try checkCoverage(isPosted: isPosted, callsOf: callsOf)
    let counted = posts.count + calls.count
    guard total == counted else { throw .otherTotal(claimed: total, counted: counted) }
  }

  private func checkCoverage(isPosted: [Bool], callsOf: [[Int]]) throws(Objection) {
    var memberOf = Array(repeating: -1, count: task.mayPost.count)
    var paidIn = memberOf
    for (pair, contacts) in task.pairs.enumerated() {
      for contact in contacts { memberOf[contact] = pair }
      for number in callsOf[pair] {
        for contact in calls[number].contacts {
          guard memberOf.indices.contains(contact), memberOf[contact] == pair else {
            throw .strayMember(call: number, contact: contact, pair: pair)
          }
          paidIn[contact] = pair
        }
      }
      for contact in contacts where !isPosted[contact] && paidIn[contact] != pair {
        throw .unpaid(contact: contact, pair: pair)
      }
    }
  }
}
