"""The history of submissions: filters, pages, timeline, records and exports."""
