# Studies.
