/// The cells of one row, as ranges of the bytes at hand.
struct CSVRow {
  struct Cell: BitwiseCopyable {
    var start: Int
    var end: Int
    /// Whether quotes inside are written twice.
    var hasQuotes: Bool
  }

  enum Outcome: Equatable {
    /// The row ends before its line break at this offset.
    case complete(Int)
    /// More bytes are needed, from this offset on.
    case unfinished
    /// Something stands behind a closing quote; the row ends there.
    case textBehindQuote(Int)
  }

  private enum Place { case cellStart, plain, quoted, behindQuote }

  private(set) var cells: [Cell] = []
  private var place = Place.cellStart
  private var cellStart = 0
  private var hasQuotes = false
  private var isBroken = false
  private var scanned = 0

  /// Whether the row stopped inside quotes.
  var isQuoteOpen: Bool { place == .quoted }

  mutating func reset() {
    cells.removeAll(keepingCapacity: true)
    place = .cellStart
    cellStart = 0
    hasQuotes = false
    isBroken = false
    scanned = 0
  }

  /// Reads on to the end of the row.
  mutating func scan(
    _ bytes: UnsafePointer<UInt8>, to end: Int, separator: UInt8
  ) -> Outcome {
    while scanned < end {
      let byte = bytes[scanned]
      switch place {
      case .quoted:
        if byte == .quote { place = .behindQuote }
      case .behindQuote where byte == .quote:
        hasQuotes = true
        place = .quoted
      case .cellStart where byte == .quote:
        cellStart = scanned
        place = .quoted
      case .cellStart, .plain, .behindQuote:
        if byte == .newline {
          closeCell(bytes, at: scanned)
          return isBroken ? .textBehindQuote(scanned) : .complete(scanned)
        }
        if byte == separator { closeCell(bytes, at: scanned) } else { take(byte) }
      }
      scanned += 1
    }
    return .unfinished
  }

  /// Ends the row where the source ends.
  mutating func finish(_ bytes: UnsafePointer<UInt8>) -> Outcome {
    closeCell(bytes, at: scanned)
    return isBroken ? .textBehindQuote(scanned) : .complete(scanned)
  }

  private mutating func take(_ byte: UInt8) {
    switch place {
    case .cellStart: place = .plain
    case .behindQuote: if !byte.isBlank { isBroken = true }
    case .plain, .quoted: break
    }
  }

  private mutating func closeCell(_ bytes: UnsafePointer<UInt8>, at end: Int) {
    var start = cellStart
    var stop = end
    if place == .behindQuote {
      start += 1
      while stop > start, bytes[stop - 1] != .quote { stop -= 1 }
      stop -= 1
    } else if stop > start, bytes[stop - 1] == .carriageReturn {
      stop -= 1
    }
    cells.append(Cell(start: start, end: max(start, stop), hasQuotes: hasQuotes))
    place = .cellStart
    hasQuotes = false
    cellStart = end + 1
  }
}
