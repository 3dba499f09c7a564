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
    for (place, word) in written.enumerated() {
      let pieces = word.split { signs.contains($0) }
      // Numbers beside each other may be a telephone's.
      let isAlone = written[max(0, place - 1)...].prefix(3).count { isNumber($0) } <= 1
      let isShown =
        pieces.allSatisfy { usual.contains($0.lowercased()) || known.contains(String($0)) }
        || pieces.count == 1 && isNumber(word) && isAlone
      if isShown {
        unveil()
        parts.append(String(word))
      } else {
        hidden.append(String(word))
      }
    }
    unveil()
    return parts.joined(separator: " ")
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
