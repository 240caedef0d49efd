# What stands around pages that know who asks: the masthead, refusals, forms that could not be taken.

masthead-account = Your account
sign-in = Sign in

interrupted-margin = Nothing was changed.
interrupted-words = What you wrote, to copy:
interrupted-sign-in = You are not signed in any more
interrupted-sign-in-why = The form could not be taken, because your session has ended. Sign in, then send it again.
interrupted-factor = A second factor is needed first
interrupted-factor-why = This needs a passkey, or your password with a one-time code, shown lately. Show it, then send the form again.
interrupted-factor-link = Show the second factor
interrupted-stale = This form is no longer good
interrupted-stale-why = It was made for another session, or your browser keeps no cookies from this site. Open the page again and send the form from there.
interrupted-stale-link = Back to the page

refusal-not-allowed = This is not open to you
refusal-not-allowed-why = Your account has no right to this. A steward can tell you who has.
refusal-foreign = This was sent from another site
refusal-foreign-why = Forms are taken only from pages of this site. Open the page here and send the form again.
refusal-fault = This could not be taken
refusal-too-often = Too many tries
refusal-too-often-why = Wait { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
 }, then try again. Nothing is locked, and what you have is safe.
refusal-conflict = This does not fit what is stored by now
refusal-conflict-why = Someone changed it meanwhile, or it was done already. Open the page again to see how it stands.
refusal-unavailable = The database is out of reach
refusal-unavailable-why = Nothing was changed. Try again in a minute.
refusal-body = The form could not be read
refusal-body-media = It was not sent as a form of a web page.
refusal-body-large = It holds more than 64 kB, or did not arrive whole. Shorten it.
refusal-body-slow = It took too long to arrive. Send it again.

