# What stands around the report, and words used everywhere.
label = Report of a study
description = Report of a study by { $institution }: effects with their uncertainty, harm, checks, limits.
skip = Skip to the answer
aside-dates = { $start } to { $end }
aside-plan = Plan fixed before the outcomes were read: { $hash }
foot-inside = This report holds exact counts of clients and stays inside the institution. What may leave is the signed finding, which holds no client’s record.
foot-made = Made by { $software }, seed { $seed }. The same records, plan and program give the same report, byte for byte.
number-to = to
number-absent = not known
none = none
list-and = { $first } and { $last }
outcome = Outcome
covariate = Covariate
period = Period
finding = Finding
difference = Difference
