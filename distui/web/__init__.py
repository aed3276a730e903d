"""Site furniture: headers, errors, sign-in, health, template tags. No models."""
