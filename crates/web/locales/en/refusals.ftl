# Pages that say what was refused, why, and how to go on.

refusal-label = Refused
refusal-status = Status { $status }.
refusal-ways-on = Ways on:
refusal-not-found = There is no page at this address
refusal-not-found-why = Nothing stands at { $path }. The address may be mistyped, or the page may never have existed: addresses here do not change.
refusal-unknown = There is nothing of this name here
refusal-unknown-why = The id “{ $id }” is not in this version of the evidence.
refusal-see-list = See the whole list
refusal-parameter = A filter in the address cannot be used
refusal-parameter-why = The value of { $name } is “{ $value }”. What can stand there: { $accepted }.
refusal-without-filter = The same page without this filter
refusal-without-filters = The same page without any filter
refusal-address = The address cannot be read
refusal-address-why = It holds characters that are not UTF-8, or more than { $most } characters of filters.
refusal-method = This page can only be read
refusal-method-why = Nothing on this site is changed from a browser. Ask with GET or HEAD.
refusal-internal = Something failed here, not at your end
refusal-internal-why = The page could not be made. The fault is in this site's program; the other pages still work, and the same address may work again later.
