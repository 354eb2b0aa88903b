"""The pages of the volunteers."""
