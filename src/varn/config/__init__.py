"""Composition: settings, root URLs and the command line. Nothing imports this storey."""
