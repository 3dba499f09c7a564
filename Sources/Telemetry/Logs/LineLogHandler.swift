package import Logging

/// Writes each event of a log as one line.
package struct LineLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let format: LogFormat
  private let trace: TraceID
  private let time: @Sendable () -> String
  private let write: @Sendable ([UInt8]) -> Void

  /// A handler whose lines all belong to one trace.
  ///
  /// - Parameters:
  ///   - format: how lines are written.
  ///   - level: the least that is written.
  ///   - trace: of all lines.
  ///   - time: the time of the day in RFC 3339.
  ///   - write: takes whole lines, from any thread.
  package init(
    _ format: LogFormat, level: Logger.Level, trace: TraceID,
    time: @escaping @Sendable () -> String, write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.format = format
    logLevel = level
    self.trace = trace
    self.time = time
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line = LogLine(format)
    line.add("time", time())
    line.add("level", event.level.rawValue)
    line.add(format == .json ? "message" : "msg", event.message.description)
    line.add("trace_id", trace.text)
    let values =
      metadata
      .merging(metadataProvider?.get() ?? [:]) { $1 }
      .merging(event.metadata ?? [:]) { $1 }
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      line.add(Self.reserved.contains(key) ? key + "_" : key, value)
    }
    write(line.bytes)
  }

  /// Keys that every line has, whatever its metadata is called.
  private static let reserved: Set<String> = ["time", "level", "message", "msg", "trace_id"]
}
