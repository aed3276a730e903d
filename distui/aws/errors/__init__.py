"""The meaning of AWS's errors: refused, uncertain or not sent, and which field they name."""
