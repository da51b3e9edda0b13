from datetime import datetime

from varn.kernel.schedule import scheduled
from varn.mechanisms.access.viewer import Viewer
from varn.mechanisms.secrecy.actions import tell_of_ending_share
from varn.mechanisms.secrecy.sharing import ending_shares


@scheduled("10 6 * * *", name="secrecy:tell_of_ending_shares")
def tell_of_ending_shares(*, by: Viewer, at: datetime) -> int:
    """Whoever shared a record is told some days before the share runs out."""
    ending = ending_shares(by=by, at=at)
    for share in ending:
        tell_of_ending_share(share=share, by=by, at=at)
    return len(ending)
