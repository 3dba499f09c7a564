extension Language {
  /// The words of comparisons.
  static let comparisonsInPortuguese = #"""
    {} → {} rule
    {1} → {2} regra
    {} → {} rules
    {1} → {2} regras
    guard     stops a run of the old rules: {}
    limite    para uma execução das regras antigas: {1}
    guard     stops a run of the old rules too: {}
    limite    para uma execução também das regras antigas: {1}
    guard     stops a run of the new rules: {}
    limite    para uma execução das regras novas: {1}
    guard     stops a run of the new rules too: {}
    limite    para uma execução também das regras novas: {1}
    guard     what follows is as if no guard had stopped anything
    limite    o que segue é como se nenhum limite tivesse parado nada
    guard     of the old rules: {}
    limite    das regras antigas: {1}
    guard     of the new rules: {}
    limite    das regras novas: {1}
    no difference: every contact ends the same, by the same calls
    nenhuma diferença: todo contato termina igual, pelas mesmas chamadas
    delete {} contact with the new rules alone
    apagar {1} contato só com as regras novas
    delete {} contacts with the new rules alone
    apagar {1} contatos só com as regras novas
    delete {} contact with the old rules alone
    apagar {1} contato só com as regras antigas
    delete {} contacts with the old rules alone
    apagar {1} contatos só com as regras antigas
    create {} contact with the new rules alone
    criar  {1} contato só com as regras novas
    create {} contacts with the new rules alone
    criar  {1} contatos só com as regras novas
    create {} contact with the old rules alone
    criar  {1} contato só com as regras antigas
    create {} contacts with the old rules alone
    criar  {1} contatos só com as regras antigas
    change {} contact that ends differently
    mudar  {1} contato que termina diferente
    change {} contacts that end differently
    mudar  {1} contatos que terminam diferentes
    old: {}
    antiga: {1}
    new: {}
    nova: {1}
    status{}none → {}
    estado{1}nada → {2}
    status{}→ {}
    estado{1}→ {2}
    {} none → {}
    {1} nada → {2}
    calls by rule                                       same changed     lost gained
    chamadas por regra                                iguais mudadas perdidas ganhas
    1 rule asks for the same calls
    1 regra pede as mesmas chamadas
    {#} rules ask for the same calls
    {1} regras pedem as mesmas chamadas
    contacts  {} → {} in the end
    contatos  {1} → {2} no fim
    contact by contact: {}
    contato por contato: {1}
    {#} the same
    {1} iguais
    {#} changed
    {1} mudadas
    {#} lost
    {1} perdidas
    {#} gained
    {1} ganhas
    these are the old rules: {}
    estas são as regras antigas: {1}
    these are the new rules: {}
    estas são as regras novas: {1}
    """#
}
