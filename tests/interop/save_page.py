#!/usr/bin/env python3
"""Save a page as MHTML, as a browser without a window does: save_page.py BROWSER URL FILE"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
import browser  # noqa: E402


def main(program, url, path):
    with tempfile.TemporaryDirectory() as profile:
        b = browser.Browser(program, profile)
        try:
            b.call("Page.navigate", url=url)
            b.wait()
            with open(path, "w", newline="") as f:
                f.write(b.call("Page.captureSnapshot", format="mhtml")["data"])
        finally:
            b.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
