"""Värn runs a Swedish municipality's internal security organisation.

It takes a political decision, turns it into a running organisation on three levels, gives everyone in it their
day's work, and reports back to the body that decided. The storeys are `config`, `overview`, `areas`, `mechanisms`
and `kernel`; each looks only downward.
"""

__version__ = "0.1.0"
