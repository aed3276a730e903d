"""The history of submissions: filters, pages, rows, timeline, records and exports."""
