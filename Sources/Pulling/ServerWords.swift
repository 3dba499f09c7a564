/// What a server says, as far as it uses its usual words.
///
/// Its words may repeat what they are about: a name, a number, a token, a page of a proxy. So of its
/// sentences only the words are shown that they are made of, and what else stands there is masked.
package enum ServerWords {
  /// Longer answers are no sentences.
  private static let lengthLimit = 400

  /// The sentence with each run of other words replaced by what `mask` makes of it.
  ///
  /// `known` are names that are no secret here, such as that of the field that it is about.
  package static func plain(
    _ words: String, allowing known: Set<String> = [], mask: (String) -> String = { _ in "…" }
  ) -> String {
    var parts: [String] = []
    var hidden: [String] = []
    func unveil() {
      if !hidden.isEmpty { parts.append(mask(hidden.joined(separator: " "))) }
      hidden = []
    }
    let written = words.prefix(lengthLimit).split(whereSeparator: \.isWhitespace)
    let names = known.map { $0.split(whereSeparator: \.isWhitespace) }
    var rest = written[...]
    while let word = rest.first {
      let name = names.filter { stands($0, first: rest) }.max { $0.count < $1.count }
      let count = name?.count ?? 1
      if name != nil || isUsual(word) || isID(word) || isNumber(word) && isAlone(rest, in: written)
      {
        unveil()
        parts += rest.prefix(count).map(String.init)
      } else {
        hidden.append(String(word))
      }
      rest = rest.dropFirst(count)
    }
    unveil()
    return parts.joined(separator: " ")
  }

  private static func isUsual(_ word: Substring) -> Bool {
    word.split { signs.contains($0) }.allSatisfy { usual.contains($0.lowercased()) }
  }

  /// Whether a sentence goes on with a name, whatever signs stand around it.
  private static func stands(_ name: [Substring], first words: ArraySlice<Substring>) -> Bool {
    !name.isEmpty
      && bare(words.prefix(name.count).joined(separator: " ")) == name.joined(separator: " ")
  }

  private static func bare(_ text: String) -> Substring {
    let start = text.drop { signs.contains($0) }
    return start[
      ..<(start.lastIndex { !signs.contains($0) }.map { start.index(after: $0) } ?? start.startIndex)
    ]
  }

  /// Numbers beside each other may be a telephone's, unless commas tell them apart.
  private static func isAlone(
    _ rest: ArraySlice<Substring>, in words: [Substring]
  ) -> Bool {
    let place = rest.startIndex
    func isJoined(_ place: Int) -> Bool {
      words.indices.contains(place) && words.indices.contains(place + 1)
        && isNumber(words[place]) && isNumber(words[place + 1]) && !words[place].hasSuffix(",")
    }
    return !isJoined(place - 1) && !isJoined(place)
  }

  /// Whether a word is a uuid, which tells nothing about anybody.
  private static func isID(_ word: Substring) -> Bool {
    let parts = bare(String(word)).split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// Whether a word is a number of few digits, such as a limit.
  private static func isNumber(_ word: Substring) -> Bool {
    let digits = word.filter { !signs.contains($0) }.utf8
    return (1...5).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static let signs: Set<Character> = [
    ".", ",", ":", ";", "\"", "'", "(", ")", "[", "]", "{", "}", "`", "!", "?",
  ]

  private static let usual = Set(
    """
    a about action actions active administrators all allowed an and anonymous another any archived are as at \
    authentication available be because been being belongs blank blocked body boundary but by \
    campaign campaigns can t cannot channel character characters code codes contact contacts contain \
    contains control correctly country could create created credentials currently cursor data datetime \
    delete deleted detail dictionary digits does doesn duplicate dynamic elements email empty ensure \
    error exceed exceeds exist existing exists expected expecting field fields first flow flows following \
    following for forbidden format found from generated got group groups has have header hyphens hypens \
    illegal in inactive integer internal invalid is iso639-3 it items iso json key keys label language least \
    length letters limit list long longer many match matches maximum may media method minimum missing \
    modified modify more multipart must name no not notified null number numbers object of on one only \
    or org organization organizations other out page param parse perform permission phone please project \
    provided query range reached read required request satisfy scheme search second seconds server \
    should site smart space spaces specify starting status string such suspended system than that the they this \
    throttled ticket tickets to token too trigger triggers type type unable unavailable underscores \
    unexpected unique unsupported up updating url urn urns use used user using uuid valid value values \
    was wasn were when which with without workspace you your bad gateway timeout gone denied access \
    unauthorized flagged
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
