"""Parts that run the site: environment variables, private files, logging, the web server."""
