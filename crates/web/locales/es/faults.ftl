# Lo que está mal en un formulario enviado y cómo arreglarlo; según el código del fallo.

fault-address = No es una dirección a la que pueda llegar un correo. Se parece a nombre@example.org.
fault-address-taken = Esta dirección ya es de un miembro. Inicie sesión con ella, o invite a otra dirección.
fault-name-missing = Hace falta un nombre.
fault-name-long = El nombre tiene más de { $most } caracteres.
fault-text-long = El texto tiene más de { $most } caracteres.
fault-choice = No es ninguna de las opciones.
fault-consent = Sin su acuerdo no se puede guardar nada sobre usted, así que no puede ser miembro.
fault-link-expired = Servía durante 10 minutos, y ya pasaron. Pida uno nuevo.
fault-link-used = Ya se usó. Cada uno sirve una vez. Pida uno nuevo.
fault-link-spent = El código se escribió mal demasiadas veces. Pida un enlace nuevo.
fault-link-unknown = No se conoce aquí, o ya no. Quizá se cortó al copiarlo. Pida uno nuevo.
fault-link-elsewhere = Se pidió en otro navegador: escriba allí el código.
fault-code-wrong = No es el código del último correo. { $left ->
    [0] Pida un enlace nuevo.
    [one] Queda un intento.
   *[other] Quedan { $left } intentos.
 }
fault-one-time-wrong = No es el código que vale ahora, o ya se usó. Espere al siguiente.
fault-code-wanted = La contraseña era correcta. Escriba también el código de un solo uso, o uno de recuperación.
fault-password-wrong = La dirección, la contraseña o el código no es correcto. Un enlace por correo siempre sirve.
fault-password-short = La contraseña tiene menos de { $least } caracteres.
fault-password-long = La contraseña tiene más de { $most } caracteres.
fault-password-common = Es una de las contraseñas que se prueban primero. Elija otra.
fault-password-pattern = Es un patrón que se prueba primero. Elija otra.
fault-password-context = Contiene «{ $word }», que cualquiera probaría. Elija otra.
fault-password-first = Los códigos de un solo uso van con una contraseña: ponga antes una.
fault-passkey-refused = No se aceptó la llave de acceso. Inténtelo de nuevo, o use otra manera.
fault-passkey-copied = Esta llave de acceso puede existir dos veces, así que se rechazó. Quítela y cree una nueva.
fault-passkey-address = Los navegadores permiten llaves de acceso solo bajo https, o en http://localhost.
fault-passkey-late = El dispositivo tardó más de cinco minutos. Empiece de nuevo.
fault-passkey-known = Esta llave de acceso ya está registrada.
fault-factor-needed = Prepare antes un segundo factor.
fault-role-needs-factor = Este papel tiene poder, y el miembro aún no tiene llave de acceso ni contraseña con códigos de un solo uso.
fault-last-steward = No quedaría nadie que pudiera deshacerlo. Nombre antes a otro administrador.
fault-invitation-gone = Esta invitación ya no está abierta.
fault-already-so = Ya es así, o algo cambió entretanto.
fault-sign-in-again = Inicie sesión de nuevo y repítalo.
fault-sure = Marque antes la casilla.
