# What is wrong with a form that was sent, and how to mend it; by the code of the fault.

fault-address = This is not a mail address that mail could reach. It looks like name@example.org.
fault-address-taken = This address belongs to a member already. Sign in with it, or invite another address.
fault-name-missing = A name is needed.
fault-name-long = The name is longer than { $most } characters.
fault-text-long = The text is longer than { $most } characters.
fault-choice = This is none of the choices.
fault-consent = Without your agreement nothing about you may be kept, so you cannot become a member.
fault-link-expired = It was good for 10 minutes, and they have passed. Ask for a new one.
fault-link-used = It was used already. Each works once. Ask for a new one.
fault-link-spent = The code was typed wrongly too often. Ask for a new link.
fault-link-unknown = It is not, or no longer, known here. It may have been cut off when it was copied. Ask for a new one.
fault-link-elsewhere = It was asked for in another browser: type the code there.
fault-code-wrong = This is not the code of the last mail. { $left ->
    [0] Ask for a new link.
    [one] One try is left.
   *[other] { $left } tries are left.
 }
fault-one-time-wrong = This is not the code that counts now, or it was used already. Wait for the next one.
fault-code-wanted = The password was right. Type the one-time code too, or a recovery code.
fault-password-wrong = Address, password or code is wrong. A link by mail always works.
fault-password-short = The password has fewer than { $least } characters.
fault-password-long = The password has more than { $most } characters.
fault-password-common = This is one of the passwords that are tried first. Choose another.
fault-password-pattern = This is a pattern that is tried first. Choose another.
fault-password-context = It holds “{ $word }”, which anyone would try. Choose another.
fault-password-first = One-time codes go with a password: set a password first.
fault-passkey-refused = The passkey was not accepted. Try again, or use another way.
fault-passkey-copied = This passkey may exist twice, so it was refused. Remove it and make a new one.
fault-passkey-address = Browsers allow passkeys only under https, or at http://localhost.
fault-passkey-late = The device took longer than five minutes. Begin again.
fault-passkey-known = This passkey is registered already.
fault-factor-needed = Set up a second factor first.
fault-role-needs-factor = This role has power, and the member has neither a passkey nor a password with one-time codes yet.
fault-last-steward = Nobody would be left who could undo this. Make someone else a steward first.
fault-invitation-gone = This invitation is no longer open.
fault-already-so = It is so already, or something changed meanwhile.
fault-sign-in-again = Sign in again, then repeat this.
fault-sure = Tick the box first.
