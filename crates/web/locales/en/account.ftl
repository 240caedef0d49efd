# Signing in, joining, and one's own account.

sign-in-title = Sign in
sign-in-description = Sign in with a link by mail, a passkey or a password.
sign-in-margin = A link by mail is enough to take part. Roles with power over others need a passkey, or a password with a one-time code.
sign-in-say = Give your address, and we send you a link and a code that work for 10 minutes.
sign-in-address = Mail address
sign-in-send = Send me a link
sign-in-otherwise = Other ways
sign-in-passkey = Use a passkey
sign-in-by-password = Use a password
sign-in-join = Ask to join
sign-in-already = You are signed in as { $name }.

sent-title = Look into your mail
sent-description = A link to sign in was sent, if the address is that of a member.
sent-say = If the address is that of a member, a link and a code of six digits are on their way. Both work for 10 minutes.
sent-hint = Open the link in this browser; or, when your mail is on another device, type the code here.
sent-code = Code from the mail
sent-sign-in = Sign in
sent-again = Nothing came? Look among unwanted mail, then ask again.

link-title = One press more
link-description = Sign in with the link from your mail.
link-say = Programs that check mail follow links by themselves. Press the button, so that we know it is you.
link-press = Sign in
link-code-title = Type this code where you asked
link-code-say = The link was asked for in another browser. Type this code there, and you are signed in there:
link-code-warning = Never read it to anyone. If you asked for no link, close this page: nothing has happened.
link-bad-title = This link brings nobody in
link-bad-again = Ask for a new link

password-title = Sign in with a password
password-description = Sign in with your password, and a one-time code if you use them.
password-margin = For members who set a password. A link by mail always works too.
password-password = Password
password-code = One-time code or recovery code
password-code-hint = Only if you use one-time codes.
password-go = Sign in

passkey-title = Use your passkey
passkey-description = Sign in with a passkey of this device or of a key at hand.
passkey-say = Your device asks for your finger, your face or its code. Nothing of that leaves it.
passkey-press = Use the passkey
passkey-new-press = Make the passkey
passkey-no-script = A passkey needs JavaScript, which this browser has switched off. A link by mail works without.
passkey-failed = The device gave no passkey. Try again, or sign in another way.

sign-out = Sign out

join-title = Ask to join
join-description = Ask to become a member of this commons.
join-margin = A steward reads each request. You get a mail when it is decided.
join-say = For people who work for clients of microfinance: lenders, networks, funders, researchers.
join-name = Name
join-name-hint = As other members shall see it.
join-note = Who you are, and what brings you here
join-send = Send the request
join-sent-title = Thank you
join-sent-say = If this address is not yet known here, your request is with the stewards. Either way, look into your mail.

invitation-title = You are invited
invitation-description = Accept an invitation to this commons.
invitation-say = Say how you want to be called, and you are a member.
invitation-accept = Become a member
invitation-bad = This invitation is no longer open: it was accepted already, it has expired, or the address was cut off. Whoever invited you can send another.

consent-label = I have read what is kept about me and why, and agree.

account-title = Your account
account-description = Your profile and how you are reached.
account-profile = Profile
account-profile-margin = Other members see your name, country, organisation and profile. Nobody sees your address.
account-name = Name
account-about = About you
account-language = Language
account-time-zone = Time zone
account-time-zone-hint = Such as Africa/Nairobi or America/Lima.
account-country = Country
account-country-none = not said
account-organisation = Organisation
account-organisation-none = none
account-delivery = Mail about discussions
account-delivery-each = Each post
account-delivery-daily = Once a day
account-delivery-weekly = Once a week
account-delivery-summary = Summaries only
account-delivery-none = None
account-save = Save
account-saved = Saved.
account-to-sessions = Where you are signed in
account-to-security = Passkeys, password and codes
account-to-data = Your data: take it out, or be forgotten
account-to-members = Members
account-to-organisations = Organisations
account-address = Address
account-roles = Roles
account-label = Members
account-none = none

sessions-title = Where you are signed in
sessions-description = The browsers in which you are signed in, and how to end a session.
sessions-margin = A session ends by itself after 14 days without use and after 90 days; with a role that has power, after 30 minutes and 12 hours.
sessions-device = Browser
sessions-begun = Begun
sessions-seen = Last used
sessions-strong = Second factor
sessions-this = this one
sessions-end = End
sessions-end-others = End all others
sessions-caption = Sessions, the latest used first

security-title = Passkeys, password and codes
security-description = How you prove who you are.
security-margin = A link by mail signs you in and gives no power over others. A passkey, or a password with a one-time code, does. With one of them set up, another is added only after showing it.
security-passkeys = Passkeys
security-passkeys-margin = A passkey is kept by your device or a key at hand. It works on this site only, so nobody can trick it out of you.
security-passkeys-none = You have no passkey.
security-passkeys-caption = Your passkeys
security-passkey-name = Name of the passkey
security-passkey-name-hint = Such as “my phone”.
security-passkey-add = Add a passkey
security-passkey-made = Made
security-passkey-used = Last used
security-passkey-remove = Remove
security-passkey-never = never
security-passkey-address = Passkeys need https, or the address http://localhost; this site is at { $address }.
security-password = Password
security-password-margin = Not needed when you use links by mail or a passkey.
security-password-has = You have a password.
security-password-none = You have no password.
security-password-new = New password
security-password-hint = At least { $least } characters, better 15 or more. Any characters; no need to change it ever again unless someone saw it.
security-password-set = Set the password
security-password-remove = Remove the password
security-codes = One-time codes
security-codes-margin = An app on your phone shows six digits that change every 30 seconds (TOTP, RFC 6238).
security-codes-has = You use one-time codes.
security-codes-none = You use no one-time codes. They go with a password.
security-codes-begin = Set up one-time codes
security-codes-remove = Stop using one-time codes
security-recovery = Recovery codes
security-recovery-margin = Each works once instead of a one-time code, for the day the phone is lost.
security-recovery-left = { $left ->
    [0] You have no unused recovery code.
    [one] You have 1 unused recovery code.
   *[other] You have { $left } unused recovery codes.
 }
security-recovery-make = Make new recovery codes
security-done = Done. You get a mail about it.

codes-title = Set up one-time codes
codes-description = Enter a secret into an authenticator app and confirm it with a first code.
codes-say = Enter this secret into your authenticator app, by hand or through the link, then type the code that it shows.
codes-secret = Secret
codes-link = Open it in an app on this device
codes-code = Code that the app shows
codes-confirm = Confirm

recovery-title = Your recovery codes
recovery-description = Ten codes for the day the phone is lost.
recovery-say = Print them or copy them by hand and keep them away from your devices. They are shown this once; the old ones no longer work.
recovery-back = I have kept them

factor-title = Show your second factor
factor-description = A passkey, or a password with a one-time code.
factor-margin = It counts for this session; for what is grave it must not be older than 10 minutes.
factor-say = What you asked for needs more than a link by mail.
factor-none = You have not set up any yet. Add a passkey, or a password with one-time codes; then come back.
factor-set-up = Set one up
factor-password-title = With password and code
factor-code = One-time code or recovery code
factor-go = Show it

data-title = Your data
data-description = Take out everything you have given, or be forgotten.
data-margin = Both are your right, and free.
data-out = Take it out
data-out-say = One file (JSON) with your profile, posts, statements, votes, sessions and consents, as they are stored.
data-out-press = Take out my data
data-erase = Be forgotten
data-erase-margin = It cannot be undone.
data-erase-say = Your address, name, profile, sign-ins and ballot key are erased at once. What you wrote stays under “former member”, so that the answers of others keep their sense; your votes stay as counts that nobody can lead back to you. In a question that is still open they are taken out.
data-erase-check = Yes, erase me
data-erase-press = Erase my account
data-erased-title = You are forgotten here
data-erased-say = Your account is erased. Thank you for what you gave.

members-title = Members
members-description = Members, requests and invitations.
members-margin = Seen by stewards only.
members-requests = Requests
members-requests-none = Nobody is waiting.
members-requests-margin = Whoever asked to join waits here.
members-all = All members
members-all-margin = By name.
members-caption = Members and what they hold
members-status = Status
members-joined = Since
members-accept = Accept
members-decline = Decline
members-invite = Invite
members-invite-margin = The invitation goes by mail and is good for 14 days.
members-invite-role = Role
members-invite-send = Send the invitation
members-vouched = The organisation vouches for this member
members-organisation-say = A member for whom an organisation vouches is known from the start: their posts are not read first.
members-organisation-save = Save
members-invited = Invitations not yet accepted
members-invited-margin = An invitation that was withdrawn no longer works.
members-invited-none = No invitation waits.
members-withdraw = Withdraw
members-status-requested = asked to join
members-status-active = active
members-status-disabled = disabled
members-status-erased = erased
members-page-margin = What is done here is written into the record of acts with power, and the member gets a mail.
members-roles = Roles
members-roles-say = A role with power is given only to who has a passkey, or a password with one-time codes.
members-role-give = Give: { $role }
members-role-take = Take back: { $role }
members-access = Access
members-disable = Disable
members-enable = Enable
members-disable-say = A disabled member cannot sign in; every session ends at once. What was written stays.
members-erase-say = Someone who cannot sign in any more may ask a steward to be forgotten.
members-note = What the request says

role-member = member
role-facilitator = facilitator
role-editor = editor
role-expert = expert
role-steward = steward

organisations-title = Organisations
organisations-description = Organisations that members belong to.
organisations-margin = Kept by stewards.
organisations-none = No organisation is listed yet.
organisations-caption = Organisations
organisations-name = Name
organisations-kind = Kind
organisations-add = Add an organisation
organisations-save = Add
organisation-consortium-member = consortium member
organisation-institution = institution
organisation-network = network
organisation-donor = donor

consent-text = Your address is kept so that you can sign in and get mail, and shown to nobody but stewards. Your name, country and profile are shown to members with what you write. You can take everything out, change it, or be forgotten at any time.
first-title = The first steward
first-margin = This link was printed where the program was started. It works until there is a steward.
first-say = Say who you are. You become a member and the first steward; then set up a second factor, without which a steward can do nothing.
first-go = Become the first steward
