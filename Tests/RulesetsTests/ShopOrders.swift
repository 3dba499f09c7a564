/// The rule file that the language is introduced with.
let shopOrders = #"""
  # rules/shop/orders.yaml
  version: 1
  about: Pedidos da loja
  zone: America/Sao_Paulo          # default zone of dates without one

  events:
    type: event.kind               # CEL for an event's type; default event.type (CloudEvents)
    id: event.id                   # optional: repeats, provenance
    time: event.created_at         # optional: event time; becomes `now`

  contact:                         # who the rules of this file are about; a rule may replace it as a whole
    urn: whatsapp:${phone(event.client.phone, "BR")}    # or  uuid: ${…}; a list = first usable one
    missing: create                # create | skip | fail, when no such contact exists

  lists:
    paid_states: [paid, invoiced, shipped]

  let:
    vip: event.order.total >= 1000

  rules:
    - id: order-paid
      about: The customer paid
      when: order.updated          # one type, a list, or a glob such as order.*; absent = every event
      if:                          # a list: all must hold
        - event.order.status: {in: paid_states}           # field test
        - event.client.phone: present
        - any:
            - vip
            - event.client.tags.exists(t, t == "vip")     # CEL
        - none:
            - event.test: true
      do:
        - set_name: ${event.client.name}
        - set_fields:
            last_order: ${event.order.id}
            last_paid_at: ${event.created_at}
        - add_to_group: Clientes
        - remove_from_group: Carrinho abandonado

    - id: stage-to-group
      when: lead.stage_changed
      match: event.stage           # sugar: one rule per case
      cases:
        novo:     {add_to_group: Leads}
        proposta: {add_to_group: Proposta, remove_from_group: Leads}
        perdido:  {remove_from_group: [Leads, Proposta]}
      otherwise:  {note: "unknown stage: ${event.stage}"}

    - id: erasure
      when: privacy.erasure_requested
      do:
        - delete_contact: confirmed

  ensure:                          # what must exist before rules write to it
    fields: {last_order: {label: Last order, type: text}, last_paid_at: {label: Last paid at, type: datetime}}
    groups: [Clientes, Carrinho abandonado, Leads, Proposta]

  guards: {max_deletes: 10, max_changed: 20%}

  """#
