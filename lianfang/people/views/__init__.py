"""Typed function views, one module a concept."""
