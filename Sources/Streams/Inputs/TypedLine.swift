internal import Glibc

/// A line that somebody types at standard input, without its end; absent where input ends or a stop
/// comes first.
package func typedLine(until stop: StopSignal) -> String? {
  let source = DescriptorSource(descriptor: STDIN_FILENO, stop: stop)
  var line: [UInt8] = []
  var byte: UInt8 = 0
  // Nobody types more than this as an answer.
  while line.count < 1_000 {
    let outcome = withUnsafeMutableBytes(of: &byte) { source.read(into: $0, until: nil) }
    switch outcome {
    case .bytes:
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    case .end, .paused, .stopped, .failed, .damaged: return nil
    }
  }
  return nil
}
