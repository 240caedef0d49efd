# Outcomes.
