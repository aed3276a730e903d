"""The writers: each prints a document in its format and lists what the format can't express."""
