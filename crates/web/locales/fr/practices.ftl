# Les pratiques : la liste et la page d’une seule.

practices-label = Ce qui peut être choisi
practices-title = Pratiques
practices-description = Ce qu’une institution de microfinance peut choisir de faire, par famille, et la quantité de preuves sur chaque pratique.
practices-say = { $total } choses qu’une institution peut choisir de faire. { $studied } d’entre elles ont au moins un constat utilisable. Personne ne nous en a donné pour les { $unstudied } autres.
practices-families = Familles de pratiques
practices-how = Un échantillon est un ensemble de personnes ; plusieurs constats peuvent en venir.
practices-caption = Pratiques de la famille { $family }

practice-empty = Personne ne nous a donné de constat sur cette pratique : cela ne dit pas si elle aide ou si elle nuit. Une étude qui compare des clients avec et sans elle remplirait cette page.
practice-evidence = Ce qui a été étudié
practice-evidence-how = Une ligne pour chaque résultat, comparaison et type d’estimation. Chaque nom mène à la synthèse : la réponse, son intervalle et à quel point elle est sûre.
practice-unknown = Ce que personne n’a étudié
practice-unknown-how = Aucun constat dans cette base de preuves. L’absence de preuves est un résultat, et jamais un zéro.
practice-unknown-domains = { $count ->
    [one] Un domaine entier de la vie des clients n’a aucun constat sur cette pratique :
   *[other] { $count } domaines entiers de la vie des clients n’ont aucun constat sur cette pratique :
 }
practice-unknown-harms = Torts qui n’ont pas été mesurés :
practice-unknown-outcomes = Résultats isolés sans constat, dans les domaines qui en ont
practice-names = Comparaisons et noms
practice-names-how = Ce à quoi la pratique est comparée, et comment d’autres listes l’appellent. Les correspondances servent à s’orienter ; ce ne sont pas des preuves.
practice-comparators = Comparée à
standard-read = lu dans un exemplaire des normes
standard-recalled = cité de mémoire, non vérifié dans le texte
