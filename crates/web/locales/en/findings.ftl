# Findings.

findings-label = One estimate each
findings-how = Estimate and 95 % interval (± 1.96 standard errors) in the source's own unit and sign. A higher number is not always better: see the outcome.
findings-tags = “not pooled”: another estimate of the same people stands for them. “scale?”: its unit is in doubt. “not re-checked”: neither recomputed nor read in the source.
findings-title = Findings
findings-description = Every estimate in the evidence base, with its interval, unit, sample and source; filter by practice, outcome, country and design.
findings-say = { $count ->
    [0] No finding passes these filters.
    [one] One finding of { $total }.
   *[other] { $count ->
        [one] One finding
       *[other] { $count } findings
     }, of { $total } in the evidence base.
 }
findings-empty = No finding is at once all of this. Take a filter out.
findings-caption = { $count ->
    [one] One finding. Its name leads to its page.
   *[other] { $count } findings. Each name leads to the finding's page.
 }
findings-caption-range = Findings { $from } to { $to } of { $count }. Each name leads to the finding's page.
findings-all = All { $count } findings of this list
filters-in-force = Filters in force
filter-remove = take out
filter-any = any
filter-submit = Show
filter-primary = Enters a pool
accepted-practices = an id from the list of practices
accepted-outcomes = an id from the list of outcomes
accepted-studies = an id from the list of studies
accepted-designs = the id of a design in the catalogue
accepted-countries = an ISO 3166 code of two capital letters
accepted-yes-no = yes, no
accepted-pages = a whole number from 1 to { $pages }

finding-title = { $practice }: { $outcome }, { $study }
finding-name = { $practice }: { $outcome }
finding-description = One estimate of { $practice } on { $outcome } from { $study }, with its interval, source and every field.
finding-contrast = Compared with: { $comparator }. { $estimand }.
finding-interval = 95 % interval { $range }
finding-control-sd = mean of the comparison arm, standard deviation { $sd }
finding-clusters = in { $clusters } clusters
finding-no-clusters = standard error not clustered
finding-direction = Its sign
finding-direction-under = seen from the client; not how sure it is
finding-chart = The estimate and its 95 % interval, { $unit }. The upright line is no difference.
finding-synthesis = The synthesis it belongs to
finding-pool-size = { $count ->
    [one] 1 finding
   *[other] { $count } findings
 }
finding-json = This finding as JSON
finding-doubts = Before you use it
finding-doubts-how = What the curators know against this number, or beside it.
doubt-scale = Its scale is in doubt
doubt-scale-why = Mean, spread or standard error are far from what the same thing is elsewhere: probably a slip of unit or period in the source. It is never pooled in its own unit, only in standard deviations, where the slip cancels.
doubt-not-primary = It is not counted in a pool
doubt-not-primary-twin = Another estimate on the same people already stands for them, so counting this one too would count them twice.
doubt-not-primary-subgroup = It concerns a part or an arm of a sample whose whole is counted already.
doubt-not-primary-instead = The finding that is counted instead
doubt-unverified = Nobody here has re-checked it
doubt-unverified-why = The number was neither recomputed from data nor read in the source by the curators, or its unit or standard error had to be inferred.
doubt-unverified-signed = The institution computed it from its own clients' records, which never leave it. The signature says who answers for the number, not that it is right.
finding-note = Curators' note
finding-note-signed = The institution's note
finding-source = Source
finding-source-how = Where the number stands and how it was checked.
number-stands = The number stands in
obtained = How it was obtained
checked = Checked
checked-yes = Recomputed, or read in the source, by the curators
checked-no = Not re-checked, or inferred
source-published-table = Copied from a published table
source-authors-data = Recomputed from the authors' data
source-reanalysis = Taken from a public re-analysis
source-derived = Derived from a published interval or p-value
source-client-records = Computed by the institution from its clients' records
signature = Signature
signature-how = Who answers for this number. A signature says that nobody changed it on the way, not that it is right.
signature-none = Not signed: the curators of this commons entered it from the source above.
signature-valid = Valid signature by { $institution } (key added on { $added }).
signature-revoked = Key revoked: signed by { $institution } with a key that was revoked on { $revoked }. When the packet was received, on { $received }, the key was still trusted.
signature-expired = Expired: { $institution } signed this as valid until { $until }. The signature itself still fits.
signature-institution = Institution
signature-key = Key
signature-content = Content id (SHA-256)
signature-issued = Issued, by its own account
signature-received = Received here
signature-until = Valid until
signature-packet = The signed packet, to verify yourself
retracted-title = No longer counted: { $practice }: { $outcome }, { $study }
retracted-withdrawn = Withdrawn on { $date }: this finding no longer counts in any synthesis.
retracted-superseded = Superseded on { $date }: another finding stands in the place of this one.
retracted-reason = Reason given:
retracted-instead = The finding that stands in its place
finding-fields = Every field
finding-fields-how = As in the CSV and JSON files, unrounded.
finding-fields-caption = All fields of this finding and what each means.
finding-field = Field
