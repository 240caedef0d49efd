# Studies.

studies-label = Where findings come from
studies-how = A study is a paper or a data set. Its findings may come from several samples of people.
studies-title = Studies
studies-description = Every study that a finding in this evidence base comes from, with country and design.
studies-say = { $studies } studies carry the { $findings } findings.
studies-caption = By authors. The name leads to the study's samples and findings.
study-how = What the findings say of their study. Blanks mean that the curators do not know for certain.
study-no-title = Title not known for certain
study-no-doi = No DOI on file
study-samples-how = A sample is one set of people. One pool takes at most one estimate from a sample, so nobody is counted twice.
study-sample-findings = { $findings ->
    [one] 1 finding
   *[other] { $findings } findings
 }, { $primary } of them in a pool.
study-sample-rows = At most { $rows } rows in one estimate.
study-context = The lender and its loan in this sample
study-context-caption = The features that effects may vary with.
study-feature = Feature
study-value = Value
study-from = from { $samples ->
    [one] 1 sample
   *[other] { $samples } samples
 }
