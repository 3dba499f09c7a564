"""The page of the playground in a real browser: what is typed, shown, stepped through and made a test.

Run by script/test-page, which installs Chromium, its driver and what requirements.txt names.
"""

import http.client
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import axe_playwright_python
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
AXE = pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = """\
version: 1
events: {type: event.kind, id: event.id}
contact: {urn: "ext:${event.person}", missing: create}
rules:
  - id: paid
    when: order.paid
    if:
      - event.order.total: {at_least: 100}
    do:
      - set_name: ${event.name}
      - add_to_group: Clientes
"""
EVENTS = [
    {"kind": "order.paid", "id": "e1", "person": "ana", "name": "Ana", "order": {"total": 250}},
    {"kind": "order.paid", "id": "e2", "person": "bia", "name": "Bia", "order": {"total": 20}},
    {"kind": "page.seen", "id": "e3", "person": "ana", "name": "Ana"},
]


class Scene:
    """A scenario, the page that shows it and a browser that looks at it."""

    def __init__(self, dark=False, width=1400, language="en"):
        self.folder = tempfile.TemporaryDirectory()
        path = pathlib.Path(self.folder.name)
        (path / "rules").mkdir()
        (path / "rules/orders.yaml").write_text(RULES)
        (path / "events.ndjson").write_text("".join(json.dumps(event) + "\n" for event in EVENTS))
        self.server = subprocess.Popen(
            [os.environ["REGRA"], "play", "--web", "--no-open", str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = re.search(r"http://\S+", self.server.stdout.readline()).group()
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", f"--window-size={width},1000", f"--lang={language}"):
            options.add_argument(argument)
        options.add_argument(f"--accept-lang={language}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.browser = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        if width < 500:
            # No window is so narrow.
            self.browser.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 844, "deviceScaleFactor": 2, "mobile": True})
        if dark:
            self.browser.execute_cdp_cmd(
                "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
        self.browser.get(self.address)
        self.until(lambda: self.find("step-title").get_attribute("textContent"))

    def close(self):
        self.browser.quit()
        self.server.terminate()
        self.server.wait()
        self.server.stdout.close()
        self.folder.cleanup()

    def find(self, name):
        return self.browser.find_element(By.ID, name)

    def text(self, name):
        return self.find(name).text

    def until(self, holds):
        return WebDriverWait(self.browser, 10, 0.02).until(lambda _: holds())

    def type_over(self, text, new):
        """Selects a part of the rules and types over it, as hands do."""
        box = self.find("text")
        self.browser.execute_script(
            "const [box, part] = arguments; const from = box.value.indexOf(part);"
            "box.focus(); box.setSelectionRange(from, from + part.length)", box, text)
        box.send_keys(new)

    def views(self):
        """On a narrow screen the page shows one part at a time; else all of it at once."""
        buttons = [b for b in self.browser.find_elements(By.CSS_SELECTOR, ".views button") if b.is_displayed()]
        if not buttons:
            yield None
        for button in buttons:
            button.click()
            yield button.get_attribute("data-view")

    def keep(self, name):
        """Saves what is seen, where somebody asked for it."""
        if folder := os.environ.get("PAGE_SCREENSHOTS"):
            self.browser.save_screenshot(str(pathlib.Path(folder) / f"{name}.png"))

    def errors(self):
        return [entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]

    def serious(self):
        self.browser.execute_script(AXE.read_text())
        # A colour on its way to another one is nobody's choice.
        found = self.browser.execute_async_script("""
            const done = arguments[0];
            Promise.all(document.getAnimations().map(each => each.finished))
                .then(() => axe.run()).then(done);
            """)
        return [
            f"{item['id']}: {item['nodes'][0]['html']}" for item in found["violations"]
            if item["impact"] in ("serious", "critical")
        ]


class PageTest(unittest.TestCase):
    def scene(self, **options):
        scene = Scene(**options)
        self.addCleanup(scene.close)
        self.addCleanup(lambda: self.assertEqual(scene.errors(), []))
        return scene

    def test_a_slip_is_told_while_it_is_typed_and_gone_once_it_is_repaired(self):
        scene = self.scene()
        scene.type_over("at_least", "at_leest")
        scene.until(lambda: "E0" in scene.text("problems"))
        self.assertIn("at_least", scene.text("problems"))
        self.assertTrue(scene.browser.find_elements(By.CSS_SELECTOR, ".paint .mark-error"))
        scene.type_over("at_leest", "at_least")
        scene.until(lambda: scene.text("problems") == "")

    def test_an_event_shows_what_each_line_came_to_and_what_changes(self):
        scene = self.scene()
        self.assertIn("paid", scene.text("trace"))
        self.assertIn("event.order.total = 250", scene.text("trace"))
        self.assertIn("Clientes", scene.text("contacts"))
        self.assertIn("POST", scene.text("calls"))

    def test_a_stream_is_gone_through_with_buttons_slider_and_keys(self):
        scene = self.scene()
        scene.find("next").click()
        scene.until(lambda: scene.text("position") == "2 / 3")
        scene.find("slider").send_keys(Keys.ARROW_RIGHT)
        scene.until(lambda: scene.text("position") == "3 / 3")
        scene.browser.switch_to.active_element.send_keys(Keys.ALT, Keys.ARROW_LEFT)
        scene.until(lambda: scene.text("position") == "2 / 3")

    def test_a_rule_that_did_not_fire_says_why(self):
        scene = self.scene()
        scene.find("next").click()
        scene.until(lambda: scene.text("position") == "2 / 3")
        scene.until(lambda: "20" in scene.browser.find_element(By.ID, "event-json").get_attribute("textContent"))
        rule = scene.browser.find_element(By.CSS_SELECTOR, "#trace .rule")
        rule.find_element(By.TAG_NAME, "summary").click()
        rule.find_element(By.CSS_SELECTOR, ".why").click()
        scene.until(lambda: "event.order.total" in rule.find_element(By.CSS_SELECTOR, ".answer").text)

    def test_an_event_becomes_a_test(self):
        scene = self.scene()
        scene.find("make-test").click()
        scene.until(lambda: "fired: [paid]" in scene.text("dialog-body"))

    def test_it_can_be_used_by_everybody(self):
        for options in ({}, {"dark": True}, {"width": 390}, {"width": 390, "dark": True}):
            scene = self.scene(**options)
            for view in scene.views():
                with self.subTest(view=view, **options):
                    self.assertEqual(scene.serious(), [])
                    scene.keep("-".join(map(str, ["page", *options, view])))

    def test_it_speaks_portuguese(self):
        scene = self.scene()
        scene.find("language").send_keys("Português")
        scene.until(lambda: scene.browser.find_element(By.CSS_SELECTOR, "#rules h2").text == "Regras")

    def test_at_the_width_of_a_phone_nothing_is_cut_off(self):
        scene = self.scene(width=390)
        for view in scene.views():
            with self.subTest(view=view):
                width = scene.browser.execute_script("return document.documentElement.scrollWidth")
                self.assertLessEqual(width, 390)

    def test_nobody_else_gets_in(self):
        scene = self.scene()
        port = int(re.search(r":(\d+)/", scene.address).group(1))
        for headers, status in (
            ({}, 401), ({"Host": "evil.example"}, 421), ({"Origin": "http://evil.example"}, 403),
        ):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/api/scene", headers=headers)
            self.assertEqual(connection.getresponse().status, status)
            connection.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
