"""The formats that people keep configurations in: a reader or a writer for each."""
