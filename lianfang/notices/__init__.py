"""Notices: appeals (倡议) drafted, approved by a second person, sent to bodies, read and answered.

An appeal asks; it sets no quota, and there is no list of those who did not give (摊派 is forbidden).
What is followed up is whether a body has read it.
"""
