"""What Värn does by itself: jobs that areas declare in their `jobs.py`, run when they are due, and each run on record."""
