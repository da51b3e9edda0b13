"""Säkerhetsorganisation: units, people, functions on three levels, appointments, and coverage as a live fact.

Serves the sentence of the decision that a security organisation on a strategic, a tactical and an operational level
supports the responsible managers, with coordinators close to each head of department.
"""
