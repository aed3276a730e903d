"""Text as people paste and read it: characters, lists, tables, account IDs, plurals."""
