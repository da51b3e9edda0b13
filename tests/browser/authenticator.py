"""An authenticator in a browser: Chromium's own virtual one, which holds passkeys and knows its owner."""

from typing import Any

from playwright.sync_api import CDPSession, Page

KIND = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Authenticator:
    """Answers for the page from now on, until it is lost."""

    def __init__(self, page: Page) -> None:
        self.browser: CDPSession = page.context.new_cdp_session(page)
        self.browser.send("WebAuthn.enable")
        self.id: str = self.browser.send("WebAuthn.addVirtualAuthenticator", {"options": KIND})["authenticatorId"]

    def passkeys(self) -> list[dict[str, Any]]:
        """The passkeys that it holds."""
        held: list[dict[str, Any]] = self.browser.send("WebAuthn.getCredentials", self._this())["credentials"]
        return held

    def forget_owner(self) -> None:
        """From now on it cannot tell that it is its owner who touches it."""
        self.browser.send("WebAuthn.setUserVerified", self._this() | {"isUserVerified": False})

    def lose(self) -> None:
        """The authenticator is gone, and all that it held."""
        self.browser.send("WebAuthn.removeVirtualAuthenticator", self._this())

    def _this(self) -> dict[str, Any]:
        return {"authenticatorId": self.id}
