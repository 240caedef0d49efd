//! metafor at its default tolerance on 91 pools: the published seven trials and sixteen business trainings.
