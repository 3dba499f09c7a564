/// How log lines are written.
package enum LogFormat: String, Sendable, CaseIterable {
  /// `time=… level=… msg="…" key=value`, known as logfmt.
  case text
  /// One JSON object a line.
  case json
}
