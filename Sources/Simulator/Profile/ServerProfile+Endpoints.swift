private import Contacts

extension ServerProfile {
  /// The server's list of itself; one name is misspelt there.
  var endpointNames: [String] {
    let words: String
    switch dialect {
    case .weni:
      words = """
        archives boundaries broadcasts whastapp_broadcasts campaigns campaign_events channels \
        channel_events classifiers contacts contacts_lean contact_actions contact_templates \
        filter_templates definitions fields flow_starts flows globals groups labels messages \
        message_actions products resthooks resthook_events resthook_subscribers runs templates \
        ticketers tickets ticket_actions topics users workspace
        """
    case .rapidpro:
      words = """
        archives broadcasts campaigns campaign_events channels classifiers contacts \
        contact_actions fields flow_starts flows globals groups labels media messages \
        message_actions resthooks resthook_events resthook_subscribers runs tickets \
        ticket_actions topics users workspace
        """
    }
    return words.split(separator: " ").map(String.init)
  }
}
