"""Sample notices and lists of an invented county, 新涟县, for the tutorial and the tests."""
