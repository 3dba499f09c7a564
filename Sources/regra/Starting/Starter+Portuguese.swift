extension Starter {
  static let portuguese: [(path: String, text: String)] = [
    (
      "README.md",
      """
      # Nossas regras

      O que acontece na loja vira o que sabemos dos nossos contatos.

      | arquivo | o que é |
      | --- | --- |
      | `rules/pedidos.yaml` | as regras |
      | `rules/pedidos.test.yaml` | os testes delas |
      | `events.ndjson` | alguns eventos para experimentar, um por linha |
      | `schemas/` | faz o editor completar chaves e sublinhar deslizes; `regra schema rules` e `regra schema tests` os imprimem de novo |

      ## No dia a dia

      ```sh
      regra check rules                          # todos os erros, com o lugar
      regra test rules                           # os testes, e o que eles não cobrem
      regra run rules events.ndjson              # as chamadas, impressas; nada é enviado
      regra plan rules events.ndjson             # o que mudaria, contato por contato
      ```

      ## Os seus eventos

      ```sh
      regra infer seus-eventos.ndjson                    # como eles são
      regra check rules --samples seus-eventos.ndjson    # campos e valores que nenhum evento tem
      ```

      Mude `events:` e `contact:`, no começo de `rules/pedidos.yaml`, para onde os seus eventos guardam o
      tipo e o telefone. Depois siga com uma regra e um teste de cada vez.

      ## Para valer

      ```sh
      regra doctor rules --url https://seu.servidor      # está tudo pronto?
      regra pull --url https://seu.servidor              # quem já está lá
      regra plan rules seus-eventos.ndjson               # confira
      regra apply regra.plan --url https://seu.servidor  # envia exatamente isso
      ```

      O token vem de `REGRA_TOKEN` ou de `--token-file`, nunca de uma opção.

      """
    ),
    (
      "events.ndjson",
      """
      {"tipo":"pedido.criado","id":"e1","em":"2026-03-02T09:00:00-03:00","cliente":{"nome":"Maria Souza","telefone":"(82) 99933-0001"},"pedido":{"id":"A1","situacao":"pendente","total":129.9}}
      {"tipo":"pedido.pago","id":"e2","em":"2026-03-02T09:05:00-03:00","cliente":{"nome":"Maria Souza","telefone":"(82) 99933-0001"},"pedido":{"id":"A1","situacao":"pago","total":129.9}}
      {"tipo":"pedido.criado","id":"e3","em":"2026-03-02T10:00:00-03:00","cliente":{"nome":"Ana Lima","telefone":"(11) 98888-7777"},"pedido":{"id":"A2","situacao":"pendente","total":890}}
      {"tipo":"pedido.pago","id":"e4","em":"2026-03-02T10:20:00-03:00","cliente":{"nome":"Ana Lima","telefone":"(11) 98888-7777"},"pedido":{"id":"A2","situacao":"pago","total":890}}
      {"tipo":"pedido.pago","id":"e5","em":"2026-03-02T11:00:00-03:00","cliente":{"nome":"Rita Dias","telefone":"(21) 97777-6666"},"pedido":{"id":"A3","situacao":"recusado","total":45}}

      """
    ),
    (
      "rules/pedidos.yaml",
      """
      # yaml-language-server: $schema=../schemas/rules.json
      version: 1
      about: Pedidos da loja
      zone: America/Sao_Paulo

      events:
        type: event.tipo
        id: event.id  # o mesmo evento duas vezes conta uma
        time: event.em

      contact:
        urn: whatsapp:${phone(event.cliente.telefone, "BR")}
        missing: create

      let:
        grande: event.pedido.total >= 500

      rules:
        - id: pedido-criado
          about: Alguém pediu e ainda não pagou
          when: pedido.criado
          do:
            - set_name: ${event.cliente.nome}
            - set_fields:
                ultimo_pedido: ${event.pedido.id}
            - add_to_group: Aguardando pagamento

        - id: pedido-pago
          about: O pagamento entrou
          when: pedido.pago
          if:
            - event.pedido.situacao: pago
          do:
            - set_fields:
                ultimo_pagamento_em: ${event.em}
            - add_to_group: Clientes
            - remove_from_group: Aguardando pagamento

        - id: pedido-grande
          about: Um pedido grande, pago
          when: pedido.pago
          if:
            - event.pedido.situacao: pago
            - grande
          do:
            - add_to_group: VIP

      ensure:
        fields:
          ultimo_pedido: {label: Ultimo pedido, type: text}
          ultimo_pagamento_em: {label: Ultimo pagamento em, type: datetime}
        groups: [Clientes, VIP, Aguardando pagamento]

      """
    ),
    (
      "rules/pedidos.test.yaml",
      """
      # yaml-language-server: $schema=../schemas/tests.json
      rules: pedidos.yaml
      now: 2026-03-02T12:00:00-03:00

      contacts:
        maria:
          urns: ["whatsapp:5582999330001"]
          groups: [Aguardando pagamento]

      tests:
        - name: um pedido faz um contato que aguarda pagamento
          events:
            - {tipo: pedido.criado, id: e1, cliente: {nome: Ana Lima, telefone: (11) 98888-7777}, pedido: {id: A2, total: 890}}
          expect:
            fired: [pedido-criado]
            contacts:
              whatsapp:5511988887777: {name: Ana Lima, fields: {ultimo_pedido: A2}, groups: [Aguardando pagamento]}
            calls: {at_most: 2}

        - name: quem paga vira cliente
          events:
            - tipo: pedido.pago
              id: e2
              em: 2026-03-02T09:05:00-03:00
              cliente: {telefone: (82) 99933-0001}
              pedido: {id: A1, situacao: pago, total: 129.9}
          expect:
            fired: [pedido-pago]
            contacts: {maria: {groups: [Clientes]}}

        - name: a partir de 500 é um pedido grande (${each.total})
          each:
            - {total: 500, grupos: [Clientes, VIP]}
            - {total: 499.99, grupos: [Clientes]}
          events:
            - tipo: pedido.pago
              id: e3
              em: 2026-03-02T10:20:00-03:00
              cliente: {telefone: (82) 99933-0001}
              pedido: {situacao: pago, total: "${each.total}"}
          expect: {contacts: {maria: {groups: "${each.grupos}"}}}

        - name: um pagamento recusado não muda nada
          events:
            - {tipo: pedido.pago, id: e4, cliente: {telefone: (82) 99933-0001}, pedido: {situacao: recusado, total: 900}}
          expect: {fired: [], calls: none}

      """
    ),
  ]
}
