import CEL
import Contacts
import Plans
import Pulling
import StateStore

/// Asks what must be known before a plan is carried out.
struct WorkspaceReader<Time: Clock> where Time.Duration == Duration {
  let documents: DocumentReader<Time>
  let profile: APIProfile

  /// The uuid of the workspace that the token is of.
  func workspace() async throws(ApplyFailure) -> String {
    try await read("/api/v2/workspace.json") { document in
      document.member("uuid", of: document.root)?.ownedText
    }
  }

  /// Contacts that changed behind a time and are wanted, and those that were deleted.
  func changes(
    since time: PointInTime, where isWanted: (ListedContact) -> Bool
  ) async throws(ApplyFailure) -> [ChangedContact] {
    var changed: [ChangedContact] = []
    var dialect: Dialect?
    for filter in ["", "deleted=true&"] {
      try await forEachPage(filter, since: time) { contact in
        // Deleted contacts may be shown without what tells the dialect.
        if filter.isEmpty { dialect = contact.dialect }
        var contact = contact
        contact.isDeleted = !filter.isEmpty
        if contact.modifiedOn > time, isWanted(contact) { changed.append(contact.contact) }
      }
    }
    try await check(dialect)
    return changed
  }

  private func forEachPage(
    _ filter: String, since time: PointInTime, _ body: (ListedContact) -> Void
  ) async throws(ApplyFailure) {
    let target =
      "/api/v2/contacts.json?\(filter)reverse=true&limit=\(profile.contactPageSize)"
      + "&after=\(time.text)"
    do throws(PullFailure) {
      try await documents.forEachPage(of: target) { document, value in
        ListedContact(value, in: document)
      } _: { contacts in
        contacts.forEach(body)
      }
    } catch {
      throw .server(error)
    }
  }

  /// Refuses a server whose answers show another dialect; groups and fields tell where no contact
  /// does.
  private func check(_ shown: Dialect?) async throws(ApplyFailure) {
    var found = shown
    if found == nil {
      found = try await evidence("groups") { document, group in
        document.member("system", of: group) == nil ? .weni : .rapidpro
      }
    }
    if found == nil {
      found = try await evidence("fields") { document, field in
        if document.member("name", of: field) != nil { return .rapidpro }
        return document.member("pinned", of: field) == nil ? nil : .weni
      }
    }
    if let found, found != profile.dialect {
      throw .anotherDialect(plan: profile.dialect, found: found)
    }
  }

  private func evidence(
    _ endpoint: String, _ dialect: (Document, Value) -> Dialect?
  ) async throws(ApplyFailure) -> Dialect? {
    try await read("/api/v2/\(endpoint).json") { document in
      ListingPage<Dialect?>(document) { .some(dialect(document, $0)) }
    }.items.lazy.compactMap(\.self).first
  }

  private func read<Part>(
    _ target: String, _ parse: (Document) -> Part?
  ) async throws(ApplyFailure) -> Part {
    do throws(PullFailure) { return try await documents.read(target, parse) } catch {
      throw .server(error)
    }
  }
}

/// A contact of a listing.
struct ListedContact {
  var contact: ChangedContact
  var isDeleted = false
  var modifiedOn: PointInTime
  var dialect: Dialect
  private let body: String

  init?(_ value: Value, in document: Document) {
    guard let row = ContactRow(value, in: document) else { return nil }
    modifiedOn = row.modifiedOn
    body = row.body
    dialect = document.member("status", of: value) == nil ? .weni : .rapidpro
    contact = ChangedContact(uuid: row.uuid)
    guard let urns = document.member("urns", of: value), urns.tag == .list else { return }
    for urn in document.elements(of: urns) where urn.tag == .text {
      contact.urns.append(String(decoding: urn.bytes, as: UTF8.self))
    }
  }

  func version(without smartGroups: Set<String>) -> String {
    ContactVersion.checksum(of: body, without: smartGroups)
  }
}
