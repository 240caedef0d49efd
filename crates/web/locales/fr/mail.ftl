# Courriels : objet et texte de chaque genre.

mail-closing = Envoyé par { $host }. Personne ne lit les réponses à cette adresse.

mail-sign-in-subject = Votre lien de connexion
mail-sign-in =
    Vous, ou quelqu’un qui connaît votre adresse, avez demandé à vous connecter à { $host }.

    Ouvrez ce lien dans le navigateur où vous l’avez demandé, et appuyez sur le bouton :

    { $site }{ $link_path }

    Ou tapez-y ce code :

    { $code }

    Tous deux servent une fois et pendant { $minutes } minutes. Ne lisez jamais le code à personne. Si vous n’avez rien demandé, ne faites rien : personne n’entre sans ce courriel.

mail-already-member-subject = Vous êtes déjà membre
mail-already-member =
    Quelqu’un a demandé à rejoindre { $host } avec votre adresse. Vous êtes déjà membre : connectez-vous à { $site }/sign-in

    Si ce n’était pas vous, ne faites rien.

mail-request-received-subject = Votre demande d’adhésion
mail-request-received =
    { $name }, votre demande de rejoindre { $host } est chez les intendants. Vous recevez un courriel quand c’est décidé.

    Si ce n’était pas vous, ne faites rien : sans décision d’un intendant, elle reste sans suite.

mail-request-waiting-subject = Une demande d’adhésion attend
mail-request-waiting =
    { $name } demande à devenir membre. Décidez ici :

    { $site }{ $member_path }

mail-request-accepted-subject = Bienvenue
mail-request-accepted =
    { $name }, vous êtes maintenant membre de { $host }. Connectez-vous avec cette adresse :

    { $site }/sign-in

mail-request-declined-subject = Votre demande d’adhésion
mail-request-declined =
    { $name }, les intendants de { $host } n’ont pas accepté votre demande. Ce que vous aviez envoyé est effacé. La lecture est ouverte à tous.

mail-invited-subject = Vous êtes invité à { $host }
mail-invited =
    { $by } vous invite à { $host }, où des personnes qui travaillent pour les clients de la microfinance établissent ce qui marche. Acceptez ici, dans les { $days } jours :

    { $site }{ $link_path }

    Si vous ne le souhaitez pas, ne faites rien : votre adresse est alors effacée.

mail-role-granted-subject = Vous avez un nouveau rôle
mail-role-granted =
    { $by } vous a donné le rôle { $role ->
        [facilitator] d’animateur
        [editor] de rédacteur
        [expert] d’expert
        [steward] d’intendant
       *[other] de membre
    } à { $host }.

    { $site }/account

mail-role-taken-subject = Un rôle a été repris
mail-role-taken =
    Vous n’avez plus le rôle { $role ->
        [facilitator] d’animateur
        [editor] de rédacteur
        [expert] d’expert
        [steward] d’intendant
       *[other] de membre
    } à { $host }. Vous restez membre.

mail-disabled-subject = Votre compte a été suspendu
mail-disabled =
    Un intendant de { $host } a suspendu votre compte : vous ne pouvez pas vous connecter pour le moment. Ce que vous avez écrit reste. Si vous y voyez une erreur, écrivez à la personne qui vous a invité.

mail-enabled-subject = Votre compte fonctionne de nouveau
mail-enabled =
    Vous pouvez de nouveau vous connecter à { $site }/sign-in

mail-factor-changed-subject = Votre manière de vous connecter a changé
mail-factor-changed =
    À { $host }, { $change ->
        [passkey-added] une clé d’accès a été ajoutée à votre compte.
        [passkey-removed] une clé d’accès a été retirée de votre compte.
        [password-set] le mot de passe de votre compte a été défini.
        [password-removed] le mot de passe de votre compte a été retiré.
        [codes-set-up] des codes à usage unique ont été mis en place pour votre compte.
        [codes-removed] les codes à usage unique de votre compte ont été retirés.
       *[other] de nouveaux codes de secours ont été faits pour votre compte.
    }

    Si ce n’était pas vous, terminez toutes les sessions et regardez ce qui est en place : { $site }/account/security

mail-passkey-copied-subject = Une de vos clés d’accès a été refusée
mail-passkey-copied =
    La clé d’accès « { $name } » a été présentée à { $host } comme le ferait une copie. Elle a été refusée. Si vous ne savez pas pourquoi, retirez-la et créez-en une nouvelle : { $site }/account/security

mail-taken-out-subject = Vos données ont été emportées
mail-taken-out =
    Tout ce que vous avez donné à { $host } a été emporté en un fichier, dans une de vos sessions. Si ce n’était pas vous, terminez toutes les sessions : { $site }/account/sessions

mail-erased-subject = Vous êtes oublié à { $host }
mail-erased =
    Votre compte est effacé. C’est le dernier courriel à cette adresse.

mail-post-decided-subject = Une décision sur votre message
mail-post-decided =
    Votre message dans « { $title } » { $status ->
        [shown] est affiché.
        [removed] a été retiré.
       *[other] n’est pas affiché.
    }

    { $reason ->
        [off-topic] Ce n’est pas le sujet de la question.
        [insult] C’est dirigé contre une personne au lieu d’un argument.
        [personal-data] Cela raconte de quelqu’un ce qui ne regarde que lui.
        [promotion] Cela vante un produit ou une institution.
        [no-source] Cela affirme un fait qui demande sa source.
        [duplicate] Cela a déjà été dit.
        [two-ideas] Cela contient deux idées : chacune peut tenir seule.
        [unclear] Cela peut se comprendre de deux façons, ou pas du tout.
        [withdrawn] Vous l’avez retiré.
        [fine] Rien ne s’y oppose.
       *[other] Il y a une autre raison.
    }

    { $words }

    Lisez-le ici, et faites-y opposition si vous n’êtes pas d’accord :

    { $site }{ $path }

mail-statement-decided-subject = Une décision sur votre énoncé
mail-statement-decided =
    Votre énoncé « { $statement } » dans « { $title } » { $status ->
        [shown] est ouvert au vote.
       *[other] n’est pas soumis au vote.
    }

    { $reason ->
        [off-topic] Ce n’est pas le sujet de la question.
        [insult] C’est dirigé contre une personne au lieu d’un argument.
        [personal-data] Cela raconte de quelqu’un ce qui ne regarde que lui.
        [promotion] Cela vante un produit ou une institution.
        [no-source] Cela affirme un fait qui demande sa source.
        [duplicate] Cela a déjà été dit.
        [two-ideas] Cela contient deux idées : chacune peut tenir seule.
        [unclear] Cela peut se comprendre de deux façons, ou pas du tout.
        [withdrawn] Vous l’avez retiré.
        [fine] Rien ne s’y oppose.
       *[other] Il y a une autre raison.
    }

    { $words }

    { $site }{ $path }

mail-appeal-answered-subject = Réponse à votre opposition
mail-appeal-answered =
    Vous avez fait opposition à une décision dans « { $title } ». { $is_upheld ->
        [yes] Vous aviez raison : la décision est annulée.
       *[no] La décision est maintenue.
    }

    { $answer }

    { $site }{ $path }

mail-facilitator-named-subject = Vous animez une question
mail-facilitator-named =
    Vous êtes maintenant animateur de « { $title } » :

    { $site }{ $path }

mail-summary-published-subject = La synthèse d’une discussion a paru
mail-summary-published =
    Vous avez participé à « { $title } ». { $is_final ->
        [yes] Sa synthèse finale a paru.
       *[no] Sa synthèse a paru ; elle est ouverte aux commentaires pendant 14 jours.
    }

    { $site }{ $path }

mail-claim-moved-subject = Une affirmation que vous suivez a changé
mail-claim-moved =
    Les preuves sur « { $claim } » ont changé. Certitude avant : { $certainty_before ->
        [high] élevée
        [moderate] modérée
        [low] faible
        [very-low] très faible
       *[other] non évaluée
    } ; maintenant : { $certainty ->
        [high] élevée
        [moderate] modérée
        [low] faible
        [very-low] très faible
       *[other] non évaluée
    }.

    { $is_divergent ->
        [yes] Ce que croient les membres diffère de ce que disent les preuves.
       *[no] Ce que croient les membres ne les contredit pas.
    }

    { $site }{ $path }
