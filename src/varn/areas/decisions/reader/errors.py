"""Why a file could not be read, with a stable code and one sentence in each language."""

SENTENCES = {
    "empty": ("Filen är tom.", "The file is empty."),
    "too_large": (
        "Filen är större än {limit} MB. Spara protokollsutdraget för sig och försök igen.",
        "The file is larger than {limit} MB. Save the excerpt by itself and try again.",
    ),
    "binary": (
        "Filen är varken text, PDF eller DOCX och kan inte läsas.",
        "The file is neither text, PDF nor DOCX and cannot be read.",
    ),
    "pdf_broken": ("PDF-filen är skadad och går inte att öppna.", "The PDF file is damaged and cannot be opened."),
    "pdf_encrypted": (
        "PDF-filen är skyddad med lösenord. Spara den utan lösenord och försök igen.",
        "The PDF file is protected by a password. Save it without one and try again.",
    ),
    "pdf_without_text": (
        "PDF-filen innehåller bara bilder, troligen för att den är skannad. Ladda upp ett exemplar med text.",
        "The PDF file holds only images, probably because it was scanned. Upload a copy that holds text.",
    ),
    "docx_broken": ("Word-filen är skadad och går inte att öppna.", "The Word file is damaged and cannot be opened."),
    "docx_encrypted": (
        "Word-filen är skyddad med lösenord eller sparad i ett äldre format. Spara den som DOCX utan lösenord.",
        "The Word file is protected by a password or in an older format. Save it as DOCX without a password.",
    ),
    "docx_too_large": (
        "Word-filen växer till mer än {limit} MB när den packas upp och läses därför inte.",
        "The Word file grows beyond {limit} MB when unpacked and is therefore not read.",
    ),
    "too_long": (
        "Texten är för lång för att läsas på en gång. Dela upp protokollet eller spara utdraget för sig.",
        "The text is too long to be read at once. Divide the minutes or save the excerpt by itself.",
    ),
    "too_many_paragraphs": (
        "Texten har fler än {limit} paragrafer. Dela upp protokollet och försök igen.",
        "The text has more than {limit} §§. Divide the minutes and try again.",
    ),
    "too_many_clauses": (
        "En paragraf har fler än {limit} beslutspunkter. Spara protokollet utan bilagor och försök igen.",
        "One § has more than {limit} clauses. Save the minutes without appendices and try again.",
    ),
    "not_minutes": (
        "Det här verkar inte vara ett protokoll: det finns varken någon paragraf eller något beslut i texten.",
        "This does not look like minutes: the text holds neither a § nor a decision.",
    ),
}


class Unreadable(Exception):
    """A file that is not stored; `code` is stable, `swedish` and `english` are sentences to show."""

    def __init__(self, code: str, **values: int) -> None:
        swedish, english = SENTENCES[code]
        self.code = code
        self.swedish = swedish.format(**values)
        self.english = english.format(**values)
        super().__init__(f"{code}: {self.english}")
