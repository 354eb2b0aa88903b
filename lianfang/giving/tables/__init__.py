"""Tables of gifts and of bank lines: their sheets and columns, what a cell says, what a row says.

Nothing here writes; the actions `imports` and `bank` do.
"""
