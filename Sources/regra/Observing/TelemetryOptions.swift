import ArgumentParser
import Logging
import Pulling
import StateStore
import Telemetry

/// How a command's standard error is written.
struct LogOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] = [
    .value("log-format"), .value("log-level"),
  ]

  @Option(
    help: ArgumentHelp(
      "Write standard error as a log, one event a line: text (logfmt) or json.",
      valueName: "format"))
  var logFormat: LogFormat?

  @Option(
    help: ArgumentHelp(
      "The least that is logged: trace, debug, info, notice, warning or error. Default: notice.",
      valueName: "level"))
  var logLevel: WrittenLevel?

  /// The format of the log; absent where people are talked to.
  private var format: LogFormat? { logFormat ?? (logLevel == nil ? nil : .text) }

  /// What is logged to, if anything is.
  func log(isQuiet: Bool) -> RunLog? {
    guard let format else { return nil }
    let level = logLevel?.level ?? .notice
    return RunLog(format, level: isQuiet ? max(level, .error) : level)
  }

  /// The log that arguments ask for which cannot be parsed otherwise.
  static func log(askedFor arguments: [String]) -> RunLog? {
    let flag = "--log-format"
    for (place, argument) in arguments.enumerated() {
      let value =
        argument == flag
        ? arguments.dropFirst(place + 1).first
        : argument.hasPrefix(flag + "=") ? String(argument.dropFirst(flag.count + 1)) : nil
      if let value, let format = LogFormat(rawValue: value) {
        return RunLog(format, level: .notice)
      }
    }
    return nil
  }
}

/// What a command tells of its work to those who watch it.
struct TelemetryOptions: ParsableArguments {
  static let environmentFlags: [FlagEnvironment.FlagName] =
    LogOptions.environmentFlags + [.value("metrics")]

  @OptionGroup var log: LogOptions

  @Option(
    help: ArgumentHelp(
      "Show /metrics (Prometheus) and /health at HOST:PORT while it runs; without HOST for this "
        + "machine alone.", valueName: "address"))
  var metrics: MetricsAddress?
}

/// A command whose standard error can be a log.
protocol LoggingCommand {
  var log: LogOptions { get }
  var isQuiet: Bool { get }
}

/// A command whose work can be watched.
protocol WatchedCommand: LoggingCommand {
  var telemetry: TelemetryOptions { get }
}

extension WatchedCommand {
  var log: LogOptions { telemetry.log }
}

extension LogFormat: ExpressibleByArgument {}

/// A level of the log.
struct WrittenLevel: ExpressibleByArgument {
  var level: Logger.Level

  init?(argument: String) {
    guard let level = Logger.Level(rawValue: argument.lowercased()) else { return nil }
    self.level = level
  }
}

/// A log, and the trace that its lines belong to.
struct RunLog: Sendable {
  let logger: Logger
  let trace: TraceID

  init(_ format: LogFormat, level: Logger.Level) {
    var generator = SystemRandomNumberGenerator()
    let trace = TraceID.random(using: &generator)
    self.trace = trace
    logger = Logger(label: "regra") { _ in
      LineLogHandler(
        format, level: level, trace: trace, time: { PullClock.system.now().text },
        write: { Terminal.write(line: $0) })
    }
  }

  /// Writes an event of a window, a call, or the whole run.
  func event(
    _ level: Logger.Level, _ message: Logger.Message,
    batch: Int? = nil, call: Int? = nil,
    _ facts: @autoclosure () -> Logger.Metadata = [:]
  ) {
    event(level, message, batch: batch, call: call) { facts() }
  }

  /// The same, with facts that take some work.
  func event(
    _ level: Logger.Level, _ message: Logger.Message,
    batch: Int? = nil, call: Int? = nil, of facts: () -> Logger.Metadata
  ) {
    guard level >= logger.logLevel else { return }
    var facts = facts()
    if let batch {
      facts["batch"] = .number(batch)
      if let call { facts["call"] = .number(call) }
      facts["span_id"] = .string(trace.span(batch: batch, call: call ?? 0).text)
    }
    logger.log(level: level, message, metadata: facts)
  }
}

extension Logger.MetadataValue {
  static func number(_ number: Int) -> Self { .stringConvertible(number) }

  /// Seconds, to the millisecond.
  static func seconds(_ duration: Duration) -> Self {
    .stringConvertible((duration / .milliseconds(1)).rounded() / 1_000)
  }
}
