"""A real browser for tests: Debian's chromium, driven over the WebDriver protocol."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--autoplay-policy=no-user-gesture-required", "--force-device-scale-factor=1",
    "--disable-dev-shm-usage",
)  # fmt: skip
# Limits are for a browser that hangs; how fast a machine is says nothing about the page.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Left": "\ue012", "Right": "\ue014", "Space": " "}


class BrowserError(Exception):
    """No browser can be had, or it refused a command."""


class Browser:
    """One window of chromium."""

    def __init__(self) -> None:
        driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
        if driver is None or chromium is None:
            raise BrowserError("chromium and chromium-driver are not installed")
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        self._driver = subprocess.Popen(
            [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._session = ""
        try:
            self._address = f"http://127.0.0.1:{self._port()}/session"
            self._session = self._start(chromium)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._session:
            self._call("DELETE", "")
        self._driver.terminate()
        self._driver.wait(10)
        self._driver.stdout.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, page: Path) -> None:
        self.cdp("Page.navigate", url="about:blank")
        self._call("POST", "/url", url=page.as_uri())

    def look(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Set the window's size and the theme that the system asks for."""
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 500,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.cdp("Emulation.setEmulatedMedia", features=[scheme])

    def run(self, script: str, *args: Any) -> Any:
        return self._call("POST", "/execute/sync", script=script, args=list(args))

    def run_async(self, script: str) -> Any:
        """Run a script that calls its last argument when it is done."""
        return self._call("POST", "/execute/async", script=script, args=[])

    def wait_for(self, condition: str, seconds: float = 60.0) -> Any:
        """Wait in the page until an expression is true, and give its value."""
        ended = json.dumps(f"waited in vain for {condition}")
        value = self.run_async(
            f"const done = arguments[0], late = performance.now() + {seconds * 1000};"
            f"const look = () => {{ const value = ({condition});"
            f" if (value) done([value]); else if (performance.now() > late) done([null, {ended}]);"
            " else setTimeout(look, 10); }; look();"
        )
        if len(value) > 1:
            raise AssertionError(value[1])
        return value[0]

    def click(self, selector: str) -> None:
        found = self._call("POST", "/element", using="css selector", value=selector)
        self._call("POST", f"/element/{found[ELEMENT]}/click")

    def press(self, *keys: str) -> None:
        written = [KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": k} for k in written for kind in ("keyDown", "keyUp")]
        self._call(
            "POST", "/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}]
        )

    def picture(self) -> bytes:
        return base64.b64decode(self._call("GET", "/screenshot"))

    def logged(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self._call("POST", "/se/log", type=kind)
        return entries

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self._call("POST", "/goog/cdp/execute", cmd=command, params=parameters)

    def _port(self) -> int:
        for line in self._driver.stdout:
            if found := re.search(r"successfully on port (\d+)", line):
                return int(found[1])
        raise BrowserError("chromedriver did not start")

    def _start(self, chromium: str) -> str:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        options = {
            "binary": chromium,
            "args": [*FLAGS, *sandbox, f"--user-data-dir={self._profile}"],
        }
        wanted = {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"script": 300_000, "pageLoad": 300_000},
        }
        started = self._call("POST", "", capabilities={"alwaysMatch": wanted})
        session: str = started["sessionId"]
        return session

    def _call(self, method: str, path: str, **body: Any) -> Any:
        address = f"{self._address}/{self._session}{path}".rstrip("/")
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(address, data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=330) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                raise BrowserError(f"{path}: {json.load(error)['value']['message']}") from error
