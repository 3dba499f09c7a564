/// A printed call, read back.
struct CallLineRecord: Decodable {
  /// A text, or the number of the call whose answer it is.
  enum Reference: Decodable {
    case text(String)
    case answer(Int)

    private enum Key: String, CodingKey { case answer }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self = .text(text)
      } else {
        self = .answer(try decoder.container(keyedBy: Key.self).decode(Int.self, forKey: .answer))
      }
    }
  }

  struct Edit: Decodable {
    var answer: Int
    var add: [String]
    var first: [String]
    var remove: [String]

    /// The new list, as `docs/calls.md` defines it.
    func apply(to list: [String]) -> [String] {
      let kept = list.filter { !remove.contains($0) && !first.contains($0) }
      return first + kept + add.filter { !kept.contains($0) }
    }
  }

  enum URNs: Decodable {
    case list([String])
    case edit(Edit)

    init(from decoder: any Decoder) throws {
      if let list = try? decoder.singleValueContainer().decode([String].self) {
        self = .list(list)
      } else {
        self = .edit(try Edit(from: decoder))
      }
    }
  }

  /// One word for all contacts, or one for each.
  enum Missing: Decodable {
    case one(String)
    case each([String])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let word = try? container.decode(String.self) {
        self = .one(word)
      } else {
        self = .each(try container.decode([String].self))
      }
    }

    func word(at index: Int) -> String {
      switch self {
      case .one(let word): word
      case .each(let words): words[index]
      }
    }
  }

  struct Reason: Decodable {
    var rule: String
    var at: String
    var event: String?
    var contact: Int?
  }

  struct Body: Decodable {
    private enum Key: String, CodingKey {
      case name, language, fields, groups, urns, contacts, action, group, label
      case valueType = "value_type"
    }

    /// Outer nil: not there; inner nil: null.
    var name: String??
    var language: String??
    var fields: [String: String?]?
    var groups: [String]?
    var urns: URNs?
    var contacts: [Reference]?
    var action: String?
    var group: String?
    var label: String?
    var valueType: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      func optional(_ key: Key) throws -> String?? {
        guard container.contains(key) else { return nil }
        return .some(try container.decode(String?.self, forKey: key))
      }
      name = try optional(.name)
      language = try optional(.language)
      fields = try container.decodeIfPresent([String: String?].self, forKey: .fields)
      groups = try container.decodeIfPresent([String].self, forKey: .groups)
      urns = try container.decodeIfPresent(URNs.self, forKey: .urns)
      contacts = try container.decodeIfPresent([Reference].self, forKey: .contacts)
      action = try container.decodeIfPresent(String.self, forKey: .action)
      group = try container.decodeIfPresent(String.self, forKey: .group)
      label = try container.decodeIfPresent(String.self, forKey: .label)
      valueType = try container.decodeIfPresent(String.self, forKey: .valueType)
    }
  }

  var batch: Int
  var call: Int
  var method: String
  var path: String
  var query: [String: Reference]?
  var body: Body?
  var after: [Int]?
  var missing: Missing?
  var wait_s: Int?
  var because: [Reason]
}
