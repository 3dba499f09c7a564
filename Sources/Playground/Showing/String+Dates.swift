extension String {
  /// Whether the text begins as `2026-03-02` does.
  package var startsWithDate: Bool {
    let head = Array(utf8.prefix(10))
    return head.count == 10
      && head.enumerated().allSatisfy { place, byte in
        place == 4 || place == 7
          ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      }
  }
}
