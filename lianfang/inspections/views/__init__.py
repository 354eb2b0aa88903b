"""The pages of the inspections, one module a concept."""
