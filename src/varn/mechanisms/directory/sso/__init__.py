"""Single sign-on: who the municipality's own sign-in says that somebody is, and how surely."""
