"""Volunteers: who signed up, teams and their pledges, where they serve, for how long, and what proves it."""
