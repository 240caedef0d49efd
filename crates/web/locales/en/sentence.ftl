# One sentence about one synthesis: certainty picks the verb, size the adverb.

answer-moves = { $estimand ->
    [LATE] Among those whom the offer moved to take it up, { $practice }
    [ATT] Among those who took it up, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] { $way ->
        [lower] lowers
       *[higher] raises
     }
    [moderate] probably { $way ->
        [lower] lowers
       *[higher] raises
     }
   *[low] may { $way ->
        [lower] lower
       *[higher] raise
     }
 } { $outcome }{ $size ->
    [small] {" "}slightly
    [large] {" "}a lot
   *[plain] {""}
 }.
answer-little = { $estimand ->
    [LATE] Among those whom the offer moved to take it up, { $practice }
    [ATT] Among those who took it up, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] makes
    [moderate] probably makes
   *[low] may make
 } little or no difference to { $outcome }.
answer-leans = { $estimand ->
    [LATE] Among those whom the offer moved to take it up, { $practice }
    [ATT] Among those who took it up, { $practice }
   *[ITT] { $practice }
 } { $certainty ->
    [high] leans
    [moderate] probably leans
   *[low] may lean
 } towards { $way ->
    [lower] lowering
   *[higher] raising
 } { $outcome }, but no effect and the opposite fit the evidence too.
answer-open = Whether { $practice } raises or lowers { $outcome } is still open: the evidence fits a gain as well as a loss.
answer-very-low = We cannot tell whether { $practice } changes { $outcome }.
answer-association = { $practice } may go along with { $way } { $outcome }; nobody can say that it is the cause.
answer-association-open = Whether { $practice } goes along with higher or lower { $outcome } is still open.
answer-not-rated = { $practice } and { $outcome }: what is on file cannot be rated.
answer-nothing-pooled = Nobody has given us a number that can be pooled on { $practice } and { $outcome }.
