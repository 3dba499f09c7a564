private import CJSON

/// A fixed 64-bit hash of bytes, the same on every machine and run.
func stableHash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  cjson_hash(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
}

/// Whether `needle` occurs in `text`.
func contains(
  _ text: UnsafeRawPointer, _ length: Int, _ needle: UnsafePointer<UInt8>, _ needleLength: Int
) -> Bool {
  cjson_contains(text.assumingMemoryBound(to: UInt8.self), length, needle, needleLength) != 0
}

/// Writes a finite double as the shortest decimal that reads back the same, never with an exponent.
func printDouble(_ value: Double, into buffer: UnsafeMutablePointer<UInt8>) -> Int {
  cjson_print_double(value, buffer)
}
