"""Giving: what was given, by whom, told by which sources, and how it is published.

sources    a notice, a chat list, a table: the text as it came, recognised when it comes again
mentions   what a source says about one gift; a person books, joins or rejects it
donations  the gift in the book: four roles, a figure with its bound, lines of goods, states
overlaps   gifts that may be the same money; until a person decides, totals are ranges
statements totals and tiers of a source: compared, never added
receipts   official numbered vouchers, voids kept in sequence
bank       statement lines and what they are matched to
disclosure numbered publications, corrections by published statement
"""
