"""Split by concept: import from the module of the concept."""
