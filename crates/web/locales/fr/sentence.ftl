# Une phrase sur une synthèse : la certitude choisit le verbe, la taille l’adverbe.

answer-moves = { $estimand ->
    [LATE] Chez les personnes que l’offre a décidées, { $practice }
    [ATT] Chez les personnes qui l’ont acceptée, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] { $way ->
        [lower] diminue
       *[higher] augmente
     }
    [moderate] { $way ->
        [lower] diminue
       *[higher] augmente
     } probablement
   *[low] pourrait { $way ->
        [lower] diminuer
       *[higher] augmenter
     }
 }{ $size ->
    [small] {" "}légèrement
    [large] {" "}beaucoup
   *[plain] {""}
 } { $outcome }.
answer-little = { $estimand ->
    [LATE] Chez les personnes que l’offre a décidées, { $practice }
    [ATT] Chez les personnes qui l’ont acceptée, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] fait
    [moderate] fait probablement
   *[low] pourrait faire
 } peu ou pas de différence pour { $outcome }.
answer-leans = { $estimand ->
    [LATE] Chez les personnes que l’offre a décidées, { $practice }
    [ATT] Chez les personnes qui l’ont acceptée, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] tend à
    [moderate] tend probablement à
   *[low] pourrait tendre à
 } { $way ->
    [lower] diminuer
   *[higher] augmenter
 } { $outcome }, mais l’absence d’effet et l’effet contraire s’accordent aussi avec les preuves.
answer-open = On ne sait pas encore si { $practice } augmente ou diminue { $outcome } : les preuves s’accordent avec un gain comme avec une perte.
answer-very-low = On ne peut pas dire si { $practice } change { $outcome }.
answer-association = { $practice } pourrait aller de pair avec une valeur plus { $way ->
    [lower] basse
   *[higher] élevée
 } ({ $outcome }) ; personne ne peut dire que c’en est la cause.
answer-association-open = On ne sait pas encore si { $practice } va de pair avec une valeur plus élevée ou plus basse ({ $outcome }).
answer-not-rated = { $practice } et { $outcome } : ce qui est au dossier ne peut pas être évalué.
answer-nothing-pooled = Personne ne nous a donné de nombre que l’on puisse regrouper sur { $practice } et { $outcome }.
