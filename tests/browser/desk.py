"""One person at their own browser: signs in with password and code, opens pages, fills in forms."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.entering import living_code, wait_for_the_next_code
from tests.people import PASSWORD

PATIENCE = 15_000


class Desk:
    """A browser of its own at the installation, with whatever the page complains about kept for the end."""

    def __init__(self, browser: Browser, site: str, name: str = "", *, java_script_enabled: bool = True) -> None:
        self.site = site
        self.faults: list[str] = []
        self.page: Page = browser.new_page(
            locale="sv-SE", viewport={"width": 1440, "height": 900}, java_script_enabled=java_script_enabled
        )
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("console", self._heard)
        if name:
            self.sign_in(f"{name.split()[0].lower()}@ekby.example")

    def sign_in(self, email: str) -> None:
        """The person has come in by the front door. A code works once: whoever comes again so soon waits for one."""
        self.open("/sign-in/")
        self.send(email=email, password=PASSWORD)
        self.send(code=living_code())
        if self.path == "/sign-in/second/":
            wait_for_the_next_code()
            self.send(code=living_code())
        assert "/sign-in/" not in self.path, self.text()

    def open(self, path: str) -> None:
        """The page at this path of the installation is shown."""
        response = self.page.goto(path if path.startswith("http") else f"{self.site}{path}")
        assert response is not None
        assert response.status == 200, f"{path} answered {response.status}"

    def fill(self, **values: str | Path) -> None:
        """The boxes, lists and file pickers of these names hold what is given."""
        for name, value in values.items():
            box = self.main.locator(f"[name='{name}']").first
            if isinstance(value, Path):
                box.set_input_files(value)
            elif box.evaluate("box => box.tagName") == "SELECT":
                box.select_option(label=value)
            else:
                box.fill(value)

    def send(self, **values: str | Path) -> None:
        """The form of the page is filled in and sent, and what comes of it is shown."""
        self.fill(**values)
        with self.page.expect_navigation():
            self.main.locator("form.form button[type=submit]:not([name])").last.click()

    def go(self, verb: str) -> None:
        """The link of the page whose address ends with this verb is followed."""
        self.follow(f"a[href$='/{verb}/']")

    def follow(self, link: str) -> None:
        """The first such link of the page is followed; where it is folded away, it is unfolded first."""
        found = self.main.locator(link).first
        if not found.is_visible():
            found.locator("xpath=ancestor::details[1]/summary").click()
        with self.page.expect_navigation():
            found.click()

    def press(self, words: str) -> None:
        """The button that begins with these words is pressed, and what comes of it is shown."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=re.compile(f"^{words}")).first.click()

    def do(self, verb: str, **values: str | Path) -> None:
        """What the button or link of this verb offers is done, and the page comes back."""
        before = self.path
        self.go(verb)
        self.send(**values)
        assert self.path == before, f"{verb} was refused:\n{self.text()}"

    def reads(self, *words: str) -> None:
        """All these words stand on the page."""
        shown = self.text()
        assert [each for each in words if each not in shown] == [], f"{self.page.url} shows:\n{shown}"

    def values(self, part: str, field: str) -> list[str]:
        """What this field holds in each row of a form with rows."""
        boxes = self.main.locator(f"[name^={part}-][name$=-{field}]")
        return boxes.evaluate_all("all => all.map(one => one.value)")

    def text(self) -> str:
        """What the page says, with what is folded away."""
        return " ".join((self.main.text_content() or "").split())

    @property
    def main(self) -> Locator:
        """The page without the shell around it."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """Where the browser is, within the installation."""
        return self.page.url.removeprefix(self.site)

    def _heard(self, message: object) -> None:
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")
