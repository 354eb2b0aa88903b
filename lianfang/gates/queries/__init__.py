"""What is read of the gates."""
