"""The local rules that say when somebody who has not answered is reminded, and how long a link to answer by is good."""

REMINDER = "L01"
LINK = "L03"
ESCALATION = "L05"
