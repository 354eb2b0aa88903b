"""Scenarios: example books that `lianfang load NAME` builds through the same actions that people use."""
