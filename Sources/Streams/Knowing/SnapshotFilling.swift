package import Knowledge

/// Puts contacts into a snapshot: the caller's thread reads and parses them, another one fills the tables.
package final class SnapshotFilling {
  /// A contact for which there was no room.
  package struct Refusal: Sendable {
    /// As it was given with the contact.
    package var line: Int
    package var failure: SnapshotReader.Failure
  }

  package struct Outcome: Sendable {
    package var snapshot: ContactSnapshot
    package var refusals: [Refusal] = []
  }

  /// A batch on its way to the other thread.
  private struct Handed: Sendable {
    // Safety: who puts it into a ring does not touch it again.
    nonisolated(unsafe) let batch: ContactBatch
  }

  private static let batchCount = 3

  private let full = Ring<Handed>(capacity: batchCount)
  private let empty = Ring<Handed>(capacity: batchCount)
  private let outcome = Monitor<Outcome?>(nil)
  private var parser = ContactParser()
  private var batch = ContactBatch()
  /// How many contacts were read.
  package private(set) var count = 0

  private init(_ snapshot: ContactSnapshot) {
    for _ in 1..<Self.batchCount { empty.put(Handed(batch: ContactBatch())) }
    onOwnThread { [full, empty, outcome] in
      var filled = Outcome(snapshot: snapshot)
      var reader = SnapshotReader()
      while let next = full.take() {
        reader.add(next.element.batch, to: &filled.snapshot) { line, failure in
          filled.refusals.append(Refusal(line: line, failure: failure))
        }
        next.element.batch.removeAll()
        empty.put(next.element)
      }
      outcome.update { $0 = filled }
    }
  }

  /// Adds the contacts that `feed` gives to what is known.
  package static func fill(
    _ snapshot: ContactSnapshot, _ feed: (SnapshotFilling) throws -> Void
  ) rethrows -> Outcome {
    let filling = SnapshotFilling(snapshot)
    do {
      try feed(filling)
    } catch {
      _ = filling.finish()
      throw error
    }
    return filling.finish()
  }

  private func finish() -> Outcome {
    full.put(Handed(batch: batch))
    full.close()
    let outcome = outcome.update(when: { $0 != nil }) { $0.take() }
    guard let outcome else { preconditionFailure("nothing was waited for") }
    return outcome
  }

  /// Says about how many contacts come in all; best before the thousandth.
  package func expect(_ contactCount: Int) { batch.expectedCount = contactCount }

  /// Adds a contact as the API returns it, followed by ``ContactParser/padding`` readable bytes.
  ///
  /// `second` says when it was read, in seconds since 1970.
  ///
  /// - Throws: why the text is no contact.
  package func add(
    padded text: UnsafeRawBufferPointer, readAt second: Int64, line: Int = 0
  ) throws(SnapshotReader.Failure) {
    while try !batch.append(padded: text, readAt: second, line: line, by: parser) { handOn() }
    count += 1
  }

  /// The same for a text behind which nothing need be readable.
  package func add(
    _ text: UnsafeRawBufferPointer, readAt second: Int64
  ) throws(SnapshotReader.Failure) {
    let copy = parser.paddedCopy(of: text)
    try add(padded: copy, readAt: second)
  }

  private func handOn() {
    full.put(Handed(batch: batch))
    batch = empty.take()?.element.batch ?? ContactBatch()
  }
}
