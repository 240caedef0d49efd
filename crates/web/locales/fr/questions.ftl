# Les questions : la liste, l’en-tête d’une question, ses preuves et ce que disent ses votes.

nav-questions = Questions
questions-title = Questions
questions-description = Discussions de quelques jours sur ce qui marche pour les clients : preuves, énoncés, votes, terrain d’entente, bilan.
questions-margin = Une question est ouverte quelques jours. Un jour commence au premier endroit de la Terre et finit au dernier.
questions-say = { $count ->
    [0] Aucune question n’est ouverte en ce moment.
    [one] Une question est ouverte en ce moment.
   *[other] { $count } questions sont ouvertes en ce moment.
 }
questions-empty = Aucune question n’a encore été annoncée. Dès qu’un facilitateur en annonce une, elle figure ici avec ses dates.
questions-open = Ouvertes
questions-drafts = Brouillons
questions-drafts-margin = Seuls les facilitateurs voient les brouillons.
questions-begin = Commencer une question
questions-queue = { $count ->
    [0] Rien ne vous attend
   *[other] En attente de vous : { $count }
 }
questions-files = Fichiers
questions-calendar = Calendrier (iCalendar)
questions-taking-part = { $voters ->
    [one] { $voters } votant
   *[other] { $voters } votants
 }, { $posts ->
    [one] { $posts } message
   *[other] { $posts } messages
 }, { $statements } énoncés.
calendar-description = { $days ->
    [one] Une discussion d’un jour, en toute langue, sur le web.
   *[other] Une discussion de { $days } jours, en toute langue, sur le web.
 }
phase-draft = Brouillon
phase-scheduled = Annoncée
phase-open = Ouverte
phase-voting = Vote
phase-summary = Bilan en cours
phase-published = Bilan publié
phase-archived = Archivée
theme-facts = Faits
theme-experience = Expérience
theme-proposals = Propositions
theme-vote = Vote
theme-summary = Bilan
span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
 }
span-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
 }
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
date-short = { $day } { $month ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juil.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
 }
demonstration = démonstration
demonstration-why = Cette discussion est inventée pour montrer le forum. Membres, messages et votes sont simulés ; les preuves sont réelles.
question-day = Jour { $day } sur { $days }
question-opens = Ouvre le { $day }, dès que c’est ce jour quelque part sur Terre : dans { $span }.
question-closes = Ferme le { $day }, à la fin du jour partout sur Terre : dans { $span }.
question-closed = Fermée le { $day }, à la fin du jour partout sur Terre.
question-revote = Un second tour de vote est ouvert.
question-facilitated = { $count ->
    [one] Facilitateur :
   *[other] Facilitateurs :
 }
question-today = Aujourd’hui : { $prompt }
question-say-draft = Un brouillon : seuls ses facilitateurs et les intendants le voient.
question-say-scheduled = Annoncée. Messages et votes commencent le premier jour.
question-say-open = Ouverte aux messages, aux énoncés et aux votes.
question-say-voting = Les derniers énoncés, et le vote sur tous.
question-say-summary = Fermée. Les facilitateurs écrivent le bilan.
question-say-published = Fermée. Le bilan est publié ; les membres le commentent.
question-say-archived = Fermée, et gardée telle quelle.
day-today = aujourd’hui
day-done = passé
fact-taking-part = Participation
fact-taking-part-value = { $voters ->
    [one] { $voters } votant
   *[other] { $voters } votants
 }, { $posts ->
    [one] { $posts } message
   *[other] { $posts } messages
 }
fact-taking-part-under = auteurs de { $countries ->
    [one] { $countries } pays
   *[other] { $countries } pays
 } ; { $mail } messages venus par courriel
fact-statements = Énoncés
fact-statements-under = chacun a { $fewest } réponses ou plus ; médiane : { $median } votes par membre
fact-common = Terrain d’entente à ce jour
fact-common-value = { $count ->
    [one] { $count } énoncé
   *[other] { $count } énoncés
 }
fact-common-under = { $count ->
    [one] { $count } ligne de partage
   *[other] { $count } lignes de partage
 }
background = Contexte
belief = Croyance et preuves
belief-how = Accord avec intervalle à 95 % (Wilson). Preuves en l’état actuel.
belief-say = Ce que les membres croient, à côté de ce que les études ont trouvé. Un vote n’est pas une preuve, une preuve n’est pas un vote : jamais ils ne sont combinés.
belief-none = Aucune synthèse ni affirmation n’a été mise sur la table de cette question.
belief-sentence = Sur la table
belief-studies = Études
belief-no-statement = pas encore d’énoncé à ce sujet
belief-no-evidence = Aucune preuve.
belief-nobody = Personne ne l’a mesuré.
belief-see = Voir la synthèse
opinion-axis = D’accord, sur 100
opinion-group = groupe { $group }
opinion-group-size = { $group }, { $voters ->
    [one] { $voters } votant
   *[other] { $voters } votants
 }
opinion-agree = { $share } sur 100 d’accord ({ $low } à { $high } ; { $voted } réponses)
opinion-of = { $share } de { $seen }
opinion-nobody = personne n’a encore répondu
opinion-common = Terrain d’entente
opinion-common-how = Dans chaque groupe : 8 réponses ou plus, 6 sur 10 ou plus d’accord, l’intervalle reste au-dessus de la moitié, et peu sont en désaccord.
opinion-common-how-all = 8 réponses ou plus, et le bas de l’intervalle est à 60 sur 100 ou plus.
opinion-common-none = Aucun énoncé ne remplit la règle à ce jour.
opinion-common-caption = Énoncés qui remplissent la règle du terrain d’entente
opinion-dividing = Lignes de partage
opinion-dividing-how = Testées sur des énoncés qui n’ont pas servi à trouver les groupes.
opinion-dividing-none = Sur aucun énoncé les groupes ne sont de côtés opposés.
opinion-dividing-caption = Énoncés sur lesquels des groupes sont de côtés opposés
opinion-map = Carte des opinions
opinion-map-how = Ceux qui ont répondu de même sont proches. Un groupe n’est montré que si des votes mélangés ne paraissent presque jamais si divisés.
opinion-map-private = Les positions sont arrondies ; les nombres sous 5 ne sont pas montrés.
opinion-no-votes = Aucun vote n’a encore été donné. Les premiers paraissent ici dans la minute.
opinion-groups = { $count ->
    [2] Ces votes montrent deux groupes.
    [3] Ces votes montrent trois groupes.
   *[other] Ces votes montrent { $count } groupes.
 }
opinion-groups-are = Les groupes sont des façons de répondre, non des sortes de gens.
opinion-no-groups = Ces votes ne montrent pas de groupes.
opinion-tries = { $stronger ->
    [0] Mélanger les votes { $permutations } fois n’a jamais donné de division aussi forte (p { $p }).
   *[other] Des votes mélangés se divisent aussi fort dans { $stronger } essais sur { $permutations } (p { $p }).
 }
opinion-voters-count = { $voters ->
    [one] { $voters } votant a assez répondu pour être placé.
   *[other] { $voters } votants ont assez répondu pour être placés.
 }
opinion-too-few = Sous 20, aucun test n’est fait et aucune carte n’est tracée.
opinion-chance = Tout camp tracé ici pourrait être dû au hasard.
opinion-group-small = Mais toute division a un groupe de moins de 5 personnes ou de 5 sur 100 : aucune n’est montrée.
opinion-overall = Ce que disent tous ceux qui ont répondu, avec l’intervalle :
opinion-overall-caption = Accord de tous ceux qui ont répondu
opinion-stability = Les groupes trouvés sur chaque moitié des énoncés concordent à { $value } (1 : identiques, 0 : hasard).
opinion-picture = Carte des opinions : { $voters } votants en { $groups } groupes. Le tableau à côté dit ce qui les sépare.
opinion-table = La carte en tableau
opinion-tells-apart = Ce qui les distingue
opinion-voters = Votants
opinion-under-five = moins de 5
segment-other-region = Région autre ou inconnue
segment-other-sector = Organisation autre ou inconnue
sector-consortium = Membres du consortium
sector-institution = Personnel des prêteurs
sector-network = Réseaux
sector-donor = Donateurs et investisseurs
opinion-flagged = { $flagged ->
    [one] Un votant est mis à part dans un second décompte.
   *[other] { $flagged } votants sont mis à part dans un second décompte.
 }
opinion-flagged-why = Leurs votes paraissent coordonnés (lignes égales, un même réseau, mêmes minutes). Aucun vote n’est effacé.
opinion-flagged-same = Sans eux, terrain d’entente, lignes de partage et groupes sont les mêmes.
opinion-flagged-differs = Sans eux : { $common } énoncés d’entente, { $dividing } lignes de partage, { $groups } groupes.
opinion-computed = Calculé sur { $votes } votes,
opinion-head = Tête du journal des votes :
opinion-page = Tous les résultats
opinion-page-say = Tout ce que disent les votes de cette question, avec intervalles et tests.
region-sub-saharan-africa = Afrique subsaharienne
region-middle-east = Moyen-Orient et Afrique du Nord
region-south-asia = Asie du Sud
region-east-asia = Asie de l’Est et Pacifique
region-europe = Europe et Asie centrale
region-latin-america = Amérique latine et Caraïbes
region-north-america = Amérique du Nord
api-question = Une question, où elle en est et combien participent
api-opinions = Ce que disent les votes d’une question : groupes, terrain d’entente, lignes de partage
api-claims = Les affirmations et ce sur quoi elles reposent
field-slug = Adresse de la question
field-question = La question
field-language = Langue, BCP 47
field-phase = Où elle en est : scheduled, open, voting, summary, published, archived
field-opens-on = Premier jour
field-votes-on = Premier jour du vote sur tous les énoncés
field-closes-on = Dernier jour
field-demonstration = Si elle est inventée pour montrer le forum
field-voters = Personnes ayant voté
field-votes = Votes donnés en tout
field-posts = Messages montrés
field-statements = Énoncés ouverts au vote
field-number = Numéro dans la question
field-statement = L’énoncé
field-status = shown, out ou replaced
field-seed = Si les facilitateurs l’ont écrit avant le début
field-replaces = L’énoncé dont il remplace la formulation
field-claim = L’affirmation à laquelle il est lié
field-agree = Membres d’accord
field-disagree = Membres en désaccord
field-pass-unclear = Membres qui passent parce que ce n’est pas clair
field-pass-no-view = Membres qui passent faute d’avis
field-pass-not-my-field = Membres qui passent car ce n’est pas leur domaine
field-exposures = Réponses de toute sorte
field-written-at = Quand il a été écrit, RFC 3339
