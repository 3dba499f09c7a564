extension StateNode {
  func integer(in range: ClosedRange<Int>) throws(StateFailure) -> Int {
    let number = try integer()
    guard range.contains(number) else {
      let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
      throw failure("must be from \(range.lowerBound)\(upper)")
    }
    return number
  }

  func number(in range: ClosedRange<Double>) throws(StateFailure) -> Double {
    let number: Double? =
      switch value {
      case .float(let number): number
      case .integer(let digits): Double(String(decoding: digits, as: UTF8.self))
      case .null, .bool, .string, .list, .object: nil
      }
    guard let number, range.contains(number) else {
      throw failure("must be a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
