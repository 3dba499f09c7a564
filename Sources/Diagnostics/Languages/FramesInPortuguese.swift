extension Language {
  /// The words of frames.
  static let framesInPortuguese = #"""
    error
    erro
    warning
    aviso
    note
    nota
    help
    ajuda
    no problems in {}
    nenhum problema em {1}
    {} in {} of {}
    {1} em {2} de {3}
    {} file
    {1} arquivo
    {} files
    {1} arquivos
    {} error
    {1} erro
    {} errors
    {1} erros
    {} warning
    {1} aviso
    {} warnings
    {1} avisos
    """#
}
