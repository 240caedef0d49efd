# Ce qui entoure les pages qui savent qui demande : le bandeau, les refus, les formulaires non reçus.

masthead-account = Votre compte
sign-in = Se connecter

interrupted-margin = Rien n’a été changé.
interrupted-words = Ce que vous avez écrit, à copier :
interrupted-sign-in = Vous n’êtes plus connecté
interrupted-sign-in-why = Le formulaire n’a pas pu être reçu, car votre session est terminée. Connectez-vous, puis envoyez-le de nouveau.
interrupted-factor = Il faut d’abord un second facteur
interrupted-factor-why = Cela demande une clé d’accès, ou votre mot de passe avec un code à usage unique, présentés récemment. Présentez-les, puis envoyez de nouveau le formulaire.
interrupted-factor-link = Présenter le second facteur
interrupted-stale = Ce formulaire n’est plus valable
interrupted-stale-why = Il a été fait pour une autre session, ou votre navigateur ne garde pas les cookies de ce site. Ouvrez de nouveau la page et envoyez le formulaire de là.
interrupted-stale-link = Retour à la page

refusal-not-allowed = Cela ne vous est pas ouvert
refusal-not-allowed-why = Votre compte n’y a pas droit. Un intendant peut vous dire qui l’a.
refusal-foreign = Ceci a été envoyé depuis un autre site
refusal-foreign-why = Seuls les formulaires des pages de ce site sont reçus. Ouvrez la page ici et envoyez de nouveau le formulaire.
refusal-fault = Cela n’a pas pu être reçu
refusal-too-often = Trop d’essais
refusal-too-often-why = Attendez { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }, puis réessayez. Rien n’est bloqué, et ce que vous avez est en sécurité.
refusal-conflict = Cela ne correspond plus à ce qui est enregistré
refusal-conflict-why = Quelqu’un l’a changé entre-temps, ou c’était déjà fait. Ouvrez de nouveau la page pour voir ce qu’il en est.
refusal-unavailable = La base de données est hors d’atteinte
refusal-unavailable-why = Rien n’a été changé. Réessayez dans une minute.
refusal-body = Le formulaire n’a pas pu être lu
refusal-body-media = Il n’a pas été envoyé comme le formulaire d’une page web.
refusal-body-large = Il contient plus de 64 ko, ou n’est pas arrivé entier. Raccourcissez-le.
refusal-body-slow = Il a mis trop de temps à arriver. Envoyez-le de nouveau.

