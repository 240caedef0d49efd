# Les résultats.

outcomes-label = Ce qui est mesuré
outcomes-title = Résultats
outcomes-description = Ce qui est mesuré chez les clients et chez le prêteur, par domaine, avec le sens du bienfait et la quantité de preuves.
outcomes-say = { $total } choses qui peuvent changer pour un client, ou pour le prêteur. { $studied } d’entre elles figurent dans au moins un constat ; { $unstudied } dans aucun.
outcomes-domains = Domaines de résultats
outcomes-caption = Résultats du domaine { $domain }
outcomes-how = Un résultat négatif est quelque chose qui nuit aux clients ; il n’est jamais compensé par un bienfait.
outcomes-count = { $count ->
    [one] { $count } résultat.
   *[other] { $count } résultats.
 }
outcome-in-domain = Domaine : { $domain }.
outcome-empty = Aucune étude de cette base de preuves ne l’a mesuré. Une étude qui compare des clients avec et sans une pratique, et pose cette question, remplirait la page.
outcome-practices = Pratiques étudiées
outcome-practices-how = Chaque nom mène à la synthèse de cette pratique, de cette comparaison et de ce type d’estimation.
outcome-practices-caption = Une pratique figure deux fois quand elle a été comparée à deux choses, ou estimée de deux façons qu’on ne peut pas regrouper.
outcome-unstudied = { $count } pratiques sur { $total } n’ont aucun constat sur ce résultat.
outcome-measuring = Bien le mesurer
outcome-measuring-how = Ce qui échoue le plus souvent, et où d’autres listes placent ce résultat.
outcome-measuring-none = Aucun conseil n’a encore été rédigé pour ce résultat.
