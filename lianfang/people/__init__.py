"""People: areas, bodies with their several names, persons and the posts they hold, 包保, officers."""
