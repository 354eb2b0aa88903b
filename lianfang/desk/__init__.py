"""The desk: what every page of the house is made of.

Lists that filter, sort, page and export; forms with an error summary; template tags for amounts,
times and states; the page's context. Domain apps build their pages from it; `web` is the shell
around them.
"""
