"""Take the README's pictures from a running demo: ./qince up --demo, then

    .venv/bin/python tools/screenshots.py http://127.0.0.1:8000 ADMINISTRATOR REP

with the mobiles that `up` printed. Pictures go to docs/screenshots/, with few colours to keep the checkout small.
"""

import re
import sys
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "docs" / "screenshots"
sys.path.insert(0, str(ROOT))
from launcher.browser import find  # noqa: E402

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # fmt: skip
HEAD_OFFICE = {"latitude": 32.0478, "longitude": 118.7796, "accuracy": 12}


def main(base: str, administrator: str, rep: str) -> None:
    INTO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        console(browser, base, administrator)
        phone(browser, base, rep)
        browser.close()


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)
    image = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(128)
    image.save(INTO / f"{name}.png", optimize=True)
    print(name, (INTO / f"{name}.png").stat().st_size // 1024, "KiB")


def last_workday() -> date:
    """The demo's latest day with all its visits made: today's are still on their way."""
    day = datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1)
    return day - timedelta(days=max(0, day.isoweekday() - 5))


def newest_code(context: BrowserContext, base: str) -> str:
    page = context.new_page()
    page.goto(f"{base}/developer/outbox/")
    found = re.search(r"\b(\d{6})\b(?!.*\d{2}:\d{2}:\d{2}\n)", page.inner_text("main"))
    page.close()
    assert found, "no code in the outbox"
    return found.group(1)


def console(browser: Browser, base: str, mobile: str) -> None:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{base}/sign-in/")
    page.fill("input[name=mobile]", mobile)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code/**")
    page.fill("input[name=code]", newest_code(context, base))
    page.wait_for_timeout(1000)
    if "/sign-in/" in page.url:
        page.keyboard.press("Enter")
    page.wait_for_timeout(1500)
    if "agreement" in page.url:
        for box in page.query_selector_all("main input[type=checkbox]"):
            box.check()
        page.locator("main button[value=granted], main button.btn-primary").first.click()
        page.wait_for_timeout(1500)
    full_day = f"{base}/?on={last_workday()}"
    page.goto(full_day)
    keep(page, "console-overview")
    page.goto(f"{base}/visits/")
    page.locator("td.is-lead a").first.click()
    keep(page, "console-visit")
    page.goto(f"{base}/visits/photos/")
    keep(page, "console-photos")
    page.goto(f"{base}/approvals/flows/")
    page.locator("td.is-lead a").first.click()
    page.wait_for_timeout(1500)
    keep(page, "console-flow")
    page.goto(f"{base}/attendance/roster/")
    keep(page, "console-roster")
    page.goto(full_day)
    page.evaluate("() => document.documentElement.setAttribute('data-bs-theme', 'dark')")
    keep(page, "console-dark")
    context.close()


def phone(browser: Browser, base: str, mobile: str) -> None:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 844}, device_scale_factor=2,
        is_mobile=True, has_touch=True, geolocation=HEAD_OFFICE, permissions=["geolocation", "camera"],
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{base}/m/")
    page.get_by_role("checkbox").first.wait_for()
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "同意")
    page.get_by_label("手机号").fill(mobile)
    press(page, "获取验证码")
    page.get_by_label("验证码").wait_for()
    page.get_by_label("验证码").fill(newest_code(context, base))
    page.get_by_text("仅在操作时").first.click()
    keep(page, "phone-location")
    press(page, "继续")
    page.wait_for_timeout(3000)
    page.goto(f"{base}/m/#/")
    keep(page, "phone-today")
    page.goto(f"{base}/m/#/punch")
    keep(page, "phone-punch")
    page.goto(f"{base}/m/#/me")
    keep(page, "phone-me")
    context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


if __name__ == "__main__":
    main(*sys.argv[1:4])
