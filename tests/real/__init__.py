"""Real distributions through the target; needs the public index once, to fetch them, so `make test` leaves it out."""
