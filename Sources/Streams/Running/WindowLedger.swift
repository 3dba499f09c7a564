package import Engine
package import Planning

/// Keeps closed windows: their calls, and how far their sources were read.
package protocol WindowLedger: AnyObject {
  /// Takes a window, also one without calls. It is kept for good when this returns.
  func commit(_ window: ClosedWindow) throws(SinkFailure)
}

/// What a window came to.
package struct ClosedWindow {
  package var batch: Batch
  package var table: CallTable
  /// The lines of the calls; empty where there is nothing to send.
  package var calls: [UInt8]
  /// How far each source was read that gave something since the last window, in their order.
  package var positions: [SourcePosition]
  /// Deletions of the run so far: what guards count.
  package var deleteCount: Int
  /// Events that were seen for the first time.
  package var marks: [RepeatMark]
  /// What the run has counted so far.
  package var counts: RunCounts
}

/// How far a source was read: to a place where nothing stands open, and some records behind it.
///
/// JSON that is not inside an array can be read on from behind each record; what is compressed, CSV or
/// one array is read again from its beginning, and the records that were taken are passed over.
package struct SourcePosition: Sendable, Equatable {
  /// Index in the run's list of inputs.
  package var source: Int32
  /// The first byte behind the last record with nothing open; 0 at the beginning.
  package var byteOffset = 0
  /// The line that byte stands in, from one.
  package var line: UInt64 = 1
  /// Whether each record stands in a line of its own.
  package var isByLine = true
  /// Records taken since.
  package var recordCount = 0

  package init(
    source: Int32, byteOffset: Int = 0, line: UInt64 = 1, isByLine: Bool = true,
    recordCount: Int = 0
  ) {
    self.source = source
    self.isByLine = isByLine
    self.byteOffset = byteOffset
    self.line = line
    self.recordCount = recordCount
  }
}

/// Where a run goes on that ended early.
package struct RunResume: Sendable {
  package var positions: [SourcePosition] = []
  package var deleteCount = 0
  /// Events that were seen, the earliest first.
  package var marks: [RepeatMark] = []

  package init() {}
}
