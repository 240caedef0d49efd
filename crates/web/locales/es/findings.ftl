# Los hallazgos.

findings-label = Una estimación cada uno
findings-how = Estimación e intervalo del 95 % (± 1,96 errores estándar) en la unidad y con el signo de la fuente. Un número más alto no siempre es mejor: vea el resultado.
findings-tags = «no agrupado»: otra estimación de las mismas personas lo representa. «¿escala?»: se duda de su unidad. «no comprobado»: ni recalculado ni leído en la fuente.
findings-title = Hallazgos
findings-description = Todas las estimaciones de la base de evidencia, con su intervalo, unidad, muestra y fuente; filtre por práctica, resultado, país y diseño.
findings-say = { $count ->
    [0] Ningún hallazgo pasa estos filtros.
    [one] Un hallazgo de { $total }.
   *[other] { $count } hallazgos, de { $total } en la base de evidencia.
 }
findings-empty = Ningún hallazgo es todo esto a la vez. Quite un filtro.
findings-caption = { $count ->
    [one] Un hallazgo. Su nombre lleva a su página.
   *[other] { $count } hallazgos. Cada nombre lleva a la página del hallazgo.
 }
findings-caption-range = Hallazgos { $from } a { $to } de { $count }. Cada nombre lleva a la página del hallazgo.
findings-all = Los { $count } hallazgos de esta lista
filters-in-force = Filtros en vigor
filter-remove = quitar
filter-any = cualquiera
filter-submit = Mostrar
filter-primary = Entra en un conjunto
accepted-practices = un identificador de la lista de prácticas
accepted-outcomes = un identificador de la lista de resultados
accepted-studies = un identificador de la lista de estudios
accepted-designs = el identificador de un diseño del catálogo
accepted-countries = un código ISO 3166 de dos letras mayúsculas
accepted-yes-no = yes, no
accepted-pages = un número entero de 1 a { $pages }

finding-title = { $practice }: { $outcome }, { $study }
finding-name = { $practice }: { $outcome }
finding-description = Una estimación de { $study }: { $practice } y { $outcome }, con su intervalo, su fuente y todos sus campos.
finding-contrast = En comparación con: { $comparator }. { $estimand }.
finding-interval = intervalo del 95 %: { $range }
finding-control-sd = media del grupo de comparación, desviación estándar { $sd }
finding-clusters = en { $clusters } conglomerados
finding-no-clusters = error estándar sin conglomerados
finding-direction = Su signo
finding-direction-under = visto desde el cliente; no dice cuán seguro es
finding-chart = La estimación y su intervalo del 95 %, { $unit }. La línea vertical es ninguna diferencia.
finding-synthesis = La síntesis a la que pertenece
finding-pool-size = { $count ->
    [one] 1 hallazgo
   *[other] { $count } hallazgos
 }
finding-json = Este hallazgo en JSON
finding-doubts = Antes de usarlo
finding-doubts-how = Lo que los responsables saben en contra de este número, o junto a él.
doubt-scale = Se duda de su escala
doubt-scale-why = La media, la dispersión o el error estándar están lejos de lo que vale lo mismo en otros lugares: probablemente un error de unidad o de período en la fuente. Nunca se agrupa en su propia unidad, solo en desviaciones estándar, donde el error se cancela.
doubt-not-primary = No se cuenta en ningún conjunto
doubt-not-primary-twin = Otra estimación de las mismas personas ya las representa; contar también esta las contaría dos veces.
doubt-not-primary-subgroup = Se refiere a una parte o a un brazo de una muestra que ya se cuenta entera.
doubt-not-primary-instead = El hallazgo que se cuenta en su lugar
doubt-unverified = Nadie aquí lo ha comprobado
doubt-unverified-why = Los responsables ni recalcularon el número a partir de datos ni lo leyeron en la fuente, o hubo que deducir su unidad o su error estándar.
doubt-unverified-signed = La institución lo calculó con los registros de sus propios clientes, que nunca salen de ella. La firma dice quién responde por el número, no que sea correcto.
finding-note = Nota de los responsables
finding-note-signed = Nota de la institución
finding-source = Fuente
finding-source-how = Dónde está el número y cómo se comprobó.
number-stands = El número está en
obtained = Cómo se obtuvo
checked = Comprobación
checked-yes = Recalculado, o leído en la fuente, por los responsables
checked-no = No comprobado, o deducido
source-published-table = Copiado de un cuadro publicado
source-authors-data = Recalculado con los datos de los autores
source-reanalysis = Tomado de un reanálisis público
source-derived = Deducido de un intervalo o un valor p publicado
source-client-records = Calculado por la institución con los registros de sus clientes
signature = Firma
signature-how = Quién responde por este número. Una firma dice que nadie lo cambió por el camino, no que sea correcto.
signature-none = Sin firma: los responsables de este sitio lo introdujeron desde la fuente de arriba.
signature-valid = Firma válida de { $institution } (clave añadida el { $added }).
signature-revoked = Clave revocada: firmado por { $institution } con una clave revocada el { $revoked }. Cuando se recibió el paquete, el { $received }, la clave aún era reconocida.
signature-expired = Vencido: { $institution } lo firmó como válido hasta el { $until }. La firma en sí sigue concordando.
signature-institution = Institución
signature-key = Clave
signature-content = Identificador del contenido (SHA-256)
signature-issued = Emitido, según él mismo
signature-received = Recibido aquí
signature-until = Válido hasta
signature-packet = El paquete firmado, para que lo verifique usted
retracted-title = Ya no cuenta: { $practice }: { $outcome }, { $study }
retracted-withdrawn = Retirado el { $date }: este hallazgo ya no cuenta en ninguna síntesis.
retracted-superseded = Sustituido el { $date }: otro hallazgo ocupa el lugar de este.
retracted-reason = Razón dada:
retracted-instead = El hallazgo que ocupa su lugar
finding-fields = Todos los campos
finding-fields-how = Como en los archivos CSV y JSON, sin redondear.
finding-fields-caption = Todos los campos de este hallazgo y lo que significa cada uno.
finding-field = Campo
