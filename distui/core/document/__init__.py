"""The document: strict parsing and exact printing."""
