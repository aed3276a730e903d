"""The JSON Schema of the request: shapes, validation and messages."""
