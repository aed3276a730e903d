"""The ledger: what was submitted, how it is sent, what AWS answered, and who reviewed it."""
