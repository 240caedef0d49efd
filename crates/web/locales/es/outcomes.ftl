# Los resultados.

outcomes-label = Qué se mide
outcomes-title = Resultados
outcomes-description = Qué se mide en los clientes y en la entidad, por dominio, con la dirección del beneficio y cuánta evidencia hay.
outcomes-say = { $total } cosas que pueden cambiar para un cliente, o para la entidad. { $studied } de ellas aparecen en al menos un hallazgo; { $unstudied }, en ninguno.
outcomes-domains = Dominios de resultados
outcomes-caption = Resultados del dominio { $domain }
outcomes-how = Un resultado de daño es algo que perjudica a los clientes; nunca se compensa con un beneficio.
outcomes-count = { $count ->
    [one] 1 resultado.
   *[other] { $count } resultados.
 }
outcome-in-domain = Dominio: { $domain }.
outcome-empty = Ningún estudio de esta base de evidencia lo midió. Un estudio que compare clientes con una práctica y sin ella, y pregunte por esto, llenaría la página.
outcome-practices = Prácticas estudiadas
outcome-practices-how = Cada nombre lleva a la síntesis de esa práctica, comparación y tipo de estimación.
outcome-practices-caption = Una práctica aparece dos veces cuando se comparó con dos cosas, o se estimó de dos maneras que no se pueden agrupar.
outcome-unstudied = { $count } de { $total } prácticas no tienen ningún hallazgo sobre este resultado.
outcome-measuring = Medirlo bien
outcome-measuring-how = Lo que falla con más frecuencia, y dónde ponen otras listas este resultado.
outcome-measuring-none = Aún no se ha escrito ningún consejo para este resultado.
