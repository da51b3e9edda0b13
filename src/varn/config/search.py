"""What can be searched: the dotted paths of each area's `SEARCHABLES`, in the order the hits are shown."""

SEARCHABLES: tuple[str, ...] = (
    "varn.areas.decisions.queries.SEARCHABLES",
    "varn.areas.organisation.queries.SEARCHABLES",
)
