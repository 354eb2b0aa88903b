"""The pages of the rounds, one module a concept."""
