extension StateReader {
  mutating func readSettings(_ node: StateNode) throws(StateFailure) {
    try node.checkKeys([
      "uuid", "name", "country", "languages", "timezone", "date_style", "anonymous", "suspended",
      "flagged", "limits", "rates", "ninth_digit", "block_flaw", "touch_unchanged",
      "asset_delay", "places",
    ])
    var settings = workspace.settings
    if let uuid = try node["uuid"]?.uuid() { settings.uuid = uuid }
    if let name = try node["name"]?.text() { settings.name = name }
    if node.has("country") { settings.country = try node["country"].map(country) }
    if let languages = try node["languages"]?.items() {
      settings.languages = try languages.map { node throws(StateFailure) in try node.text() }
    }
    if let zone = node["timezone"], !settings.setZone(try zone.string()) {
      throw zone.failure("no such time zone")
    }
    if let style = try node["date_style"]?.choice(Settings.DateStyle.self) {
      settings.dateStyle = style
    }
    if let flag = try node["anonymous"]?.flag() { settings.isAnonymous = flag }
    if let flag = try node["suspended"]?.flag() { settings.isSuspended = flag }
    if let flag = try node["flagged"]?.flag() { settings.isFlagged = flag }
    if let flag = try node["ninth_digit"]?.flag() { settings.verifiesNinthDigit = flag }
    if let flag = try node["block_flaw"]?.flag() { settings.keepsGroupsOnBlock = flag }
    if let flag = try node["touch_unchanged"]?.flag() { settings.touchesUnchanged = flag }
    if let delay = try node["asset_delay"]?.duration() { settings.assetDelay = delay.microseconds }
    if let places = try node["places"]?.items() {
      settings.places = try places.map { node throws(StateFailure) in try node.text() }
    }
    if let limits = node["limits"] { try readLimits(limits, into: &settings) }
    if let rates = node["rates"] { try readRates(rates, into: &settings) }
    workspace.settings = settings
  }

  private func country(_ node: StateNode) throws(StateFailure) -> [UInt8] {
    let letters = try node.text()
    guard letters.count == 2, letters.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw node.failure("must be two capitals, such as `BR`")
    }
    return letters
  }

  private func readLimits(
    _ node: StateNode, into settings: inout Settings
  ) throws(StateFailure) {
    try node.checkKeys(["fields", "groups"])
    if let limit = try node["fields"]?.integer() { settings.fieldLimit = limit }
    if let limit = try node["groups"]?.integer() { settings.groupLimit = limit }
  }

  private func readRates(_ node: StateNode, into settings: inout Settings) throws(StateFailure) {
    for (key, rate) in try node.entries() {
      guard let scope = ThrottleScope(rawValue: String(decoding: key, as: UTF8.self)) else {
        throw rate.failure("must be `v2` or `v2.contacts`")
      }
      if rate.isNull {
        settings.rates[scope] = nil
      } else if let value = Rate(try rate.string()) {
        settings.rates[scope] = value
      } else {
        throw rate.failure("must look like `3000/hour`")
      }
    }
  }
}

extension Duration {
  var microseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
  }
}
