# Una frase sobre una síntesis: la certeza elige el verbo, el tamaño el adverbio.

answer-moves = { $estimand ->
    [LATE] Entre quienes se decidieron por la oferta, { $practice }
    [ATT] Entre quienes la aceptaron, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] { $way ->
        [lower] reduce
       *[higher] aumenta
     }
    [moderate] probablemente { $way ->
        [lower] reduce
       *[higher] aumenta
     }
   *[low] podría { $way ->
        [lower] reducir
       *[higher] aumentar
     }
 }{ $size ->
    [small] {" "}ligeramente
    [large] {" "}mucho
   *[plain] {""}
 } { $outcome }.
answer-little = { $estimand ->
    [LATE] Entre quienes se decidieron por la oferta, { $practice }
    [ATT] Entre quienes la aceptaron, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] produce
    [moderate] probablemente produce
   *[low] podría producir
 } poca o ninguna diferencia en { $outcome }.
answer-leans = { $estimand ->
    [LATE] Entre quienes se decidieron por la oferta, { $practice }
    [ATT] Entre quienes la aceptaron, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] tiende
    [moderate] probablemente tiende
   *[low] podría tender
 } a { $way ->
    [lower] reducir
   *[higher] aumentar
 } { $outcome }, pero la ausencia de efecto y el efecto contrario también concuerdan con la evidencia.
answer-open = Aún no se sabe si { $practice } aumenta o reduce { $outcome }: la evidencia concuerda tanto con una ganancia como con una pérdida.
answer-very-low = No podemos saber si { $practice } cambia { $outcome }.
answer-association = { $practice } podría ir junto con un valor más { $way ->
    [lower] bajo
   *[higher] alto
 } ({ $outcome }); nadie puede decir que sea la causa.
answer-association-open = Aún no se sabe si { $practice } va junto con un valor más alto o más bajo ({ $outcome }).
answer-not-rated = { $practice } y { $outcome }: lo que hay registrado no se puede calificar.
answer-nothing-pooled = Nadie nos ha dado un número que se pueda agrupar sobre { $practice } y { $outcome }.
