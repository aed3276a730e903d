"""Facts about AWS: Regions, geography, ARNs, account IDs, names and tokens."""
