"""AWS's HTTP protocols: credentials, parameters, pages, responses and errors of any service."""
