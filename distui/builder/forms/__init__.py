"""Forms over the schema: the ShapeForm engine and the declarations of every member."""
