# Correo: asunto y texto de cada tipo.

mail-closing = Enviado por { $host }. Nadie lee las respuestas a esta dirección.

mail-sign-in-subject = Su enlace para iniciar sesión
mail-sign-in =
    Usted, o alguien que conoce su dirección, pidió iniciar sesión en { $host }.

    Abra este enlace en el navegador donde lo pidió, y pulse allí el botón:

    { $site }{ $link_path }

    O escriba allí este código:

    { $code }

    Ambos sirven una vez y durante { $minutes } minutos. No le lea nunca el código a nadie. Si no lo pidió, no haga nada: nadie entra sin este correo.

mail-already-member-subject = Ya es miembro
mail-already-member =
    Alguien pidió entrar en { $host } con su dirección. Ya es miembro: inicie sesión en { $site }/sign-in

    Si no fue usted, no haga nada.

mail-request-received-subject = Su petición de entrar
mail-request-received =
    { $name }, su petición de entrar en { $host } está con los administradores. Recibe un correo cuando se decida.

    Si no fue usted, no haga nada: sin la decisión de un administrador no va a ninguna parte.

mail-request-waiting-subject = Espera una petición de entrar
mail-request-waiting =
    { $name } pide ser miembro. Decida aquí:

    { $site }{ $member_path }

mail-request-accepted-subject = Le damos la bienvenida
mail-request-accepted =
    { $name }, ya es miembro de { $host }. Inicie sesión con esta dirección:

    { $site }/sign-in

mail-request-declined-subject = Su petición de entrar
mail-request-declined =
    { $name }, los administradores de { $host } no aceptaron su petición. Lo que había enviado está borrado. Leer está abierto a todos.

mail-invited-subject = Está invitado a { $host }
mail-invited =
    { $by } le invita a { $host }, donde personas que trabajan para los clientes de las microfinanzas establecen qué funciona. Acepte aquí, en { $days } días:

    { $site }{ $link_path }

    Si no quiere, no haga nada: su dirección se borra entonces.

mail-role-granted-subject = Tiene un papel nuevo
mail-role-granted =
    { $by } le dio el papel de { $role ->
        [facilitator] facilitador
        [editor] redactor
        [expert] experto
        [steward] administrador
       *[other] miembro
    } en { $host }.

    { $site }/account

mail-role-taken-subject = Se retiró un papel
mail-role-taken =
    Ya no tiene el papel de { $role ->
        [facilitator] facilitador
        [editor] redactor
        [expert] experto
        [steward] administrador
       *[other] miembro
    } en { $host }. Sigue siendo miembro.

mail-disabled-subject = Su cuenta se suspendió
mail-disabled =
    Un administrador de { $host } suspendió su cuenta: por ahora no puede iniciar sesión. Lo que escribió queda. Si cree que es un error, escriba a quien le invitó.

mail-enabled-subject = Su cuenta funciona de nuevo
mail-enabled =
    Puede iniciar sesión de nuevo en { $site }/sign-in

mail-factor-changed-subject = Cambió su manera de iniciar sesión
mail-factor-changed =
    En { $host }, { $change ->
        [passkey-added] se añadió una llave de acceso a su cuenta.
        [passkey-removed] se quitó una llave de acceso de su cuenta.
        [password-set] se puso la contraseña de su cuenta.
        [password-removed] se quitó la contraseña de su cuenta.
        [codes-set-up] se prepararon códigos de un solo uso para su cuenta.
        [codes-removed] se quitaron los códigos de un solo uso de su cuenta.
       *[other] se hicieron códigos de recuperación nuevos para su cuenta.
    }

    Si no fue usted, termine todas las sesiones y mire qué está puesto: { $site }/account/security

mail-passkey-copied-subject = Se rechazó una llave de acceso suya
mail-passkey-copied =
    La llave de acceso «{ $name }» se mostró en { $host } como lo haría una copia. Se rechazó. Si no sabe por qué, quítela y cree una nueva: { $site }/account/security

mail-taken-out-subject = Se llevaron sus datos
mail-taken-out =
    Todo lo que ha dado a { $host } se llevó en un archivo, en una sesión suya. Si no fue usted, termine todas las sesiones: { $site }/account/sessions

mail-erased-subject = En { $host } se le ha olvidado
mail-erased =
    Su cuenta está borrada. Este es el último correo a esta dirección.

mail-post-decided-subject = Se decidió sobre su mensaje
mail-post-decided =
    Su mensaje en «{ $title }» { $status ->
        [shown] se muestra.
        [removed] se retiró.
       *[other] no se muestra.
    }

    { $reason ->
        [off-topic] No trata de la pregunta.
        [insult] Va contra una persona en lugar de un argumento.
        [personal-data] Cuenta de alguien lo que solo a esa persona toca contar.
        [promotion] Promociona un producto o una institución.
        [no-source] Afirma un hecho que necesita su fuente.
        [duplicate] Ya se ha dicho.
        [two-ideas] Contiene dos ideas: cada una puede ir sola.
        [unclear] Puede entenderse de dos maneras, o de ninguna.
        [withdrawn] Usted lo retiró.
        [fine] Nada se opone.
       *[other] Hay otro motivo.
    }

    { $words }

    Léalo aquí, y oponga allí su objeción si no está de acuerdo:

    { $site }{ $path }

mail-statement-decided-subject = Se decidió sobre su enunciado
mail-statement-decided =
    Su enunciado «{ $statement }» en «{ $title }» { $status ->
        [shown] está abierto a votación.
       *[other] no se somete a votación.
    }

    { $reason ->
        [off-topic] No trata de la pregunta.
        [insult] Va contra una persona en lugar de un argumento.
        [personal-data] Cuenta de alguien lo que solo a esa persona toca contar.
        [promotion] Promociona un producto o una institución.
        [no-source] Afirma un hecho que necesita su fuente.
        [duplicate] Ya se ha dicho.
        [two-ideas] Contiene dos ideas: cada una puede ir sola.
        [unclear] Puede entenderse de dos maneras, o de ninguna.
        [withdrawn] Usted lo retiró.
        [fine] Nada se opone.
       *[other] Hay otro motivo.
    }

    { $words }

    { $site }{ $path }

mail-appeal-answered-subject = Respuesta a su objeción
mail-appeal-answered =
    Usted objetó una decisión en «{ $title }». { $is_upheld ->
        [yes] Tenía razón: la decisión se anula.
       *[no] La decisión se mantiene.
    }

    { $answer }

    { $site }{ $path }

mail-facilitator-named-subject = Facilita una pregunta
mail-facilitator-named =
    Ahora facilita «{ $title }»:

    { $site }{ $path }

mail-summary-published-subject = Salió el resumen de un debate
mail-summary-published =
    Usted participó en «{ $title }». { $is_final ->
        [yes] Ya está su resumen final.
       *[no] Ya está su resumen, abierto a comentarios durante 14 días.
    }

    { $site }{ $path }

mail-claim-moved-subject = Cambió una afirmación que usted sigue
mail-claim-moved =
    La evidencia sobre «{ $claim }» ha cambiado. Certeza antes: { $certainty_before ->
        [high] alta
        [moderate] moderada
        [low] baja
        [very-low] muy baja
       *[other] sin evaluar
    }; ahora: { $certainty ->
        [high] alta
        [moderate] moderada
        [low] baja
        [very-low] muy baja
       *[other] sin evaluar
    }.

    { $is_divergent ->
        [yes] Lo que creen los miembros difiere de lo que dice la evidencia.
       *[no] Lo que creen los miembros no la contradice.
    }

    { $site }{ $path }
