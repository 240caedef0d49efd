# Mail: subject and text of each kind.

mail-closing = Sent by { $host }. Nobody reads answers to this address.

mail-sign-in-subject = Your link to sign in
mail-sign-in =
    You, or someone who knows your address, asked to sign in at { $host }.

    Open this link in the browser in which you asked, and press the button there:

    { $site }{ $link_path }

    Or type this code there:

    { $code }

    Both work once and for { $minutes } minutes. Never read the code to anyone. If you did not ask, do nothing: nobody gets in without this mail.

mail-already-member-subject = You are a member already
mail-already-member =
    Someone asked to join { $host } with your address. You are a member already: sign in at { $site }/sign-in

    If it was not you, do nothing.

mail-request-received-subject = Your request to join
mail-request-received =
    { $name }, your request to join { $host } is with the stewards. You get a mail when it is decided.

    If it was not you, do nothing: without a steward's decision it goes nowhere.

mail-request-waiting-subject = A request to join waits
mail-request-waiting =
    { $name } asks to join. Decide here:

    { $site }{ $member_path }

mail-request-accepted-subject = Welcome
mail-request-accepted =
    { $name }, you are a member of { $host } now. Sign in with this address:

    { $site }/sign-in

mail-request-declined-subject = Your request to join
mail-request-declined =
    { $name }, the stewards of { $host } did not accept your request. What you had sent is deleted. Reading is open to everyone.

mail-invited-subject = You are invited to { $host }
mail-invited =
    { $by } invites you to { $host }, where people who work for clients of microfinance settle what works. Accept here, within { $days } days:

    { $site }{ $link_path }

    If you do not want to, do nothing: your address is then deleted.

mail-role-granted-subject = You have a new role
mail-role-granted =
    { $by } gave you the role of { $role ->
        [facilitator] facilitator
        [editor] editor
        [expert] expert
        [steward] steward
       *[other] member
    } at { $host }.

    { $site }/account

mail-role-taken-subject = A role was taken back
mail-role-taken =
    You no longer have the role of { $role ->
        [facilitator] facilitator
        [editor] editor
        [expert] expert
        [steward] steward
       *[other] member
    } at { $host }. You stay a member.

mail-disabled-subject = Your account was disabled
mail-disabled =
    A steward of { $host } disabled your account: you cannot sign in for now. What you wrote stays. If you think it a mistake, write to whoever invited you.

mail-enabled-subject = Your account works again
mail-enabled =
    You can sign in again at { $site }/sign-in

mail-factor-changed-subject = How you sign in was changed
mail-factor-changed =
    At { $host }, { $change ->
        [passkey-added] a passkey was added to your account.
        [passkey-removed] a passkey was removed from your account.
        [password-set] the password of your account was set.
        [password-removed] the password of your account was removed.
        [codes-set-up] one-time codes were set up for your account.
        [codes-removed] one-time codes were removed from your account.
       *[other] new recovery codes were made for your account.
    }

    If it was not you, end all sessions and look at what is set up: { $site }/account/security

mail-passkey-copied-subject = A passkey of yours was refused
mail-passkey-copied =
    The passkey “{ $name }” was shown at { $host } in a way that a copy would be. It was refused. If you do not know why, remove it and make a new one: { $site }/account/security

mail-taken-out-subject = Your data was taken out
mail-taken-out =
    Everything that you have given to { $host } was taken out as a file, in a session of yours. If it was not you, end all sessions: { $site }/account/sessions

mail-erased-subject = You are forgotten at { $host }
mail-erased =
    Your account is erased. This is the last mail to this address.

mail-post-decided-subject = Your post was decided on
mail-post-decided =
    Your post in “{ $title }” { $status ->
        [shown] is shown.
        [removed] was taken down.
       *[other] is not shown.
    }

    { $reason ->
        [off-topic] It is not about the question.
        [insult] It is against a person instead of a point.
        [personal-data] It tells of someone what is theirs to tell.
        [promotion] It promotes a product or an institution.
        [no-source] It states a fact that needs its source.
        [duplicate] It has been said already.
        [two-ideas] It holds two ideas: each can stand alone.
        [unclear] It can be understood in two ways, or not at all.
        [withdrawn] You took it back.
        [fine] Nothing stands against it.
       *[other] There is another reason.
    }

    { $words }

    Read it here, and object there if you disagree:

    { $site }{ $path }

mail-statement-decided-subject = Your statement was decided on
mail-statement-decided =
    Your statement “{ $statement }” in “{ $title }” { $status ->
        [shown] is open to votes.
       *[other] is not put to the vote.
    }

    { $reason ->
        [off-topic] It is not about the question.
        [insult] It is against a person instead of a point.
        [personal-data] It tells of someone what is theirs to tell.
        [promotion] It promotes a product or an institution.
        [no-source] It states a fact that needs its source.
        [duplicate] It has been said already.
        [two-ideas] It holds two ideas: each can stand alone.
        [unclear] It can be understood in two ways, or not at all.
        [withdrawn] You took it back.
        [fine] Nothing stands against it.
       *[other] There is another reason.
    }

    { $words }

    { $site }{ $path }

mail-appeal-answered-subject = Your objection was answered
mail-appeal-answered =
    You objected to a decision in “{ $title }”. { $is_upheld ->
        [yes] You were right: the decision is undone.
       *[no] The decision stands.
    }

    { $answer }

    { $site }{ $path }

mail-facilitator-named-subject = You facilitate a question
mail-facilitator-named =
    You are a facilitator of “{ $title }” now:

    { $site }{ $path }

mail-summary-published-subject = The summary of a discussion is out
mail-summary-published =
    You took part in “{ $title }”. { $is_final ->
        [yes] Its final summary is out.
       *[no] Its summary is out, and open to comment for 14 days.
    }

    { $site }{ $path }

mail-claim-moved-subject = A claim that you watch has moved
mail-claim-moved =
    The evidence on “{ $claim }” has changed. Certainty before: { $certainty_before ->
        [high] high
        [moderate] moderate
        [low] low
        [very-low] very low
       *[other] not rated
    }; now: { $certainty ->
        [high] high
        [moderate] moderate
        [low] low
        [very-low] very low
       *[other] not rated
    }.

    { $is_divergent ->
        [yes] What members believe differs from what the evidence says.
       *[no] What members believe does not contradict it.
    }

    { $site }{ $path }
