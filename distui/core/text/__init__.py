"""Text that people paste and read: characters, lists, tables, account IDs, Regions, plurals."""
