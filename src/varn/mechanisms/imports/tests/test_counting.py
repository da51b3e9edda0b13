from django.db import connection

from tests.people import Municipality
from varn.mechanisms.imports.counting import count_anew


def test_the_database_knows_how_many_rows_were_brought_in(municipality: Municipality) -> None:
    count_anew(["organisation.Unit", "organisation.UnitLine"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'organisation_unit'")
            assert cursor.fetchone()[0] == len(municipality.units)
        else:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'organisation_unit'")
            assert {row[0].split()[0] for row in cursor.fetchall()} >= {str(len(municipality.units))}
