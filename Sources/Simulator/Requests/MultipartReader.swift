/// Reads the plain fields of a `multipart/form-data` body; files are left out.
enum MultipartReader {
  static func read(_ body: [UInt8], boundary: String?) throws(Rejection) -> QueryValues {
    guard let boundary, !boundary.isEmpty, boundary.utf8.count <= 200,
      boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
    else {
      throw .detail(
        400, "Multipart form parse error - Invalid boundary in multipart: \(boundary ?? "None")")
    }
    let mark = Array("--\(boundary)".utf8)
    var values = QueryValues()
    var start = find(mark, in: body, from: 0)
    while let head = start {
      let content = head + mark.count
      if body[content...].starts(with: "--".utf8) { break }
      start = find([0x0D, 0x0A] + mark, in: body, from: content).map { $0 + 2 }
      let end = start.map { $0 - 2 } ?? body.count
      if let (name, value) = field(in: body[content..<end]) { values.append(name, value) }
    }
    return values
  }

  /// One part: its head, an empty line, its value.
  private static func field(in part: ArraySlice<UInt8>) -> (name: [UInt8], value: [UInt8])? {
    let bytes = Array(part)
    guard let headEnd = find([0x0D, 0x0A, 0x0D, 0x0A], in: bytes, from: 0) else { return nil }
    let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
    for line in head.split(whereSeparator: \.isNewline) {
      let halves = line.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, halves[0].lowercased() == "content-disposition" else { continue }
      let disposition = MediaType(halves[1])
      guard disposition.main == "form-data", disposition["filename"] == nil,
        let name = disposition["name"]
      else { return nil }
      return (Array(name.utf8), Array(bytes[(headEnd + 4)...]))
    }
    return nil
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= mark.count, start <= bytes.count - mark.count else { return nil }
    let first = mark[0]
    for index in start...(bytes.count - mark.count)
    where bytes[index] == first && bytes[index..<index + mark.count].elementsEqual(mark) {
      return index
    }
    return nil
  }
}
