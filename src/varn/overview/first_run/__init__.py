"""The first run of an installation: the code from the console, the gate in front of everything, the steps."""
