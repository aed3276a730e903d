"""The ledger: store a submission, send it, and record the result exactly once."""
