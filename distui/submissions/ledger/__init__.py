"""The ledger: write a submission down, send it, and settle it exactly once."""
