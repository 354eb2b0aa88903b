"""Inspections (督导检查): what was found, ordered, put right and checked again; visits of sympathy (慰问)."""
