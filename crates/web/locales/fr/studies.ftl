# Les études.

studies-label = D’où viennent les constats
studies-how = Une étude est un article ou un jeu de données. Ses constats peuvent venir de plusieurs échantillons de personnes.
studies-title = Études
studies-description = Toutes les études dont vient un constat de cette base de preuves, avec leur pays et leur plan.
studies-say = { $studies } études portent les { $findings } constats.
studies-caption = Par auteurs. Le nom mène aux échantillons et aux constats de l’étude.
study-how = Ce que les constats disent de leur étude. Un vide signifie que les responsables ne savent pas avec certitude.
study-no-title = Titre non connu avec certitude
study-no-doi = Pas de DOI au dossier
study-samples-how = Un échantillon est un ensemble de personnes. Un regroupement prend au plus une estimation par échantillon : personne n’est compté deux fois.
study-sample-findings = { $findings ->
    [one] { $findings } constat
   *[other] { $findings } constats
 }, dont { $primary } dans un regroupement.
study-sample-rows = Au plus { $rows } lignes dans une estimation.
study-context = Le prêteur et son prêt dans cet échantillon
study-context-caption = Les caractéristiques avec lesquelles les effets peuvent varier.
study-feature = Caractéristique
study-value = Valeur
study-from = tirés de { $samples ->
    [one] { $samples } échantillon
   *[other] { $samples } échantillons
 }
