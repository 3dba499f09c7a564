internal import Contacts

/// A body as the serializers see it: JSON, or a form, whose fields are read differently.
enum RequestBody: Sendable {
  case json(JSONValue)
  case form(QueryValues)

  /// Reads the body of a request by its content type.
  static func read(_ request: APIRequest, rules: JSONReader.Rules) throws(Rejection) -> RequestBody
  {
    let written = request.header("Content-Type") ?? ""
    let type = written == "application/json" ? .json : MediaType(written)
    if request.body.isEmpty {
      return MediaType.form.serves(type) || MediaType.multipart.serves(type)
        ? .form(QueryValues()) : .json(.object(JSONObject()))
    }
    if MediaType.json.serves(type) { return try readJSON(request.body, type, rules) }
    if MediaType.form.serves(type) { return .form(QueryValues(request.body)) }
    if MediaType.multipart.serves(type) {
      return .form(try MultipartReader.read(request.body, boundary: type["boundary"]))
    }
    throw .detail(415, #"Unsupported media type "\#(written)" in request."#)
  }

  private static func readJSON(
    _ bytes: [UInt8], _ type: MediaType, _ rules: JSONReader.Rules
  ) throws(Rejection) -> RequestBody {
    do throws(JSONFault) {
      return .json(try JSONReader.read(recoded(bytes, type["charset"]), rules: rules))
    } catch {
      if error == .tooDeep { throw .failure }
      throw .detail(400, "JSON parse error - \(error.text)")
    }
  }

  /// The bytes in UTF-8: the server also knows bodies in Latin-1 and in ASCII.
  private static func recoded(_ bytes: [UInt8], _ charset: String?) throws(JSONFault) -> [UInt8] {
    switch charset?.lowercased() {
    case "iso-8859-1", "latin-1", "latin1":
      return bytes.reduce(into: []) { UTF8Text.append(UInt32($1), to: &$0) }
    case "ascii", "us-ascii":
      guard let place = bytes.firstIndex(where: { $0 >= 0x80 }) else { return bytes }
      let byte = String(bytes[place], radix: 16)
      throw .undecodable(
        "'ascii' codec can't decode byte 0x\(byte) in position \(place): ordinal not in range(128)")
    default: return bytes
    }
  }

  /// Whether the body is one object.
  var isObject: Bool {
    switch self {
    case .form, .json(.object): true
    case .json: false
    }
  }

  /// What a key of plain text holds.
  ///
  /// In a form an empty text is null where the key takes null, and absent where it may be absent.
  func text(
    _ key: StaticString, takesNull: Bool = false, takesBlank: Bool = false,
    isRequired: Bool = false
  ) -> JSONValue? {
    switch self {
    case .json(let value): return value[key]
    case .form(let values):
      guard let text = values[key] else { return nil }
      if !text.isEmpty || takesBlank { return .string(text) }
      return takesNull ? .null : isRequired ? .string(text) : nil
    }
  }

  /// What a key of many values holds.
  func list(_ key: StaticString) -> JSONValue? {
    switch self {
    case .json(let value): return value[key]
    case .form(let values):
      let plain = values.all(key)
      let items = plain.isEmpty ? values.numbered(key) : plain
      return items.isEmpty ? nil : .list(items.map(JSONValue.string))
    }
  }

  /// What a key of many references holds; in a form it is never absent.
  func references(_ key: StaticString) -> JSONValue? {
    switch self {
    case .json(let value): value[key]
    case .form(let values): .list(values.all(key).map(JSONValue.string))
    }
  }

  /// What a key of many pairs holds; in a form it is always empty.
  func pairs(_ key: StaticString) -> JSONValue? {
    switch self {
    case .json(let value): value[key]
    case .form: .object(JSONObject())
    }
  }
}
