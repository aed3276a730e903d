"""The sandbox's HTTP server: it dispatches requests to services and injects faults."""
