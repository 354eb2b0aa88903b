"""Enterprises (企业内部防控): staff, posts, measures, resumption filings, the work ledger."""
