# Iniciar sesión, hacerse miembro y la propia cuenta.

sign-in-title = Iniciar sesión
sign-in-description = Iniciar sesión con un enlace por correo, una llave de acceso o una contraseña.
sign-in-margin = Un enlace por correo basta para participar. Los papeles con poder sobre otros requieren una llave de acceso, o una contraseña con un código de un solo uso.
sign-in-say = Dé su dirección y le enviamos un enlace y un código que sirven durante 10 minutos.
sign-in-address = Dirección de correo
sign-in-send = Envíenme un enlace
sign-in-otherwise = Otras maneras
sign-in-passkey = Usar una llave de acceso
sign-in-by-password = Usar una contraseña
sign-in-join = Pedir ser miembro
sign-in-already = Ha iniciado sesión como { $name }.

sent-title = Mire su correo
sent-description = Se envió un enlace para iniciar sesión, si la dirección es de un miembro.
sent-say = Si la dirección es de un miembro, un enlace y un código de seis cifras están en camino. Ambos sirven durante 10 minutos.
sent-hint = Abra el enlace en este navegador; o, si su correo está en otro dispositivo, escriba aquí el código.
sent-code = Código del correo
sent-sign-in = Iniciar sesión
sent-again = ¿No llegó nada? Mire entre el correo no deseado y pida de nuevo.

link-title = Una pulsación más
link-description = Iniciar sesión con el enlace de su correo.
link-say = Los programas que revisan el correo siguen los enlaces por sí solos. Pulse el botón, para que sepamos que es usted.
link-press = Iniciar sesión
link-code-title = Escriba este código donde lo pidió
link-code-say = El enlace se pidió en otro navegador. Escriba allí este código, y allí se iniciará su sesión:
link-code-warning = No se lo lea nunca a nadie. Si no pidió ningún enlace, cierre esta página: no ha pasado nada.
link-bad-title = Este enlace no deja entrar a nadie
link-bad-again = Pedir un enlace nuevo

password-title = Iniciar sesión con contraseña
password-description = Iniciar sesión con su contraseña, y un código de un solo uso si los utiliza.
password-margin = Para los miembros que tienen contraseña. Un enlace por correo también sirve siempre.
password-password = Contraseña
password-code = Código de un solo uso o de recuperación
password-code-hint = Solo si utiliza códigos de un solo uso.
password-go = Iniciar sesión

passkey-title = Use su llave de acceso
passkey-description = Iniciar sesión con una llave de acceso de este dispositivo o de una llave a mano.
passkey-say = Su dispositivo le pide el dedo, la cara o su código. Nada de eso sale de él.
passkey-press = Usar la llave de acceso
passkey-new-press = Crear la llave de acceso
passkey-no-script = Una llave de acceso necesita JavaScript, que este navegador tiene desactivado. Un enlace por correo funciona sin él.
passkey-failed = El dispositivo no dio ninguna llave de acceso. Inténtelo de nuevo, o inicie sesión de otra manera.

sign-out = Cerrar sesión

join-title = Pedir ser miembro
join-description = Pedir ser miembro de esta comunidad.
join-margin = Un administrador lee cada petición. Recibe un correo cuando se decide.
join-say = Para quienes trabajan para los clientes de las microfinanzas: prestamistas, redes, financiadores, investigadores.
join-name = Nombre
join-name-hint = Como lo verán los demás miembros.
join-note = Quién es usted y qué le trae aquí
join-send = Enviar la petición
join-sent-title = Gracias
join-sent-say = Si esta dirección aún no se conoce aquí, su petición está con los administradores. En todo caso, mire su correo.

invitation-title = Está invitado
invitation-description = Aceptar una invitación a esta comunidad.
invitation-say = Diga cómo quiere que se le llame, y ya es miembro.
invitation-accept = Hacerme miembro
invitation-bad = Esta invitación ya no está abierta: ya se aceptó, ha vencido, o la dirección se cortó. Quien le invitó puede enviar otra.

consent-label = He leído qué se guarda sobre mí y por qué, y estoy de acuerdo.

account-label = Miembros
account-none = ninguno
account-title = Su cuenta
account-description = Su perfil y cómo se le escribe.
account-profile = Perfil
account-profile-margin = Los demás miembros ven su nombre, país, organización y perfil. Nadie ve su dirección.
account-name = Nombre
account-about = Sobre usted
account-language = Idioma
account-time-zone = Zona horaria
account-time-zone-hint = Por ejemplo, Africa/Nairobi o America/Lima.
account-country = País
account-country-none = sin decir
account-organisation = Organización
account-organisation-none = ninguna
account-delivery = Correo sobre los debates
account-delivery-each = Cada mensaje
account-delivery-daily = Una vez al día
account-delivery-weekly = Una vez a la semana
account-delivery-summary = Solo los resúmenes
account-delivery-none = Ninguno
account-save = Guardar
account-saved = Guardado.
account-to-sessions = Dónde tiene sesiones abiertas
account-to-security = Llaves de acceso, contraseña y códigos
account-to-data = Sus datos: llevárselos, o ser olvidado
account-to-members = Miembros
account-to-organisations = Organizaciones
account-address = Dirección
account-roles = Papeles

sessions-title = Dónde tiene sesiones abiertas
sessions-description = Los navegadores en los que tiene sesión, y cómo terminarla.
sessions-margin = Una sesión termina por sí sola tras 14 días sin uso y tras 90 días; con un papel de poder, tras 30 minutos y 12 horas.
sessions-device = Navegador
sessions-begun = Comenzada
sessions-seen = Último uso
sessions-strong = Segundo factor
sessions-this = esta
sessions-end = Terminar
sessions-end-others = Terminar todas las demás
sessions-caption = Sesiones, primero la última usada

security-title = Llaves de acceso, contraseña y códigos
security-description = Cómo demuestra quién es.
security-margin = Un enlace por correo inicia su sesión y no da poder sobre otros. Una llave de acceso, o una contraseña con un código de un solo uso, sí. Cuando uno de ellos está puesto, otro se añade solo después de mostrarlo.
security-passkeys = Llaves de acceso
security-passkeys-margin = Una llave de acceso la guarda su dispositivo o una llave a mano. Solo sirve en este sitio, así que nadie puede sonsacársela.
security-passkeys-none = No tiene ninguna llave de acceso.
security-passkeys-caption = Sus llaves de acceso
security-passkey-name = Nombre de la llave de acceso
security-passkey-name-hint = Por ejemplo, «mi teléfono».
security-passkey-add = Añadir una llave de acceso
security-passkey-made = Creada
security-passkey-used = Último uso
security-passkey-remove = Quitar
security-passkey-never = nunca
security-passkey-address = Las llaves de acceso necesitan https, o la dirección http://localhost; este sitio está en { $address }.
security-password = Contraseña
security-password-margin = No hace falta si usa enlaces por correo o una llave de acceso.
security-password-has = Tiene una contraseña.
security-password-none = No tiene contraseña.
security-password-new = Contraseña nueva
security-password-hint = Al menos { $least } caracteres, mejor 15 o más. Cualquier carácter; no hace falta cambiarla nunca, salvo que alguien la haya visto.
security-password-set = Poner la contraseña
security-password-remove = Quitar la contraseña
security-codes = Códigos de un solo uso
security-codes-margin = Una aplicación de su teléfono muestra seis cifras que cambian cada 30 segundos (TOTP, RFC 6238).
security-codes-has = Utiliza códigos de un solo uso.
security-codes-none = No utiliza códigos de un solo uso. Van con una contraseña.
security-codes-begin = Preparar códigos de un solo uso
security-codes-remove = Dejar de usar códigos de un solo uso
security-recovery = Códigos de recuperación
security-recovery-margin = Cada uno sirve una vez en lugar de un código de un solo uso, para el día en que se pierda el teléfono.
security-recovery-left = { $left ->
    [0] No le queda ningún código de recuperación.
    [one] Le queda 1 código de recuperación.
   *[other] Le quedan { $left } códigos de recuperación.
 }
security-recovery-make = Hacer códigos de recuperación nuevos
security-done = Hecho. Recibe un correo sobre ello.

codes-title = Preparar códigos de un solo uso
codes-description = Introducir un secreto en una aplicación y confirmarlo con un primer código.
codes-say = Introduzca este secreto en su aplicación, a mano o por el enlace, y escriba el código que muestra.
codes-secret = Secreto
codes-link = Abrirlo en una aplicación de este dispositivo
codes-code = Código que muestra la aplicación
codes-confirm = Confirmar

recovery-title = Sus códigos de recuperación
recovery-description = Diez códigos para el día en que se pierda el teléfono.
recovery-say = Imprímalos o cópielos a mano y guárdelos lejos de sus dispositivos. Se muestran solo esta vez; los anteriores ya no sirven.
recovery-back = Los he guardado

factor-title = Muestre su segundo factor
factor-description = Una llave de acceso, o una contraseña con un código de un solo uso.
factor-margin = Vale para esta sesión; para lo que es grave no debe tener más de 10 minutos.
factor-say = Lo que pidió requiere más que un enlace por correo.
factor-none = Aún no ha preparado ninguno. Añada una llave de acceso, o una contraseña con códigos de un solo uso; después vuelva.
factor-set-up = Preparar uno
factor-password-title = Con contraseña y código
factor-code = Código de un solo uso o de recuperación
factor-go = Mostrarlo

data-title = Sus datos
data-description = Llevarse todo lo que ha dado, o ser olvidado.
data-margin = Ambas cosas son su derecho, y gratuitas.
data-out = Llevárselos
data-out-say = Un archivo (JSON) con su perfil, mensajes, enunciados, votos, sesiones y consentimientos, tal como están guardados.
data-out-press = Llevarme mis datos
data-erase = Ser olvidado
data-erase-margin = No se puede deshacer.
data-erase-say = Su dirección, nombre, perfil, maneras de iniciar sesión y clave de voto se borran en el acto. Lo que escribió queda bajo «antiguo miembro», para que las respuestas de otros conserven su sentido; sus votos quedan como cuentas que nadie puede vincular con usted. En una pregunta aún abierta, se retiran.
data-erase-check = Sí, bórrenme
data-erase-press = Borrar mi cuenta
data-erased-title = Aquí se le ha olvidado
data-erased-say = Su cuenta está borrada. Gracias por lo que dio.

members-title = Miembros
members-description = Miembros, peticiones e invitaciones.
members-margin = Visto solo por administradores.
members-requests = Peticiones
members-requests-none = Nadie espera.
members-requests-margin = Quien pidió ser miembro espera aquí.
members-all = Todos los miembros
members-all-margin = Por nombre.
members-caption = Miembros y lo que tienen
members-status = Estado
members-joined = Desde
members-accept = Aceptar
members-decline = Rechazar
members-invite = Invitar
members-invite-margin = La invitación va por correo y vale 14 días.
members-invite-role = Papel
members-invite-send = Enviar la invitación
members-vouched = La organización responde por este miembro
members-organisation-say = Un miembro por quien responde una organización es conocido desde el principio: sus mensajes no se leen antes.
members-organisation-save = Guardar
members-invited = Invitaciones aún no aceptadas
members-invited-margin = Una invitación retirada ya no funciona.
members-invited-none = No espera ninguna invitación.
members-withdraw = Retirar
members-status-requested = pidió entrar
members-status-active = activo
members-status-disabled = suspendido
members-status-erased = borrado
members-page-margin = Lo que se hace aquí se anota en el registro de actos de poder, y el miembro recibe un correo.
members-roles = Papeles
members-roles-say = Un papel con poder se da solo a quien tiene una llave de acceso, o una contraseña con códigos de un solo uso.
members-role-give = Dar: { $role }
members-role-take = Retirar: { $role }
members-access = Acceso
members-disable = Suspender
members-enable = Restablecer
members-disable-say = Un miembro suspendido no puede iniciar sesión; todas sus sesiones terminan en el acto. Lo escrito queda.
members-erase-say = Quien ya no puede iniciar sesión puede pedir a un administrador que se le olvide.
members-note = Lo que dice la petición

role-member = miembro
role-facilitator = facilitador
role-editor = redactor
role-expert = experto
role-steward = administrador

organisations-title = Organizaciones
organisations-description = Organizaciones a las que pertenecen los miembros.
organisations-margin = Las llevan los administradores.
organisations-none = Aún no hay ninguna organización.
organisations-caption = Organizaciones
organisations-name = Nombre
organisations-kind = Tipo
organisations-add = Añadir una organización
organisations-save = Añadir
organisation-consortium-member = miembro del consorcio
organisation-institution = institución
organisation-network = red
organisation-donor = donante

consent-text = Su dirección se guarda para que pueda iniciar sesión y recibir correo, y no se muestra más que a los administradores. Su nombre, país y perfil se muestran a los miembros con lo que escribe. Puede llevárselo todo, cambiarlo o ser olvidado en cualquier momento.
first-title = El primer administrador
first-margin = Este enlace se mostró donde se inició el programa. Sirve hasta que haya un administrador.
first-say = Diga quién es. Se hace miembro y primer administrador; prepare después un segundo factor, sin el cual un administrador no puede hacer nada.
first-go = Ser el primer administrador
