extension Language {
  /// The words of values.
  static let valuesInPortuguese = #"""
    a language is an ISO 639-3 code of three letters, such as `por` or `eng`
    um idioma é um código ISO 639-3 de três letras, como `por` ou `eng`
    a contact's name has at most {} characters
    o nome de um contato tem no máximo {1} caracteres
    a field keeps at most {} characters
    um campo guarda no máximo {1} caracteres
    a group needs a name
    um grupo precisa de nome
    a group's name has at most {} characters
    o nome de um grupo tem no máximo {1} caracteres
    a group's name begins with a letter, a digit or `_`
    o nome de um grupo começa com letra, dígito ou `_`
    a group's name contains neither `"` nor `\`
    o nome de um grupo não contém `"` nem `\`
    a field's key has at most {} lower-case letters, digits and `_`, a letter first
    a chave de um campo começa com letra e tem até {1} minúsculas, dígitos e `_`
    this key is reserved by the server
    esta chave é reservada pelo servidor
    a field's label has only letters without accents, digits, blanks, `-` and `_`
    o rótulo de um campo só tem letras sem acento, dígitos, espaços, `-` e `_`
    a field's label has only letters without accents, digits, blanks and `-`
    o rótulo de um campo só tem letras sem acento, dígitos, espaços e `-`
    a field's label has at most {} characters
    o rótulo de um campo tem no máximo {1} caracteres
    a number is written in digits with `.` before decimals, such as `1234.5`
    um número se escreve com dígitos e `.` antes dos decimais, como `1234.5`
    a datetime needs a date, a time and an offset, such as `2026-03-02T09:00:00-03:00`
    um datetime precisa de data, hora e fuso, como `2026-03-02T09:00:00-03:00`
    a text cannot contain the NUL character
    um texto não pode conter o caractere NUL
    one call carries at most {} of them
    uma chamada leva no máximo {1} deles
    a uuid has 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12
    um uuid tem 32 dígitos hexadecimais, em grupos de 8, 4, 4, 4 e 12
    a list, map, bytes or duration is no text
    lista, mapa, bytes ou duração não é texto
    a URN begins with its scheme, such as `whatsapp:`
    uma URN começa com o seu esquema, como `whatsapp:`
    the server knows no such scheme; schemes are lower case, such as `whatsapp` or `tel`
    o servidor não conhece esse esquema; use minúsculas, como `whatsapp` ou `tel`
    an address contains neither `#` nor `?` nor `%`
    um endereço não contém `#`, `?` nem `%`
    nothing stands behind the scheme
    não há nada depois do esquema
    a URN has at most {} characters
    uma URN tem no máximo {1} caracteres
    a `tel` number needs its country code, such as +55
    um número `tel` precisa do código do país, como +55
    a phone number has 8 to 15 digits, those of its country code included
    um telefone tem de 8 a 15 dígitos, com os do código do país
    a `whatsapp` address is a number in digits, from its country code on
    um endereço `whatsapp` só tem dígitos, a partir do código do país
    a mail address looks like `name@example.com`
    um endereço de e-mail é como `name@example.com`
    this is no address of its scheme
    isto não é um endereço do seu esquema
    """#
}
