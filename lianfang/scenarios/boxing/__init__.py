"""Boxing county, February 2020, after a public article; what the article does not say stays empty.

`facts` holds what it says, in our own encoding; `loading` brings that into the book.
"""

from lianfang.scenarios.boxing.loading import load, sign_ins

__all__ = ["load", "sign_ins"]
