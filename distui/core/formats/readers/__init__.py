"""The readers: each recognizes its format and returns the configurations in a text."""
