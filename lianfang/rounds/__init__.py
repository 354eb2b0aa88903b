"""Rounds (消毒巡查): what is done at which spot how often, the marks that prove it, publicity items."""
