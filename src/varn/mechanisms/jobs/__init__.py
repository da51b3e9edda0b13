"""What Värn does by itself: jobs that areas declare in `jobs.py`, run when they are due, each run on record."""
