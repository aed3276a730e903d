"""Parts shared by all pages: headers, error pages, sign-in, health checks, template tags."""
