"""What the leak test plants of approvals: a request that waits, which only those who may decide it know of."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from varn.kernel.planting import Plot, Thing
from varn.mechanisms.access.models import Account
from varn.mechanisms.approvals.lifecycle import ApprovalState
from varn.mechanisms.approvals.models import Approval, InForce
from varn.mechanisms.approvals.permissions import Deciding
from varn.mechanisms.moves.making import begin
from varn.mechanisms.references.numbers import next_reference

ACTION = "organisation:function:change_role"
UNPLANTED = {
    "Approval.reference": "a number that the product gives",
    "Approval.action": "a key of the product's own",
    "Approval.payload_hash": "a hash",
    "Approval.requested_as": "the names of functions, which are everybody's",
    "Approval.requested_from": "an address that holds no words",
    "Approval.decision": "a key of the product's own",
    "Approval.outcome": "a key of the product's own",
    "Approval.outcome_values": "the words of a refusal",
    "Approval.state": "a key of the product's own",
}
# Nobody's number: whoever asks here is none of the readers.
SOMEBODY = 0


def stand(plot: Plot) -> Iterator[Thing]:
    """Nobody acts alone any longer."""
    InForce.objects.get_or_create(pk=1, defaults={"since": plot.at})
    yield from ()


def plant(plot: Plot) -> Iterator[Thing]:
    """Somebody has asked to change the role of a function; those who may approve that read it."""
    words = plot.words(general=(Deciding.RIGHTS,))
    email = f"nils{plot.name}@ekby.example"
    account = Account.objects.create(email=email, name="Nils Nord", created_at=plot.at)
    approval = _waiting(plot, account, reason=words("Approval.reason"), about=words("Approval.about"))
    approval.payload["effects"][0]["reference"] = words("Approval.payload")
    approval.save(update_fields=["payload"])
    begin(approval, by=plot.by, at=plot.at)
    yield Thing(
        name="approvals:approval", keys={"reference": approval.reference}, record=approval, read=Deciding.RIGHTS
    )


def give(plot: Plot) -> Iterator[Thing]:
    """The account has asked for something and been told no: a matter between it and the one who said so."""
    words = plot.words()
    approval = _waiting(plot, plot.account, reason=words("Approval.reason"), about=words("Approval.about"))
    approval.decision_reason, approval.state = words("Approval.decision_reason"), ApprovalState.DENIED
    approval.save(update_fields=["decision_reason", "state"])
    begin(approval, by=plot.by, at=plot.at)
    yield from ()


def _waiting(plot: Plot, account: Account, **texts: Any) -> Approval:
    function = apps.get_model("organisation.Function")._base_manager.order_by("pk").first()
    effect = {"verb": "organisation:function:change", "model": "organisation.function", "reference": "", "changes": {}}
    return Approval.objects.create(
        reference=next_reference("GOD", at=plot.at),
        action=ACTION,
        content_type=ContentType.objects.get(app_label="organisation", model="function"),
        object_id=function.pk if function else None,
        payload={"arguments": {"function": {"model": "organisation.function", "pk": 0}}, "effects": [effect]},
        payload_hash="0" * 64,
        requested_by=account,
        requested_person=SOMEBODY,
        requested_at=plot.at,
        expires_at=plot.at + timedelta(days=3),
        state=ApprovalState.WAITING,
        **texts,
    )
