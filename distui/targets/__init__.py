"""Where one may submit: an account, a home Region, and how credentials are had."""
