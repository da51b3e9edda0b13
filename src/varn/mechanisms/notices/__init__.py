"""Telling people that something waits: notices inside Värn, and an outbox of e-mails that say no more than that."""
