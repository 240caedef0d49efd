# Los estudios.

studies-label = De dónde vienen los hallazgos
studies-how = Un estudio es un artículo o un conjunto de datos. Sus hallazgos pueden venir de varias muestras de personas.
studies-title = Estudios
studies-description = Todos los estudios de los que viene un hallazgo de esta base de evidencia, con su país y su diseño.
studies-say = { $studies } estudios aportan los { $findings } hallazgos.
studies-caption = Por autores. El nombre lleva a las muestras y los hallazgos del estudio.
study-how = Lo que los hallazgos dicen de su estudio. Un vacío significa que los responsables no lo saben con certeza.
study-no-title = Título no conocido con certeza
study-no-doi = Sin DOI registrado
study-samples-how = Una muestra es un grupo de personas. Un conjunto toma como máximo una estimación de cada muestra, para que nadie se cuente dos veces.
study-sample-findings = { $findings ->
    [one] 1 hallazgo
   *[other] { $findings } hallazgos
 }, { $primary } de ellos en un conjunto.
study-sample-rows = Como máximo { $rows } filas en una estimación.
study-context = La entidad y su préstamo en esta muestra
study-context-caption = Las características con las que pueden variar los efectos.
study-feature = Característica
study-value = Valor
study-from = de { $samples ->
    [one] 1 muestra
   *[other] { $samples } muestras
 }
