"""T-IDOR-3: whether time tells what exists. Asks for somebody else's decision and for one that does not exist, in turn.

    python -m tests.harness.timing_oracle [--samples 2000] [--sown]

Prints the medians, their difference, and how often the foreign one takes longer than the other (AUC; 0.5 is chance).
`--sown` is the positive control: a view that spends three milliseconds more on what exists must be found.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from contextlib import nullcontext

LARGEST_DIFFERENCE = 0.001
LARGEST_AUC = 0.6
MORE = 0.003
URL = "decisions:decision-detail"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=2_000)
    parser.add_argument("--sown", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="varn-timing-") as home:
        os.environ |= {"VARN_HOME": home, "DJANGO_SETTINGS_MODULE": "varn.config.settings"}
        os.environ.pop("VARN_DATABASE_URL", None)
        foreign, ghost = measured(chosen.samples, is_sown=chosen.sown)
    difference = statistics.median(foreign) - statistics.median(ghost)
    area = auc(foreign, ghost)
    print(f"foreign {statistics.median(foreign) * 1000:.3f} ms, ghost {statistics.median(ghost) * 1000:.3f} ms")
    print(f"difference of medians {difference * 1000:.3f} ms, AUC {area:.3f}, {chosen.samples} samples of each")
    is_told = abs(difference) >= LARGEST_DIFFERENCE or abs(area - 0.5) >= LARGEST_AUC - 0.5
    print("TOLD APART" if is_told else "not told apart")
    sys.exit(is_told)


def measured(samples: int, *, is_sown: bool) -> tuple[list[float], list[float]]:
    """How long each of the answers took, in seconds."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from tests.access.faults import sown
    from varn.overview.leaktest.addresses import Whose, targets
    from varn.overview.leaktest.asking import Asked
    from varn.overview.leaktest.questions import Order
    from varn.overview.leaktest.running import Examination

    def slow_if_it_exists(view, request, keys):
        from varn.areas.decisions.models import Decision

        if Decision.objects.filter(**keys).exists():
            time.sleep(MORE)
        return view(request, **keys)

    logging.getLogger().handlers.clear()
    call_command("migrate", verbosity=0)
    examination = Examination(Order(seed=1), at=timezone.now())
    examination.plant()
    reader = examination.world.readers["coordinator"]
    asked = {
        target.whose: Asked(reader=reader, method="GET", path=target.path)
        for target in targets(URL, reader, examination.world)
    }
    times: dict[Whose, list[float]] = {Whose.FOREIGN: [], Whose.GHOST: []}
    with examination.asker.open(), sown(URL, slow_if_it_exists) if is_sown else nullcontext():
        for number in range(samples + 20):
            for whose in (Whose.FOREIGN, Whose.GHOST) if number % 2 else (Whose.GHOST, Whose.FOREIGN):
                begun = time.perf_counter()
                examination.asker.ask(asked[whose])
                times[whose].append(time.perf_counter() - begun)
    return times[Whose.FOREIGN][20:], times[Whose.GHOST][20:]


def auc(one: Sequence[float], other: Sequence[float]) -> float:
    """How often one of the first takes longer than one of the second, ties counted half."""
    ranked = sorted(other)
    longer = sum(bisect_left(ranked, each) + bisect_right(ranked, each) for each in one) / 2
    return longer / (len(one) * len(other))


if __name__ == "__main__":
    main()
