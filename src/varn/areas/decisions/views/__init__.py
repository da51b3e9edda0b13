"""The pages of decisions and assignments."""
