import Playground
import Testing

@Suite("Paths to personal data")
struct PersonalPathTests {
  @Test(
    "somebody's data is known by its keys",
    arguments: [
      "event.name", "event.body.customer.first_name", "event.client.Phone", "event.nome",
      "event.lead.telefoneCelular", "event.doc.cpf", "contact.name", "event.person.name",
      "event.address.street", "event.user-email", "event.name.first_name",
    ])
  func personal(_ path: String) {
    #expect(PersonalPath.isPersonal(path.split(separator: ".").map(String.init)))
  }

  @Test(
    "the rest is not covered",
    arguments: [
      "event.status", "event.event_name", "event.product.name", "event.order.total",
      "event.plano.nome", "event.stage_name", "event", "event.tags", "event.created_at",
    ])
  func plain(_ path: String) {
    #expect(!PersonalPath.isPersonal(path.split(separator: ".").map(String.init)))
  }
}
