extension Workspace {
  func describeWorkspace() -> Outcome {
    .written { writer in
      writer.beginObject()
      writer.member("uuid", settings.uuid.text)
      writer.member("name", settings.name)
      writer.member("country", settings.country)
      writer.key("languages")
      writer.beginList()
      for language in settings.languages { writer.string(language) }
      writer.endList()
      writer.member("primary_language", settings.languages.first)
      writer.member("timezone", settings.zoneName)
      writer.member("date_style", settings.dateStyle.rawValue)
      writer.member("anon", settings.isAnonymous)
      if profile.shape == .newer {
        writer.key("credits")
        writer.raw(Array(#"{"used":-1,"remaining":-1}"#.utf8))
      }
      writer.endObject()
    }
  }

  /// All endpoints of the server, those too that are not simulated.
  func listEndpoints(_ call: Call) -> Outcome {
    .written { writer in
      writer.beginObject()
      for name in profile.endpointNames {
        writer.key(Array(name.utf8))
        let path = name == "whastapp_broadcasts" ? "whatsapp_broadcasts" : name
        writer.string("\(call.origin)/api/v2/\(path)")
      }
      writer.endObject()
    }
  }

  /// What the newer API says of its bulk actions when it is asked for options.
  static let actionsDescription = Array(
    #"""
    {"name":"Contact Actions Endpoint","description":"## Bulk Contact Updating\n\nA **POST** can be \#
    used to perform an action on a set of contacts in bulk.\n\n* **contacts** - the contact UUIDs or \#
    URNs (array of up to 100 strings).\n* **action** - the action to perform, a string one of:\n\n    \#
    * `add` - add the contacts to the given group.\n    * `remove` - remove the contacts from the \#
    given group.\n    * `block` - block the contacts.\n    * `unblock` - unblock the contacts.\n    * \#
    `interrupt` - interrupt and end any of the contacts' active flow runs.\n    * `delete` - \#
    permanently delete the contacts.\n\n* **group** - the UUID or name of a contact group (string, \#
    optional).\n\nExample:\n\n    POST /api/v2/contact_actions.json\n    {\n        \"contacts\": \#
    [\"7acfa6d5-be4a-4bcc-8011-d1bd9dfasff3\", \"tel:+250783835665\"],\n        \"action\": \"add\",\n\#
            \"group\": \"Testers\"\n    }\n\nYou will receive an empty response with status code 204 \#
    if successful.","renders":["text/html","application/json"],"parses":["application/json",\#
    "application/x-www-form-urlencoded","multipart/form-data"],"actions":{"POST":{"contacts":{"type":\#
    "field","required":true,"read_only":false,"label":"Contacts","max_length":100},"action":{"type":\#
    "choice","required":true,"read_only":false,"label":"Action","choices":[\#(actionChoices)]},\#
    "group":{"type":"field","required":false,"read_only":false,"label":"Group"}}}}
    """#.utf8)

  private static let actionChoices = ContactAction.allCases
    .map { #"{"value":"\#($0.rawValue)","display_name":"\#($0.rawValue)"}"# }
    .joined(separator: ",")
}
