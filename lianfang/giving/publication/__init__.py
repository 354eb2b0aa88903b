"""What a publication (公示) is made of: its lines as read from the book, its figures, its frozen form.

`lines` reads the book, `tallies` adds up, `frozen` is the one form in which a publication is kept,
digested and handed out, `amending` says what a correction changes. Writing is in `actions/disclosures.py`.
"""
