package import Contacts
package import Engine
package import Knowledge

/// What is known of a workspace, from files of API objects (`--contacts`, `--inventory`).
package struct SnapshotFiles {
  package var snapshot: ContactSnapshot
  /// What could not be read as a contact: the first of them, and how many there are.
  package private(set) var problems: [InputProblem] = []
  package private(set) var problemCount = 0

  /// Reads the files that there are.
  ///
  /// Contacts are as the API returns them, in any form that events may have; the inventory is one
  /// JSON object with the groups and fields of the workspace. `readAt` says when the contacts were
  /// read, in seconds since 1970: a file says nothing of its age, so who gives it vouches for it.
  ///
  /// - Throws: a file that cannot be read, or an inventory that is none. A line that holds no
  ///   contact is only noted.
  package init(
    contacts: String?, inventory: String?, profile: APIProfile, readAt: Int64,
    stop: StopSignal = StopSignal()
  ) throws(FileFailure) {
    snapshot = ContactSnapshot(profile)
    if let inventory { try readInventory(inventory) }
    if let contacts { try readContacts(contacts, readAt, stop) }
  }

  private mutating func readInventory(_ path: String) throws(FileFailure) {
    let text = try FileTree.contents(of: path)
    var reader = SnapshotReader()
    do throws(SnapshotReader.Failure) {
      try reader.setInventory(text, of: &snapshot)
    } catch {
      throw FileFailure(path: path, cause: error.sentence)
    }
  }

  private mutating func readContacts(
    _ path: String, _ readAt: Int64, _ stop: StopSignal
  ) throws(FileFailure) {
    let inputs = try Input.expand([path])
    var ending = InputReader.Ending.complete
    let filled = SnapshotFilling.fill(snapshot) { filling in
      let taking = Taking(filling, readAt, byteCount: inputs.compactMap(\.byteCount).reduce(0, +))
      var input = InputReader(
        limits: .files, byteLimit: 16 << 20, clock: .fixed(0), stop: stop,
        pool: BlockPool(byteCount: 256 << 10), deliver: { taking.take($0) })
      ending = input.read(inputs)
      (problems, problemCount) = (taking.problems, taking.problemCount)
    }
    snapshot = filled.snapshot
    for refusal in filled.refusals {
      problemCount += 1
      guard problems.count < Self.problemLimit else { continue }
      problems.append(
        InputProblem(source: 0, line: UInt64(refusal.line), cause: refusal.failure.sentence))
    }
    if case .failed(let failure) = ending { throw failure }
  }

  private static let problemLimit = 1_000

  /// Takes chunks of contacts; an object because the callback of the splitter must not copy it.
  private final class Taking {
    var problems: [InputProblem] = []
    var problemCount = 0
    private let filling: SnapshotFilling
    private let readAt: Int64
    /// Of all files, before decompression; 0 where nobody knows.
    private let byteCount: Int

    init(_ filling: SnapshotFilling, _ readAt: Int64, byteCount: Int) {
      self.filling = filling
      self.readAt = readAt
      self.byteCount = byteCount
    }

    func take(_ chunk: Chunk) {
      for problem in chunk.problems { note(problem) }
      let bytes = chunk.block.bytes(chunk.block.capacity)
      for record in chunk.records {
        let start = Int(record.offset)
        let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(record.length)])
        do throws(SnapshotReader.Failure) {
          try filling.add(padded: text, readAt: readAt, line: Int(record.line))
        } catch {
          note(
            InputProblem(source: chunk.source, line: UInt64(record.line), cause: error.sentence))
        }
      }
      expectMore(behind: chunk)
    }

    /// Says how many contacts the rest will be, by those that the bytes so far were.
    private func expectMore(behind chunk: Chunk) {
      guard filling.count < SnapshotReader.sampleCount, chunk.bytesRead > 0 else { return }
      filling.expect(
        Int(Double(filling.count) * Double(byteCount) / Double(chunk.bytesRead)))
    }

    private func note(_ problem: InputProblem) {
      problemCount += 1
      if problems.count < SnapshotFiles.problemLimit { problems.append(problem) }
    }
  }
}
