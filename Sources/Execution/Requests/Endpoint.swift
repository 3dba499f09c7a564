import CEL
import Contacts
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

extension APIProfile {
  /// The other ninth-digit spelling of a Brazilian WhatsApp number, as the server forms it when it
  /// finds nobody under this one.
  func otherSpelling(of urn: String) -> String? {
    let prefix = "whatsapp:55"
    guard verifiesNinthDigit, urn.hasPrefix(prefix) else { return nil }
    var path = Array(urn.utf8.dropFirst(prefix.utf8.count - 2))
    guard path.count > 4 else { return nil }
    if path.count == 13, path[4] == UInt8(ascii: "9") {
      path.remove(at: 4)
    } else {
      path.insert(UInt8(ascii: "9"), at: 4)
    }
    return "whatsapp:" + String(decoding: path, as: UTF8.self)
  }
}
