"""The rule engine and its rules."""
