package import Contacts
package import Engine
package import Knowledge

/// What is known of a workspace, from files of API objects (`--contacts`, `--inventory`).
package struct SnapshotFiles {
  package var snapshot: ContactSnapshot
  /// What could not be read as a contact: the first of them, and how many there are.
  package private(set) var problems: [InputProblem] = []
  package private(set) var problemCount = 0
  private var reader = Reading()

  /// The reader is an object because the callback of the splitter must not copy it.
  private final class Reading {
    var reader = SnapshotReader()
  }

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
    do throws(SnapshotReader.Failure) {
      try reader.reader.setInventory(text, of: &snapshot)
    } catch {
      throw FileFailure(path: path, cause: error.sentence)
    }
  }

  private mutating func readContacts(
    _ path: String, _ readAt: Int64, _ stop: StopSignal
  ) throws(FileFailure) {
    let inputs = try Input.expand([path])
    let filling = Filling(snapshot, reader, readAt)
    filling.byteCount = inputs.compactMap(\.byteCount).reduce(0, +)
    var input = InputReader(
      limits: .files, byteLimit: 16 << 20, clock: .fixed(0), stop: stop,
      pool: BlockPool(byteCount: 256 << 10), deliver: { filling.take($0) })
    let ending = input.read(inputs)
    snapshot = filling.snapshot
    problems = filling.problems
    problemCount = filling.problemCount
    if case .failed(let failure) = ending { throw failure }
  }

  /// Takes chunks of contacts.
  private final class Filling {
    var snapshot: ContactSnapshot
    var problems: [InputProblem] = []
    var problemCount = 0
    /// Of all files, before decompression; 0 where nobody knows.
    var byteCount = 0
    private let reading: Reading
    private let readAt: Int64

    init(_ snapshot: ContactSnapshot, _ reading: Reading, _ readAt: Int64) {
      self.snapshot = snapshot
      self.reading = reading
      self.readAt = readAt
    }

    func take(_ chunk: Chunk) {
      for problem in chunk.problems { note(problem) }
      let bytes = chunk.block.bytes(chunk.block.capacity)
      for record in chunk.records {
        let start = Int(record.offset)
        let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(record.length)])
        do throws(SnapshotReader.Failure) {
          try reading.reader.addContact(padded: text, readAt: readAt, to: &snapshot)
        } catch {
          note(
            InputProblem(source: chunk.source, line: UInt64(record.line), cause: error.sentence))
        }
      }
      expectMore(behind: chunk)
    }

    /// Says how many contacts the rest will be, by those that the bytes so far were.
    private func expectMore(behind chunk: Chunk) {
      guard snapshot.rowCount < SnapshotReader.sampleCount, chunk.bytesRead > 0 else { return }
      reading.reader.expectedCount = Int(
        Double(snapshot.rowCount) * Double(byteCount) / Double(chunk.bytesRead))
    }

    private func note(_ problem: InputProblem) {
      problemCount += 1
      if problems.count < 1_000 { problems.append(problem) }
    }
  }
}
