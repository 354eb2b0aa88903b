"""The pages of the enterprises, one module a concept."""
