#!/usr/bin/env python3
"""Open the report and a difference in a headless browser: pages that attack them, what they show, sorting and filters.

browser.py PRESSMARK BROWSER. Talks to the browser over a pipe, in its debugging protocol. Prints what fails, and
"N passed, N failed".
"""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile

PASSED, FAILED, BAD = [], [], []


def check(what, good, got=""):
    if not good:
        BAD.append(what)
        print("  %s %s" % (what, got))


def run(test, *args):
    """One test, of many checks."""
    BAD.clear()
    test(*args)
    name = " ".join([test.__name__] + [a for a in args if isinstance(a, str) and "/" not in a])
    (FAILED if BAD else PASSED).append(name)
    if BAD:
        print("FAILED " + name)


def same(what, got, wanted):
    check(what, got == wanted, "got %r, wanted %r" % (got, wanted))


class Browser:
    """One page of a browser without a window."""

    def __init__(self, program, profile):
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        # The browser reads commands from descriptor 3 and writes to descriptor 4.
        shell = 'exec 3<&%d 4>&%d; exec "$0" "$@"' % (theirs_in, theirs_out)
        self.process = subprocess.Popen(
            ["sh", "-c", shell, program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-background-networking", "--no-first-run", "--user-data-dir=" + profile,
             "--remote-debugging-pipe", "about:blank"],
            pass_fds=(theirs_in, theirs_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.out = os.fdopen(ours_out, "wb", 0)
        self.input = os.fdopen(ours_in, "rb", 0)
        self.number, self.rest, self.events, self.session, self.blind = 0, b"", [], None, False
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in "Page", "Network", "Runtime", "Log", "Accessibility":
            self.call(domain + ".enable")

    def message(self):
        while b"\0" not in self.rest:
            got = self.input.read(1 << 16)
            if not got:
                raise EOFError("the browser is gone")
            self.rest += got
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def call(self, method, **params):
        self.number += 1
        number = self.number
        command = {"id": number, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        self.out.write(json.dumps(command).encode() + b"\0")
        while True:
            got = self.message()
            if got.get("id") == number:
                if "error" in got:
                    raise RuntimeError("%s: %s" % (method, got["error"]))
                return got["result"]
            self.events.append(got)

    def js(self, expression):
        got = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in got:
            raise RuntimeError("%s: %s" % (expression, got["exceptionDetails"]))
        return got["result"].get("value")

    def go(self, path):
        self.events = []
        self.call("Page.navigate", url="about:blank")  # or a new fragment would not load the page anew
        self.wait()
        self.events = []
        self.call("Page.navigate", url="file://" + path)
        self.wait()
        if not self.blind:
            self.settle()

    def wait(self):
        while not self.of("Page.loadEventFired"):
            self.events.append(self.message())

    def settle(self):
        """Two frames: what was asked of the page has been done and shown."""
        self.js("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(0))))")

    def of(self, *methods):
        return [e["params"] for e in self.events if e.get("method") in methods]

    def key(self, name, code, text=""):
        for kind in "keyDown", "keyUp":
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                      text=text if kind == "keyDown" else "")
        self.settle()

    def close(self):
        self.session = None
        try:
            self.call("Browser.close")
        except (EOFError, OSError, RuntimeError):
            pass
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


# ---- what is put in ----

WORDS = ("harbour council winter storm pier crane ministry statement spokesman barge customs school ground repair estimate port "
         "authority parliament loan inspection diver company business closure government letter town minister question answer "
         "fisher vessel weather station signal tower bridge railway driver signalman engineer budget treasury auditor report").split()
BREAKOUTS = [
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=\"window.pwned=2;alert(2)\">",
    "\"><svg onload=alert(3)>",
    "'-alert(4)-' <!--<script>",
    "]]></style><style>*{display:none}</style>",
    "&lt;b&gt;&amp; <b>bold</b>",
    "zero\u0000width\u200b \u2028 \u2029 line",
    "\u202egnp.exe \u2066 left open",
    "\u001b[31m red \u0007 \u007f \u009b31m",
    "${alert(5)} {{7*7}} `x`",
]


def text_of(seed, paragraphs, length=38):
    """Words that no other seed has in this order."""
    lines, state = [], seed * 7919 + 17
    for number in range(paragraphs):
        words = []
        for _ in range(length):
            state = (state * 1103515245 + 12345) % (1 << 31)
            words.append(WORDS[(state >> 8) % len(WORDS)] + ("" if state % 5 else str((state >> 4) % 97)))
        lines.append(" ".join(words).capitalize() + ".")
    return lines


def rows_of():
    rows = []

    def add(key, outlet, day, title, lines, url=None, credit=""):
        text = "\n".join(lines)
        if credit:
            text = "PORT ELLERY (%s) - " % credit + text
        rows.append({"id": key, "outlet": outlet, "url": url or "https://%s.example/%s" % (outlet, key),
                     "date": "2024-03-%02dT%02d:00:00Z" % (1 + day % 28, day % 24), "title": title, "text": text})

    for number in range(70):  # more than a table shows at once
        lines = text_of(number, 5)
        for place in range(2 + number % 3):
            mine = lines[:5 - place] if place else lines
            if place == 1:
                mine = [mine[0].replace(" ", " newly ", 1)] + mine[1:] + text_of(1000 + number, 1)
            add("n%d-%d" % (number, place), "outlet%d" % ((number + place) % 9), number + place,
                "Story %d" % number if place < 2 else "Retold %d" % number, mine,
                credit="AFP" if number % 4 == 0 and place == 0 else "Reuters" if number % 4 == 1 and place < 2 else "")
    for number, evil in enumerate(BREAKOUTS):  # attacks in headline, outlet, key and text
        lines = [evil + " " + line for line in text_of(200 + number, 4)]
        for place in range(3):
            add("e%d-%d%s" % (number, place, evil[:20]), "evil" + evil, number, evil + " headline", lines[:4 - place],
                url="https://evil.example/%d" % place if place else "https://evil.example/\"onmouseover=\"alert(6)")
    lines = text_of(300, 4)
    for place, url in enumerate(["javascript:alert(7)", "data:text/html,<script>alert(8)</script>", "JaVaScRiPt:alert(9)",
                                 "https://fine.example/", "vbscript:x", "file:///etc/passwd"]):
        add("u%d" % place, "urls%d" % place, 5, "Links", lines[:4 - place // 3], url=url)
    lines = text_of(301, 4)
    for place in range(2):
        add("long%d" % place, "long", 6, "Long " + "x" * 100000, lines)
    lines = text_of(302, 4)
    for place in range(2):  # right to left, and characters beyond the first plane
        add("rtl%d" % place, "\u0635\u062d\u064a\u0641\u0629", 7, "\u0639\u0646\u0648\u0627\u0646 \U0001F30A",
            ["\U0001F30A " + line for line in lines] + (["\U0001F30A added " + lines[0]] if place else []))
    for number in range(6):
        add("own%d" % number, "outlet%d" % number, number, "Own %d" % number, text_of(400 + number, 4))
    return rows


# ---- what must come out ----

def expected(pressmark, archive):
    """Counted here from the rows of `list` and `dedupe`, apart from the page."""
    lines = lambda *command: [json.loads(l) for l in subprocess.run(  # noqa: E731
        [pressmark, "-a", archive, *command], check=True, capture_output=True).stdout.splitlines()]
    pages = {r["id"]: r for r in lines("list", "--json") if r["type"] == "capture"}
    stories = [r for r in lines("dedupe", "--report", "--json") if r["type"] == "cluster"]
    kinds = {i: "credited" if p["credit"] else "own" for i, p in pages.items()}
    for story in stories:
        credited = any(m["credit"] for m in story["members"])
        outlets = {m["outlet"] for m in story["members"]}
        for m in story["members"]:
            if not m["credit"]:
                kinds[m["id"]] = "silent" if credited else "shared" if len(outlets) > 1 else "own"
    return pages, stories, [list(kinds.values()).count(k) for k in ("credited", "silent", "shared", "own")]


HARMLESS = """(() => {
    const bad = [];
    for (const e of document.querySelectorAll("*")) {
        if (/^(IMG|IFRAME|OBJECT|EMBED|FORM|LINK|BASE|VIDEO|AUDIO|B|TEMPLATE)$/i.test(e.tagName)) bad.push(e.tagName);
        for (const a of e.attributes) if (/^on|^style$|^srcdoc$/i.test(a.name)) bad.push(e.tagName + " " + a.name);
        const href = e.getAttribute("href");
        if (href !== null && !/^(https?:\\/\\/|#)/.test(href)) bad.push("href " + href);
    }
    if (document.querySelectorAll("style").length !== 1) bad.push("styles");
    if (window.pwned !== undefined) bad.push("pwned");
    return bad;
})()"""


def quiet(b, what):
    """Nothing ran, nothing was asked for, nothing failed since the page was opened."""
    same(what + ": no dialog", b.of("Page.javascriptDialogOpening"), [])
    asked = [e["request"]["url"] for e in b.of("Network.requestWillBeSent")]
    check(what + ": asks for itself alone", len(asked) == 1 and asked[0].startswith("file://"), asked)
    same(what + ": nothing failed", b.of("Runtime.exceptionThrown", "Log.entryAdded"), [])
    same(what + ": nothing injected", b.js(HARMLESS), [])


WIDE = """[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".wide, svg, .skip"))
    .map(e => e.tagName + " " + e.id + " " + e.className + " " + e.getBoundingClientRect().right + " " + e.textContent.slice(0, 40))"""


def words(text):
    return re.findall(r"[^\W_]+", text.lower())


def test_overview(b, pages, stories, kinds):
    same("pages of each kind", b.js("[...document.querySelectorAll('.legend td:nth-child(2)')].map(e => Number(e.textContent))"), kinds)
    same("figures", b.js("[...document.querySelectorAll('.figures dd')].map(e => Number(e.textContent))"),
         [sum(kinds), len({p["outlet"] for p in pages.values()}), len(stories), sum(len(s["members"]) for s in stories), kinds[1]])
    same("pages by outlet", b.js("[...document.querySelectorAll('table.filter tbody td:nth-child(3)')].reduce((n, e) => n + Number(e.textContent), 0)"),
         sum(kinds))
    follows = b.js("[...document.querySelectorAll('.matrix tbody td')].reduce((n, e) => n + (Number(e.textContent) || 0), 0)")
    check("who follows whom", 0 < follows <= sum(1 for s in stories for m in s["members"] if m["previous"]), follows)


def test_tables(b, stories, kinds):
    rows = "[...document.querySelectorAll('#stories-table tbody tr')]"
    output = "document.querySelector('#stories-tools output').textContent"
    same("all stories", b.js(output), "%d stories" % len(stories))
    same("the first fifty", b.js(rows + ".length"), 50)
    b.js("document.querySelector('#stories-pager button:last-child').click()")
    same("the rest", b.js(rows + ".length"), len(stories) - 50)
    head = "document.querySelector('#stories-table th:nth-child(2)')"
    b.js(head + ".querySelector('button').click()")
    same("sorted, largest first", b.js(head + ".getAttribute('aria-sort')"), "descending")
    sizes = sorted((len(s["members"]) for s in stories), reverse=True)
    same("order", b.js(rows + ".map(r => Number(r.cells[1].textContent))"), sizes[:50])
    b.js(head + ".querySelector('button').click()")
    same("sorted, smallest first", b.js(head + ".getAttribute('aria-sort')"), "ascending")
    same("other order", b.js(rows + ".map(r => Number(r.cells[1].textContent))"), sizes[::-1][:50])
    search = "(v => { const i = document.querySelector('#stories-tools input'); i.value = v; i.dispatchEvent(new Event('input')); })"
    b.js(search + "('STORY 17')")
    same("found", b.js(output), "1 of %d stories" % len(stories))
    b.js(search + "('<img src=x')")
    same("found by markup", b.js(output), "1 of %d stories" % len(stories))
    b.js(search + "('no such words')")
    same("found nothing", b.js(rows + ".map(r => r.textContent)"), ["None."])
    b.js(search + "('')")
    choose = "(v => { const s = document.querySelector('#stories-tools select'); s.value = v; s.dispatchEvent(new Event('input')); })"
    b.js(choose + "('AFP')")
    with_afp = sum(1 for s in stories if any("AFP" in (m["credit"] or "") for m in s["members"]))
    same("chosen by credit", b.js(output), "%d of %d stories" % (with_afp, len(stories)))
    b.js(choose + "('')")
    same("missing credits", b.js("document.querySelector('#missing-tools output').textContent"), "%d pages" % kinds[1])
    outlets = "[...document.querySelectorAll('table.filter tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].textContent)"
    b.js("document.querySelector('table.filter th:first-child button').click()")
    order = "new Intl.Collator('en', {numeric: true}).compare"
    check("outlets in order", b.js("(n => n.length > 5 && n.every((x, i) => !i || %s(n[i - 1], x) <= 0))(%s)" % (order, outlets)), b.js(outlets))


def test_story(b, pressmark, archive, stories, pages):
    text = lambda i: subprocess.run([pressmark, "-a", archive, "show", "--text", i], check=True,  # noqa: E731
                                    capture_output=True).stdout.decode()
    compared = 0
    for story in stories:
        b.js("location.hash = %s" % json.dumps(story["id"]))
        b.settle()
        same("members of a story", b.js("[...document.querySelectorAll('#story .pages tbody tr')].map(r => r.dataset.i).length"),
             len(story["members"]))
        for number, m in enumerate(story["members"]):
            b.js("document.querySelectorAll('#story .pages [aria-pressed]')[%d].click()" % number)
            got = b.js("[2, 3].map(n => [...document.querySelectorAll('.sides tbody tr > :nth-child(' + n + ')')].map(e => e.textContent).join(' '))")
            if not got[0]:
                check("the same text has no comparison", m["id"] == story["source"] or m["cut_words"] + m["added_words"] == 0, m["id"])
                continue
            compared += 1
            same("left is the source", words(got[0]), words(text(story["source"])))
            same("right is the other", words(got[1]), words(text(m["id"])))
    check("texts were compared", compared > 60, compared)
    # Words marked are those that `diff` counts.
    story = next(s for s in stories if s["members"][1]["title"] == "Story 16")
    b.js("location.hash = %s" % json.dumps(story["id"]))
    b.settle()
    for number, m in enumerate(story["members"]):
        b.js("document.querySelectorAll('#story .pages [aria-pressed]')[%d].click()" % number)
        if m["id"] == story["source"]:
            continue
        d = [json.loads(l) for l in subprocess.run([pressmark, "-a", archive, "diff", "--json", story["source"], m["id"]],
                                                   capture_output=True).stdout.splitlines()]
        marked = b.js("['del', 'ins'].map(n => [...document.querySelectorAll('.sides ' + n)].map(e => e.textContent).join(' '))")
        same("cut words", words(marked[0]), words(" ".join(r["text"] for r in d if r["type"] == "cut")))
        same("added words", words(marked[1]), words(" ".join(r["text"] for r in d if r["type"] == "add")))
    check("retitled is said", "retitled" in b.js("document.getElementById('story').textContent"))
    b.js("document.querySelector('#story .button').click()")
    b.settle()
    check("back to all", b.js("document.getElementById('story').hidden && !document.getElementById('stories-table').parentElement.hidden"))


def test_evil(b, stories):
    titles = b.js("JSON.parse(document.getElementById('data').textContent).stories.flatMap(s => s[5].map(m => m[3]))")
    check("a long headline is cut", max(len(t) for t in titles if isinstance(t, str)) <= 301)
    evil = [s for s in stories if (s["members"][0]["outlet"] or "").startswith("evil")]
    same("stories that attack", len(evil), len(BREAKOUTS))
    for story in evil:
        b.js("location.hash = %s" % json.dumps(story["id"]))
        b.settle()
        # JSON of the command ends a text at a NUL.
        shown = words(b.js("document.getElementById('story-h').textContent"))
        wanted = words(story["members"][0]["title"])
        same("headline as it is", shown[:len(wanted)], wanted)
        check("in its own direction", b.js("document.querySelector('#story-h > bdi') !== null"))
    links = next(s for s in stories if s["members"][0]["title"] == "Links")
    b.js("location.hash = %s" % json.dumps(links["id"]))
    b.settle()
    same("links", b.js("[...document.querySelectorAll('#story .pages a')].map(a => a.href)"), ["https://fine.example/"])


def test_keys(b):
    b.js("location.hash = ''; document.activeElement.blur(); scrollTo(0, 0)")
    b.key("Tab", 9)
    same("first stop of the keyboard", b.js("document.activeElement.className"), "skip")
    check("the stop is seen", b.js("document.activeElement.getBoundingClientRect().left >= 0"))
    head = "document.querySelector('#stories-table th:nth-child(6)')"
    b.js(head + ".querySelector('button').focus()")
    b.key("Enter", 13, "\r")
    check("a head sorts by key", b.js(head + ".getAttribute('aria-sort')") == "ascending")
    b.js("document.querySelector('[data-story]').focus()")
    b.key("Enter", 13, "\r")
    b.settle()
    check("a story opens by key", b.js("!document.getElementById('story').hidden"))
    same("and has the focus", b.js("document.activeElement.id"), "story-h")


def test_tree(b, *more):
    """What a screen reader is told."""
    nodes = [n for n in b.call("Accessibility.getFullAXTree")["nodes"] if not n.get("ignored")]
    role = lambda n: n.get("role", {}).get("value")  # noqa: E731
    roles = [role(n) for n in nodes]
    for wanted in "main", "banner", "contentinfo", "region", "table", "columnheader", "rowheader", "heading", *more:
        check("there is a " + wanted, wanted in roles)
    nameless = [role(n) for n in nodes if role(n) in ("button", "searchbox", "combobox", "link", "table", "region")
                and not n.get("name", {}).get("value") and role(n) != "table"]
    same("controls have names", nameless, [])
    levels = b.js("[...document.querySelectorAll('h1, h2, h3, h4')].filter(h => h.offsetParent).map(h => Number(h.tagName[1]))")
    check("headings go down by steps", levels[0] == 1 and all(y <= x + 1 for x, y in zip(levels, levels[1:])), levels)
    same("every head has a scope", b.js("document.querySelectorAll('th:not([scope])').length"), 0)


def test_looks(b, _what):
    colour = "getComputedStyle(document.body).backgroundColor"
    set_media = lambda media, scheme: b.call("Emulation.setEmulatedMedia", media=media,  # noqa: E731
                                            features=[{"name": "prefers-color-scheme", "value": scheme}])
    set_media("", "light")
    light = b.js(colour)
    set_media("", "dark")
    check("dark is dark", b.js(colour) != light)
    set_media("print", "light")
    same("no skip link in print", b.js("getComputedStyle(document.querySelector('.skip')).display"), "none")
    pdf = base64.b64decode(b.call("Page.printToPDF", printBackground=True)["data"])
    check("prints", pdf.startswith(b"%PDF"))
    set_media("", "light")
    for width in 360, 768, 1280:
        b.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=width < 500)
        b.settle()
        check("fits %d pixels" % width, b.js("document.documentElement.scrollWidth") <= width, b.js(WIDE))


def test_address(b, page, stories):
    b.go(page + "#" + stories[3]["id"])
    check("a story by its address", b.js("!document.getElementById('story').hidden"))
    b.go(page + "#%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E")
    quiet(b, "an address that attacks")


def test_difference(b, diff):
    b.go(diff)
    quiet(b, "difference")
    check("the difference marks what changed", b.js("document.querySelectorAll('del, ins').length") > 0)


def test_without_script(b, page):
    b.call("Emulation.setScriptExecutionDisabled", value=True)
    b.blind = True
    b.go(page)
    html = b.call("DOM.getOuterHTML", nodeId=b.call("DOM.getDocument", depth=0)["root"]["nodeId"])["outerHTML"]
    check("stories are there", html.count("<td class=\"title\">") >= 50, html.count("<td class=\"title\">"))
    check("it says so", "Without its script" in html)


def test_bytes(*pages):
    for page in pages:
        with open(page, "rb") as f:
            check("no NUL in " + page, b"\0" not in f.read())


def main(pressmark, program):
    with tempfile.TemporaryDirectory(prefix="pressmark-browser.") as scratch:
        archive, page, diff = (os.path.join(scratch, n) for n in ("archive", "page.html", "diff.html"))
        with open(os.path.join(scratch, "rows.jsonl"), "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r) + "\n" for r in rows_of())
        for command in (["init", archive], ["-a", archive, "snapshot", f.name], ["-a", archive, "dedupe", "--html", page]):
            subprocess.run([pressmark, "-q", *command], check=True)
        pages, stories, kinds = expected(pressmark, archive)
        evil = next(s for s in stories if "onerror" in (s["members"][0]["title"] or ""))["members"]
        subprocess.run([pressmark, "-a", archive, "diff", "--html", evil[0]["id"], evil[2]["id"], "--to", diff])
        run(test_bytes, page, diff)
        b = Browser(program, os.path.join(scratch, "profile"))
        try:
            b.go(page)
            run(quiet, b, "as opened")
            run(test_overview, b, pages, stories, kinds)
            run(test_tables, b, stories, kinds)
            run(test_tree, b, "navigation")
            run(test_story, b, pressmark, archive, stories, pages)
            run(test_evil, b, stories)
            run(test_tree, b, "article")
            run(test_keys, b)
            run(test_looks, b, "report")
            run(quiet, b, "in use")
            run(test_address, b, page, stories)
            run(test_difference, b, diff)
            run(test_tree, b)
            run(test_looks, b, "difference")
            run(test_without_script, b, page)
        finally:
            b.close()
    print("%d passed, %d failed" % (len(PASSED), len(FAILED)))
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
