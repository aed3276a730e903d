"""What AWS's service model says: the JSON Schema, its shapes, validation and messages."""
