"""What this app keeps, as it is read."""
