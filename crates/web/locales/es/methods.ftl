# Los métodos: la lista y la página de uno.

methods-label = Cómo se hace
methods-how = Cada texto da la fórmula, su fuente y lo que se deja fuera.
methods-title = Métodos
methods-description = Cómo se agrupan los efectos, se juzga la certeza y se ordenan las prácticas.
methods-say = Cada número de este sitio puede recalcularse a partir de los hallazgos y de estas reglas.
methods-empty = Aún no se ha redactado ningún método.
methods-english = Estos textos están en inglés.
method = Método
method-how = El texto es el mismo con que trabajan los autores del programa.
