# Les pages des facilitateurs : plan, ce qui attend une décision, tableau de bord, bilan, suites données.

desk = Pages des facilitateurs
desk-question = La question
plan = Plan
plan-say = Les dates peuvent encore changer jusqu’à l’annonce.
plan-words = Textes et dates
plan-words-how = Un jour commence à UTC+14 et finit à UTC−12.
plan-title = La question
plan-title-hint = { $most } caractères au plus.
plan-slug = Adresse
plan-slug-hint = La fin de son adresse : lettres minuscules, chiffres et traits d’union. Elle ne change plus.
plan-background = Contexte
plan-background-hint = Ce qu’un membre doit savoir d’abord. Markdown.
plan-rules-hint = Ce qui peut s’écrire ici, et ce qui ne peut pas. Markdown.
plan-language = Langue
plan-opens = Premier jour
plan-date-hint = Comme 2026-10-12.
plan-votes = Premier jour du vote
plan-votes-hint = Dès lors les derniers énoncés, et le vote sur tous.
plan-closes = Dernier jour
plan-closes-hint = Elle ferme quand ce jour est fini partout.
plan-revote-opens = Second tour de vote : premier jour
plan-revote-hint = Après deux semaines, par exemple. Peut rester vide.
plan-revote-closes = Second tour de vote : dernier jour
plan-days = Jours
plan-days-hint = Chaque jour a son thème et sa question. Les lignes sans date sont ignorées.
plan-day = Jour
plan-day-date = date
plan-day-theme = thème
plan-day-prompt = question du jour
plan-save = Enregistrer
plan-begin = Commencer le brouillon
plan-seeds = Énoncés de départ
plan-seeds-how = { $least } au moins avant l’annonce.
plan-seed = Un énoncé
plan-seed-hint = Une seule idée, avec laquelle on peut être d’accord ou non.
plan-seed-add = L’ajouter
plan-evidence = Preuves sur la table
plan-evidence-how = Synthèses et affirmations que les membres voient à côté de leurs votes.
plan-evidence-add = Une synthèse ou une affirmation
plan-evidence-hint = L’adresse de sa page sur ce site.
plan-evidence-send = La mettre sur la table
plan-take-away = Ôter
plan-facilitators = Facilitateurs
plan-facilitators-how = Membres ayant le rôle de facilitateur.
plan-facilitator = Facilitateur
plan-facilitator-add = Ajouter
plan-shift = Heures de présence
plan-shift-hint = Par exemple : Nairobi, 8 h à 12 h.
plan-announce = L’annoncer
plan-missing-seeds = { $have } énoncés de départ sur { $least } au moins.
plan-archive = L’archiver
plan-archive-how = Quand le bilan est définitif et que rien n’est plus à venir, archivez la question. Elle reste telle quelle.
queue = En attente
queue-all = Ce qui vous attend
queue-how = Tout ce qui est décidé ici est consigné, et l’auteur apprend la raison.
queue-say = { $count ->
    [0] Rien n’attend.
    [one] Une décision attend.
   *[other] { $count } décisions attendent.
 }
queue-one = Tout pour cette question
queue-waiting = À décider
queue-post = Un message retenu
queue-statement = Un énoncé retenu
queue-flag = { $count ->
    [one] Un message signalé par { $count } membre
   *[other] Un message signalé par { $count } membres
 }
queue-appeal = Une objection
queue-decided = Il a été décidé :
queue-reason = Raison
queue-words = Avec vos mots
queue-approve = Le montrer
queue-reject = Le refuser
queue-uphold = Retirer le message
queue-dismiss = Le laisser
queue-answer = Votre réponse
queue-appeal-uphold = Annuler la décision
queue-appeal-dismiss = La maintenir
queue-shown = Ouverts au vote
queue-shown-how = Un énoncé retiré ne compte plus dans les calculs.
queue-take-out = Le retirer
queue-replacement = Une autre formulation
queue-replacement-hint = Elle devient un nouvel énoncé sans votes ; celui-ci reste listé comme remplacé.
queue-replace = Le remplacer
queue-claim = L’affirmation qu’il dit
queue-claim-hint = L’adresse de la page d’une affirmation ; vide pour aucune.
queue-bind = Le lier
board = Tableau de bord
board-how = Ce qu’un facilitateur pourrait regarder ensuite.
board-unanswered = Messages sans réponse
board-unanswered-how = Depuis plus d’un jour.
board-unanswered-none = Tout message de plus d’un jour a une réponse.
board-thin = Énoncés avec peu de votes
board-thin-how = Moins de 8 : on ne peut encore rien en dire.
board-thin-none = Chaque énoncé a 8 réponses ou plus.
board-thin-votes = { $count ->
    [one] { $count } réponse
   *[other] { $count } réponses
 }
board-regions = Régions d’où personne n’a écrit
board-regions-none = Des membres de chaque région ont écrit.
board-heat = Qui parle
board-heat-how = Plus de 40 sur 100 par trois personnes est un signal.
board-heat-high = Trois personnes ont écrit { $share } des messages : sollicitez les autres par leur nom.
board-heat-low = Les trois plus actifs ont écrit { $share } des messages.
board-silent = Membres silencieux
board-silent-count = { $count } membres sur { $members } n’ont pas écrit ici.
board-silent-more = et { $count } de plus
summary = Bilan
summary-how = Une phrase qui ne renvoie à aucun énoncé, message ou preuve est marquée comme l’avis du facilitateur.
summary-view = avis du facilitateur
summary-version = Version { $version }, ouverte aux commentaires.
summary-final = Version définitive.
summary-comments = { $count ->
    [0] Pas encore de commentaire
    [one] { $count } commentaire
   *[other] { $count } commentaires
 }
summary-comment = Votre commentaire sur le bilan
summary-comment-send = Commenter
summary-sign-in = Se connecter pour lire les commentaires
summary-text = Le bilan
summary-text-hint = # ouvre un titre, - un point, > une citation. Renvoyez par [s3] à un énoncé, [p7] à un message, [claim …] et [synthesis …] aux preuves.
summary-save = Garder comme brouillon
summary-publish = Publier la version 1
summary-finish = Publier la version définitive
summary-draft-say = Un brouillon fait des décomptes et citations de cette discussion. Aucun modèle n’a rien écrit ici.
summary-saved-say = La version gardée en dernier.
summary-early = La discussion court encore : le bilan pourra être publié après sa clôture.
summary-preview = Aperçu
draft-section-question = La question
draft-section-participation = Qui a participé
draft-section-unclear = Ce qui n’était pas clair
draft-section-unanswered = Ce à quoi personne n’a répondu
draft-section-quotes = Dans les mots des membres
draft-few = moins de 5
draft-question = Il a été demandé : { $question }
draft-day = { $theme } : { $prompt }
draft-posts = Messages : { $posts }, de { $writers } personnes.
draft-votes = Énoncés : { $statements } ; { $voters } personnes y ont donné { $votes } votes.
draft-country = { $country } : { $writers } auteurs.
draft-countries = Autres pays ensemble ({ $countries }) : { $writers } auteurs.
draft-groups = Les votes de { $voters } personnes montrent { $groups } groupes.
draft-no-groups = Les votes de { $voters } personnes ne montrent pas de groupes.
draft-common-ground = « { $statement } » : { $share } sur 100 d’accord ({ $low } à { $high } ; { $seen } réponses).
draft-common-ground-more = Et { $count } autres énoncés qui remplissent la règle.
draft-no-common-ground = Aucun énoncé ne remplit la règle du terrain d’entente.
draft-dividing-line = « { $statement } » : { $share } sur 100 de tous d’accord ({ $low } à { $high } ; { $seen } réponses).
draft-dividing-group = Groupe { $group } : { $share } sur 100 de { $seen } d’accord.
draft-dividing-line-more = Et { $count } autres énoncés qui divisent les groupes.
draft-no-dividing-line = Sur aucun énoncé les groupes ne sont de côtés opposés.
draft-unclear = « { $statement } » : { $share } sur 100 des réponses le trouvent peu clair ({ $unclear } personnes).
draft-claim = « { $claim } » Les preuves disent : { $says } ; certitude { $certainty }.
draft-claim-divergent = « { $claim } » Les preuves disent : { $says } ; certitude { $certainty } ; les membres croient autre chose.
draft-unanswered = « { $question } »
draft-unanswered-more = Et { $count } autres questions restées sans réponse.
draft-quote-group = Le groupe { $group } est le plus d’accord avec : « { $words } »
draft-quote-all = Le plus approuvé : « { $words } »
follow-up = Suites données
follow-up-how = Ajouté par les facilitateurs après la fin.
follow-up-none = Rien n’a encore été rapporté.
follow-up-text = Ce qui a été fait
follow-up-link = Où le lire
follow-up-link-hint = Une adresse qui commence par https://.
follow-up-send = L’ajouter
