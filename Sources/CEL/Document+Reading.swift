extension Document {
  /// The value that starts at a tape index; lists and maps stay on the tape.
  public func value(at index: Int) -> Value { .missing }

  /// The tape index behind the value that starts at `index`.
  public func end(of index: Int) -> Int { 0 }
}
