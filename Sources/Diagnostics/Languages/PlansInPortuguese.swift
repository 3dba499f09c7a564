extension Language {
  /// The words of plans.
  static let plansInPortuguese = #"""
    delete {} contact
    apagar {1} contato
    delete {} contacts
    apagar {1} contatos
    create {} contact
    criar  {1} contato
    create {} contacts
    criar  {1} contatos
    create {} contact · {}
    criar  {1} contato · {2}
    create {} contacts · {}
    criar  {1} contatos · {2}
    change {} contact
    mudar  {1} contato
    change {} contacts
    mudar  {1} contatos
    change {} contact (made first where they are not there)
    mudar  {1} contato (criado antes, se não existir)
    change {} contacts (made first where they are not there)
    mudar  {1} contatos (criados antes, se não existirem)
    overwritten: {}
    sobrescrito: {1}
    overwritten {}
    sobrescrito {1}
    urns {} URN taken from its contact
    urns {1} URN tomada do seu contato
    urns {} URNs taken from their contacts
    urns {1} URNs tomadas dos seus contatos
    urns {} URN of another contact, set aside (--allow-urn-moves takes it)
    urns {1} URN de outro contato, separada (--allow-urn-moves a toma)
    urns {} URNs of other contacts, set aside (--allow-urn-moves takes them)
    urns {1} URNs de outros contatos, separadas (--allow-urn-moves as toma)
    also names a contact that this plan changes: whoever has it then
    também nomeia um contato que este plano muda: quem a tiver na hora
    calls    {}
    chamadas {1}
    calls    {} ({})
    chamadas {1} ({2})
    calls    {} ({}) · {}
    chamadas {1} ({2}) · {3}
    minimal if all {} unconfirmed contact exist
    mínimo se o contato não confirmado existir ({1})
    minimal if all {} unconfirmed contacts exist
    mínimo se os {1} contatos não confirmados existirem
    group changes proved minimal
    mudanças de grupo: mínimo provado
    the wait for quotas proved minimal
    espera pelas cotas: mínimo provado
    group changes at most {} % above the bound
    mudanças de grupo: no máximo {1} % acima do mínimo
    the wait for quotas at most {} % above the bound
    espera pelas cotas: no máximo {1} % acima do mínimo
    {#} write would change nothing
    {1} escrita não mudaria nada
    {#} writes would change nothing
    {1} escritas não mudariam nada
    quota    {} of {} contact calls per hour · {} of {} others
    cota     {1} de {2} chamadas de contatos por hora · {3} de {4} outras
    time     about {}
    tempo    cerca de {1}
    guards   all hold
    limites  todos respeitados
    guards   {}
    limites  {1}
    `regra apply` refuses this plan
    `regra apply` recusa este plano
    nothing known of contacts
    nada se sabe dos contatos
    contacts from {}
    contatos de {1}
    contacts as of {} ({} ago)
    contatos lidos às {1} (há {2})
    {#} days
    {1} dias
    saved: {}; `regra apply {}` sends it
    gravado: {1}; `regra apply {2}` o envia
    saved: {}; a guard keeps `regra apply {}` from sending it
    gravado: {1}; um limite impede `regra apply {2}` de enviá-lo
    proofs: {} round checked, every claim holds
    provas: {1} rodada conferida, tudo vale
    proofs: {} rounds checked, every claim holds
    provas: {1} rodadas conferidas, tudo vale
    {#} lines hold no contact
    {1} linhas sem contato
    """#
}
