"""The only functions that write what this app keeps. One function an act."""
