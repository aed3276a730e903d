"""The rule engine: one rule a file, `registry` lists them, `check` runs them."""
