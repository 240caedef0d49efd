# Las prácticas: la lista y la página de una.

practices-label = Qué se puede elegir
practices-title = Prácticas
practices-description = Lo que una institución de microfinanzas puede elegir hacer, por familia, y cuánta evidencia hay sobre cada práctica.
practices-say = { $total } cosas que una institución puede elegir hacer. { $studied } de ellas tienen al menos un hallazgo utilizable. Nadie nos ha dado ninguno para las otras { $unstudied }.
practices-families = Familias de prácticas
practices-how = Una muestra es un grupo de personas; de ella pueden venir varios hallazgos.
practices-caption = Prácticas de la familia { $family }

practice-empty = Nadie nos ha dado un hallazgo sobre esta práctica: eso no dice nada de si ayuda o perjudica. Un estudio que compare clientes con ella y sin ella llenaría esta página.
practice-evidence = Lo que se ha estudiado
practice-evidence-how = Una fila por cada resultado, comparación y tipo de estimación. Cada nombre lleva a la síntesis: la respuesta, su intervalo y cuán segura es.
practice-unknown = Lo que nadie ha estudiado
practice-unknown-how = Ningún hallazgo en esta base de evidencia. La falta de evidencia es un resultado, y nunca un cero.
practice-unknown-domains = { $count ->
    [one] Un dominio entero de la vida de los clientes no tiene ningún hallazgo sobre esta práctica:
   *[other] { $count } dominios enteros de la vida de los clientes no tienen ningún hallazgo sobre esta práctica:
 }
practice-unknown-harms = Daños que no se midieron:
practice-unknown-outcomes = Resultados sueltos sin hallazgo, en los dominios que tienen alguno
practice-names = Comparaciones y nombres
practice-names-how = Con qué se compara la práctica y cómo la llaman otras listas. Las correspondencias sirven para orientarse; no son evidencia.
practice-comparators = En comparación con
standard-read = leído en un ejemplar de los estándares
standard-recalled = citado de memoria, no cotejado con el texto
