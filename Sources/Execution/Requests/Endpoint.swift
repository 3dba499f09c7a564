import CEL
import Planning

/// The parts of the API that calls are for.
enum Endpoint: String {
  case contacts = "/api/v2/contacts.json"
  case actions = "/api/v2/contact_actions.json"
  case fields = "/api/v2/fields.json"
  case groups = "/api/v2/groups.json"
}

/// One request before it is written as bytes.
struct Request {
  var method: Call.Method
  var endpoint: Endpoint
  var query: (name: String, value: String)?
  var body: Literal?

  /// Whether it may change something.
  var writes: Bool { method != .get }

  var target: String {
    guard let query else { return endpoint.rawValue }
    return "\(endpoint.rawValue)?\(query.name)=\(Request.percentEncoded(query.value))"
  }

  /// Leaves letters, digits and `-._~` as they are.
  static func percentEncoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: encoded.append(byte)
      default: encoded += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
