# Lo que rodea a las páginas que saben quién pregunta: la cabecera, las negativas, los formularios no recibidos.

masthead-account = Su cuenta
sign-in = Iniciar sesión

interrupted-margin = No se cambió nada.
interrupted-words = Lo que escribió, para copiarlo:
interrupted-sign-in = Su sesión ha terminado
interrupted-sign-in-why = No se pudo recibir el formulario porque su sesión terminó. Inicie sesión y envíelo de nuevo.
interrupted-factor = Antes hace falta un segundo factor
interrupted-factor-why = Esto requiere una llave de acceso, o su contraseña con un código de un solo uso, mostrados hace poco. Muéstrelos y envíe de nuevo el formulario.
interrupted-factor-link = Mostrar el segundo factor
interrupted-stale = Este formulario ya no es válido
interrupted-stale-why = Se hizo para otra sesión, o su navegador no guarda las cookies de este sitio. Abra la página de nuevo y envíe el formulario desde allí.
interrupted-stale-link = Volver a la página

refusal-not-allowed = Esto no está abierto para usted
refusal-not-allowed-why = Su cuenta no tiene derecho a ello. Un administrador puede decirle quién lo tiene.
refusal-foreign = Esto se envió desde otro sitio
refusal-foreign-why = Solo se reciben formularios de las páginas de este sitio. Abra la página aquí y envíe de nuevo el formulario.
refusal-fault = No se pudo recibir
refusal-too-often = Demasiados intentos
refusal-too-often-why = Espere { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
 } e inténtelo de nuevo. Nada está bloqueado, y lo suyo está a salvo.
refusal-conflict = Esto ya no concuerda con lo guardado
refusal-conflict-why = Alguien lo cambió entretanto, o ya estaba hecho. Abra la página de nuevo para ver cómo está.
refusal-unavailable = La base de datos está fuera de alcance
refusal-unavailable-why = No se cambió nada. Inténtelo de nuevo en un minuto.
refusal-body = No se pudo leer el formulario
refusal-body-media = No se envió como el formulario de una página web.
refusal-body-large = Contiene más de 64 kB, o no llegó entero. Acórtelo.
refusal-body-slow = Tardó demasiado en llegar. Envíelo de nuevo.

