internal import Engine
internal import Planning

/// The calls of a window in pieces: who closes the window writes them in order, and workers that would wait encode
/// some ahead.
struct EncodingQueue {
  /// What is encoded.
  final class Source: Sendable {
    let encoder: CallEncoder
    let table: CallTable
    let batch: Batch

    init(_ encoder: CallEncoder, _ table: CallTable, _ batch: Batch) {
      self.encoder = encoder
      self.table = table
      self.batch = batch
    }
  }

  /// A piece that somebody encodes.
  struct Piece {
    let number: Int
    let rows: Range<Int>
    let source: Source
    let buffer: LineBuffer

    func encode() {
      source.encoder.encode(rows, of: source.table, source.batch, into: buffer)
    }
  }

  /// So many pieces may be taken and not written.
  private static let limit = 8

  /// About so many bytes are a piece.
  private var pieceByteCount = 0
  /// Bytes of pieces that are encoded and not written: ids and values may be longer than is thought.
  private var encodedByteCount = 0
  private var source: Source?
  private var pieces: [Range<Int>] = []
  /// The first piece that nobody has taken.
  private var next = 0
  /// The first piece that is not written.
  private var writtenCount = 0
  private var encoded: [Int: LineBuffer] = [:]
  /// How many are being encoded.
  private var activeCount = 0
  private var spare: [LineBuffer] = []

  /// Whether all pieces are taken.
  var isTaken: Bool { next == pieces.count }

  /// Whether a piece may be taken.
  var hasWork: Bool {
    !isTaken && next - writtenCount < Self.limit
      && (encodedByteCount < Self.limit * pieceByteCount || next == writtenCount)
  }

  /// Whether those who fell asleep for want of work are worth waking: not for each piece.
  var wantsHelp: Bool { !isTaken && next - writtenCount == Self.limit / 2 }

  /// Whether the next piece may be written.
  var hasLines: Bool { encoded[writtenCount] != nil }

  /// Whether all pieces are written.
  var isWritten: Bool { writtenCount == pieces.count }

  /// Whether nobody encodes.
  var isIdle: Bool { activeCount == 0 }

  mutating func begin(_ source: Source, _ pieces: [Range<Int>], ofBytes pieceByteCount: Int) {
    self.source = source
    self.pieces = pieces
    self.pieceByteCount = pieceByteCount
  }

  mutating func take() -> Piece? {
    guard hasWork, let source else { return nil }
    defer { next += 1 }
    activeCount += 1
    let buffer = spare.popLast() ?? LineBuffer(byteCount: pieceByteCount)
    return Piece(number: next, rows: pieces[next], source: source, buffer: buffer)
  }

  /// Takes an encoded piece; nothing is left that keeps its source.
  mutating func put(_ piece: inout Piece?) {
    if let piece {
      encoded[piece.number] = piece.buffer
      encodedByteCount += piece.buffer.byteCount
    }
    piece = nil
    activeCount -= 1
  }

  /// The lines of the next piece, to be written and given back; nothing where they are not there.
  mutating func takeLines() -> LineBuffer? { encoded.removeValue(forKey: writtenCount) }

  /// Takes back the lines of a piece that was written.
  mutating func giveBack(_ buffer: LineBuffer) {
    encodedByteCount -= buffer.byteCount
    if !buffer.isLarge { spare.append(buffer) }
    writtenCount += 1
  }

  /// Lets nobody take a piece any more.
  mutating func close() { next = pieces.count }

  /// Forgets the window.
  mutating func end() {
    source = nil
    pieces = []
    next = 0
    writtenCount = 0
    encoded = [:]
    encodedByteCount = 0
  }
}
