# Claims: sentences that someone could be quoted on, with the syntheses under them.

nav-claims = Claims
says-better = clients are better off
says-worse = clients are worse off
says-little = little or no difference
says-higher = higher
says-lower = lower
says-mixed = one thing here, another there
says-open = nobody can tell yet
claims-title = Claims
claims-description = Sentences that someone could be quoted on, each with the syntheses under it and what members believe.
claims-margin = An editor states a claim; its evidence is looked at again each time that findings change.
claims-say = { $count ->
    [0] No claim has been stated.
    [one] One claim has been stated.
   *[other] { $count } claims have been stated.
 }
claims-list = All claims
claims-empty = No editor has stated one yet.
claims-front = What the evidence says by itself stands on the front page.
claims-syntheses = { $count ->
    [0] rests on no synthesis
    [one] rests on 1 synthesis
   *[other] rests on { $count } syntheses
 }
claims-state = State a claim
claim = Claim
claim-standing = The evidence says: { $says }; certainty { $certainty }.
claim-divergent-why = Members who voted on it and the studies under it point different ways. Neither is changed for it.
claim-stated = Stated
claim-reviewed = Evidence looked at
claim-rests-on = What it rests on
claim-belief = What members believe
claim-no-statement = No statement of a question says it.
claim-changes = Changes of the evidence
claim-no-change = The evidence has not changed since it was stated.
claim-evidence-version = evidence version { $version }
claim-watch = Tell me when its evidence moves
claim-watched = You are told when its evidence moves.
claim-unwatch = Tell me no more
claim-edit = Change what it says or rests on
field-sentence = The sentence
field-asserts = What the sentence says: better, worse, little, higher, lower, mixed, open
field-evidence-says = What the syntheses under it say
field-certainty = not-rated, very-low, low, moderate or high
field-divergent = Whether belief and evidence part
field-syntheses = Pool keys of the syntheses it rests on
field-stated-at = When it was stated, RFC 3339
field-reviewed-at = When its evidence was looked at last, RFC 3339
claim-sentence = The sentence
claim-sentence-hint = One sentence that someone could be quoted on, at most 300 characters.
claim-asserts = What it says about clients
claim-rests-on-hint = The addresses of syntheses, one a line; none when it says that nobody has studied it.
claim-send = State it
claim-divergent = belief and evidence differ
