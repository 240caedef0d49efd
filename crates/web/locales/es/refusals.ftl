# Las páginas que dicen qué se rechazó, por qué, y cómo seguir.

refusal-label = Rechazado
refusal-status = Estado { $status }.
refusal-ways-on = Por dónde seguir:
refusal-not-found = No hay ninguna página en esta dirección
refusal-not-found-why = No hay nada en { $path }. La dirección puede estar mal escrita, o la página nunca existió: aquí las direcciones no cambian.
refusal-unknown = Aquí no hay nada con este nombre
refusal-unknown-why = El identificador «{ $id }» no está en esta versión de la evidencia.
refusal-see-list = Ver la lista completa
refusal-parameter = No se puede usar un filtro de la dirección
refusal-parameter-why = El valor de { $name } es «{ $value }». Lo que puede haber ahí: { $accepted }.
refusal-without-filter = La misma página sin este filtro
refusal-without-filters = La misma página sin ningún filtro
refusal-address = No se puede leer la dirección
refusal-address-why = Contiene caracteres que no son UTF-8, o más de { $most } caracteres de filtros.
refusal-method = Esta página solo se puede leer
refusal-method-why = Nada de este sitio se cambia desde un navegador. Pida con GET o HEAD.
refusal-internal = Algo falló aquí, no de su lado
refusal-internal-why = No se pudo hacer la página. La falla está en el programa de este sitio; las demás páginas siguen funcionando, y la misma dirección puede volver a funcionar más tarde.
