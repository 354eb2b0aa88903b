"""What the benchmarks of the field share: a place with its people, phones, a full table, meters."""
