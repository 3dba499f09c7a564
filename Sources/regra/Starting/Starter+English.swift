extension Starter {
  static let english: [(path: String, text: String)] = [
    (
      "README.md",
      """
      # Our rules

      What happens in the shop becomes what we know about our contacts.

      | file | what it is |
      | --- | --- |
      | `rules/orders.yaml` | the rules |
      | `rules/orders.test.yaml` | their tests |
      | `events.ndjson` | a few events to try them with, one a line |
      | `schemas/` | lets editors complete keys and underline slips; `regra schema rules` and `regra schema tests` print them anew |

      ## Every day

      ```sh
      regra check rules                          # every mistake, with its place
      regra test rules                           # the tests, and what they do not cover
      regra run rules events.ndjson              # the calls, printed; nothing is sent
      regra plan rules events.ndjson             # what would change, contact by contact
      ```

      ## Your own events

      ```sh
      regra infer your-events.ndjson                    # what they look like
      regra check rules --samples your-events.ndjson    # fields and values that no event has
      ```

      Change `events:` and `contact:` at the top of `rules/orders.yaml` to where your events keep their
      type and the phone number. Then go on with one rule and one test at a time.

      ## For real

      ```sh
      regra doctor rules --url https://your.server      # is everything ready?
      regra pull --url https://your.server              # who is there already
      regra plan rules your-events.ndjson               # look at it
      regra apply regra.plan --url https://your.server  # send exactly that
      ```

      The token comes from `REGRA_TOKEN` or `--token-file`, never from a flag.

      """
    ),
    (
      "events.ndjson",
      """
      {"type":"order.created","id":"e1","at":"2026-03-02T09:00:00-03:00","customer":{"name":"Maria Souza","phone":"(82) 99933-0001"},"order":{"id":"A1","status":"pending","total":129.9}}
      {"type":"order.paid","id":"e2","at":"2026-03-02T09:05:00-03:00","customer":{"name":"Maria Souza","phone":"(82) 99933-0001"},"order":{"id":"A1","status":"paid","total":129.9}}
      {"type":"order.created","id":"e3","at":"2026-03-02T10:00:00-03:00","customer":{"name":"Ana Lima","phone":"(11) 98888-7777"},"order":{"id":"A2","status":"pending","total":890}}
      {"type":"order.paid","id":"e4","at":"2026-03-02T10:20:00-03:00","customer":{"name":"Ana Lima","phone":"(11) 98888-7777"},"order":{"id":"A2","status":"paid","total":890}}
      {"type":"order.paid","id":"e5","at":"2026-03-02T11:00:00-03:00","customer":{"name":"Rita Dias","phone":"(21) 97777-6666"},"order":{"id":"A3","status":"refused","total":45}}

      """
    ),
    (
      "rules/orders.yaml",
      """
      # yaml-language-server: $schema=../schemas/rules.json
      version: 1
      about: Orders of the shop
      zone: America/Sao_Paulo

      events:
        type: event.type
        id: event.id  # the same event twice counts once
        time: event.at

      contact:
        urn: whatsapp:${phone(event.customer.phone, "BR")}
        missing: create

      let:
        large: event.order.total >= 500

      rules:
        - id: order-created
          about: Somebody ordered and has not paid yet
          when: order.created
          do:
            - set_name: ${event.customer.name}
            - set_fields:
                last_order: ${event.order.id}
            - add_to_group: Waiting for payment

        - id: order-paid
          about: The payment came in
          when: order.paid
          if:
            - event.order.status: paid
          do:
            - set_fields:
                last_paid_at: ${event.at}
            - add_to_group: Customers
            - remove_from_group: Waiting for payment

        - id: large-order
          about: A large order, paid
          when: order.paid
          if:
            - event.order.status: paid
            - large
          do:
            - add_to_group: VIP

      ensure:
        fields:
          last_order: {label: Last order, type: text}
          last_paid_at: {label: Last paid at, type: datetime}
        groups: [Customers, VIP, Waiting for payment]

      """
    ),
    (
      "rules/orders.test.yaml",
      """
      # yaml-language-server: $schema=../schemas/tests.json
      rules: orders.yaml
      now: 2026-03-02T12:00:00-03:00

      contacts:
        maria:
          urns: ["whatsapp:5582999330001"]
          groups: [Waiting for payment]

      tests:
        - name: an order makes a contact who waits for payment
          events:
            - {type: order.created, id: e1, customer: {name: Ana Lima, phone: (11) 98888-7777}, order: {id: A2, total: 890}}
          expect:
            fired: [order-created]
            contacts:
              whatsapp:5511988887777: {name: Ana Lima, fields: {last_order: A2}, groups: [Waiting for payment]}
            calls: {at_most: 2}

        - name: paying makes a customer
          events:
            - type: order.paid
              id: e2
              at: 2026-03-02T09:05:00-03:00
              customer: {phone: (82) 99933-0001}
              order: {id: A1, status: paid, total: 129.9}
          expect:
            fired: [order-paid]
            contacts: {maria: {groups: [Customers]}}

        - name: from 500 on it is a large order (${each.total})
          each:
            - {total: 500, groups: [Customers, VIP]}
            - {total: 499.99, groups: [Customers]}
          events:
            - type: order.paid
              id: e3
              at: 2026-03-02T10:20:00-03:00
              customer: {phone: (82) 99933-0001}
              order: {status: paid, total: "${each.total}"}
          expect: {contacts: {maria: {groups: "${each.groups}"}}}

        - name: a payment that was refused changes nothing
          events:
            - {type: order.paid, id: e4, customer: {phone: (82) 99933-0001}, order: {status: refused, total: 900}}
          expect: {fired: [], calls: none}

      """
    ),
  ]
}
