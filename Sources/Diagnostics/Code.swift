/// A stable name for a kind of problem: never renumbered, never reused.
///
/// By stage: 01 YAML and structure, 02 names and types, 03 rules and rulesets, 04 actions, 05 configuration.
package enum Code: String, Sendable, CaseIterable {
  case malformedYAML = "E0101"
  case notUTF8 = "E0102"
  case forbiddenCharacter = "E0103"
  case fileTooLarge = "E0104"
  case nestedTooDeep = "E0105"
  case aliasesTooLarge = "E0106"
  case unknownAlias = "E0107"
  case duplicateKey = "E0108"
  case severalDocuments = "E0109"
  case tabIndentation = "E0110"
  case unquotedColon = "E0111"
  case bracesInFlow = "E0112"
  case doubleBraces = "E0113"
  case textAfterQuote = "E0114"
  case textAfterBracket = "E0115"
  case reservedStart = "E0116"
  case unclosedQuote = "E0117"
  case unclosedBracket = "E0118"
  case cutByComment = "E0119"
  case wrongIndentation = "E0120"
  case missingColon = "E0121"
  case keyNotText = "E0122"
  case unknownEscape = "E0123"
}
