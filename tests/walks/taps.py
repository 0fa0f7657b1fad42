"""From the phone's first screen to what somebody has a right to, tap by tap as a finger goes, and how many it took."""

from playwright.sync_api import expect

from tests.walks.phone import Phone

MOST = 4
PRIVACY = ("Me", "Settings", "Privacy")
# What it is → (what is tapped, one after the other; what then stands on the page).
PLACES = {
    "every purpose": (PRIVACY, "Taking back works at once"),
    "my data": ((*PRIVACY, "My data"), "Each request gets a number"),
    "copy": ((*PRIVACY, "Copies of my data"), "Make a copy"),
    "delete": ((*PRIVACY, "Delete data"), "Only what the operator keeps of me"),
    "cancel account": ((*PRIVACY, "Cancel the account"), "Afterwards you cannot sign in any more."),
    "disclosures about me": ((*PRIVACY, "What was shared about me"), "Nothing was shared about you"),
    "who looked at me": ((*PRIVACY, "Who was told, and who looked"), "Who looked at my data"),
    "machine decisions": ((*PRIVACY, "Machine decisions about me"), "No machine has decided about you"),
}


def taps_to(phone: Phone, way: tuple[str, ...], shows: str) -> int:
    """Go there from the first screen, by nothing but taps on what is visible; how many there were."""
    phone.open("/")
    taps = 0
    for name in way:
        link = phone.page.get_by_role("link", name=name).first
        expect(link).to_be_visible()
        link.tap()
        taps += 1
    expect(phone.page.locator("main").get_by_text(shows).first).to_be_visible()
    return taps


def purposes_shown(phone: Phone) -> int:
    return phone.page.locator(".purpose").count()
