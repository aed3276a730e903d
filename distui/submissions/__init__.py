"""The ledger of submissions: sending them, AWS's responses, history and review."""
