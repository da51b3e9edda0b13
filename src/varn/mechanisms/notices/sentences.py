from varn.kernel.glossary import GLOSSARY
from varn.mechanisms.notices.models import Notice
from varn.mechanisms.ui.words import functions, language, written


def sentence_of(notice: Notice) -> str:
    """What the notice says, in the reader's language."""
    values = {name: functions(value) if name == "function" else written(value) for name, value in notice.values.items()}
    return GLOSSARY.sentence(notice.kind, language(), values)
