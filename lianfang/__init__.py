"""lianfang (联防): the one book of a county's joint prevention and control."""

__version__ = "0.1.0"
