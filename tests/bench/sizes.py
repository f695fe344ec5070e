"""What archives cost: sizes against gzip -6 of the same records one by one, and what of them is derived. Used by bench.py."""
import collections
import gzip
import os
import re
import shutil
import sqlite3
import subprocess
import time

Size = collections.namedtuple("Size", "captures records gz gz_pages page text meta dictionary other fingerprint manifest")


def pages_warc(path, pages):
    """a plain WARC of (url, date, bytes)"""
    with open(path, "wb") as out:
        for i, (url, date, body) in enumerate(pages):
            out.write(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"
                      b"WARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
                      % (i, url.encode(), date.encode(), len(body)) + body + b"\r\n\r\n")


def measure(program, archive, work):
    """-> Size; gz: every record but the dictionaries as a gzip member of level 6"""
    plain = os.path.join(work, "sizes.warc.gz")
    if os.path.exists(plain):
        os.unlink(plain)
    subprocess.run([program, "-q", "-a", archive, "export", "--all", "--form", "warc.gz", "--to", plain], check=True)
    gz = gz_pages = records = 0
    with gzip.open(plain) as f:
        for line in f:
            head = line + b"".join(iter(f.readline, b"\r\n")) + b"\r\n"
            length = int(re.search(rb"(?im)^content-length: *(\d+)", head).group(1))
            size = len(gzip.compress(head + f.read(length + 4), 6))
            gz += size
            if not re.search(rb"(?im)^warc-type: *(conversion|metadata|warcinfo)", head):
                gz_pages += size
            records += 1
    os.unlink(plain)
    db = sqlite3.connect(os.path.join(archive, "manifest.sqlite"))
    kinds = collections.Counter()
    for kind, capture, length in db.execute("SELECT type, capture, sum(length) FROM record GROUP BY type, capture IS NULL"):
        name = {"conversion": "text", "metadata": "meta", "dictionary": "dictionary"}.get(kind, "page")
        kinds[name if capture or name == "dictionary" else "other"] += length
    captures = db.execute("SELECT count(*) FROM capture").fetchone()[0]
    # whole pages of the database, with what is free in them
    fingerprint = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'fingerprint'").fetchone()[0]
    db.close()
    bundles = sum(e.stat().st_size for e in os.scandir(os.path.join(archive, "bundles")))
    extra = bundles - sum(kinds.values())
    return Size(captures, records, gz, gz_pages, kinds["page"], kinds["text"], kinds["meta"], kinds["dictionary"] + extra, kinds["other"],
                fingerprint, os.path.getsize(os.path.join(archive, "manifest.sqlite")))


def pack_alone(archive, level):
    """seconds of processor time that libzstd alone takes to pack the records of an archive again, with its dictionaries"""
    import zstandard
    took, db = 0.0, sqlite3.connect(os.path.join(archive, "manifest.sqlite"))
    for name in sorted(os.listdir(os.path.join(archive, "bundles"))):
        with open(os.path.join(archive, "bundles", name), "rb") as f:
            data = f.read()
        options = {}
        if data[:4] == b"\x5d\x2a\x4d\x18":
            raw = zstandard.ZstdDecompressor().decompress(data[8:8 + int.from_bytes(data[4:8], "little")])
            options["dict_data"] = zstandard.ZstdCompressionDict(raw)
            options["dict_data"].precompute_compress(level=level)
        unpack = zstandard.ZstdDecompressor(**options)
        records = [unpack.decompress(data[at:at + length]) for at, length in db.execute(
            "SELECT offset, length FROM record WHERE bundle = ? AND type <> 'dictionary' ORDER BY offset", (int(name.split(".")[0]),))]
        pack = zstandard.ZstdCompressor(level=level, write_checksum=True, **options)
        start = time.process_time()
        for record in records:
            pack.compress(record)
        took += time.process_time() - start
    db.close()
    return took


def total(size):
    return size.page + size.text + size.meta + size.dictionary + size.other


def archive_of(program, work, inputs, steps):
    """-> an archive of the inputs and the seconds that each step took"""
    path, took = os.path.join(work, "sizes"), []
    shutil.rmtree(path, ignore_errors=True)
    subprocess.run([program, "-q", "init", path], check=True)
    for step in steps:
        start = time.perf_counter()
        done = subprocess.run([program, "-q", "-a", path] + step + (inputs if step[0] == "snapshot" else []),
                              stdout=subprocess.DEVNULL)
        if done.returncode not in (0, 1, 3):
            raise SystemExit("bench: exit %d: %s" % (done.returncode, step))
        took.append(time.perf_counter() - start)
    return path, took


def row(label, how, size):
    derived = size.text + size.meta + size.fingerprint
    stored = total(size)
    share = lambda n: "%.1f %%" % (100 * n / stored)
    return (label, how, "%.1f" % (size.gz_pages / 1e6), "%.2f" % ((size.page + size.dictionary) / 1e6),
            "%.3f" % ((size.page + size.dictionary) / size.gz_pages), "%.1f" % (size.gz / 1e6), "%.2f" % (stored / 1e6),
            "%.3f" % (stored / size.gz), share(size.dictionary), share(size.text), share(size.meta), share(size.fingerprint), share(derived),
            share(size.manifest))


HEADER = ("pages", "how", "pages gzip -6, MB", "pages and dictionaries, MB", "ratio", "all records gzip -6, MB", "stored, MB", "ratio",
          "dictionaries", "text", "metadata", "fingerprints", "derived in all", "manifest in all")


def documentation(work, directory="/usr/share/doc"):
    """a WARC of the HTML of the largest manual installed (python3.11-doc, say), if there is one of 200 pages or more -> path"""
    found = collections.Counter()
    for base, _, names in os.walk(directory):
        parts = os.path.relpath(base, directory).split(os.sep)
        found[parts[0]] += sum(n.endswith(".html") for n in names)
    name, n = found.most_common(1)[0] if found else ("", 0)
    if n < 200:
        return None
    pages, root = [], os.path.join(directory, name)
    for base, _, names in os.walk(root):
        for page in (os.path.join(base, x) for x in names if x.endswith(".html")):
            with open(page, "rb") as f:
                pages.append(("https://docs.example/" + os.path.relpath(page, root), "2024-05-01T00:00:00Z", f.read()))
    path = os.path.join(work, "manual.warc")
    pages_warc(path, sorted(pages))
    return path


def outlet_pages(make, pool, work, docs=4000):
    """the pages of the outlet with the most of them, from the generator of syndicated news"""
    import json
    import sys
    corpus, html = os.path.join(work, "outlets.jsonl"), os.path.join(work, "outlets")
    subprocess.run([sys.executable, make, "--pool", pool, "--docs", str(docs), "--seed", "1", "--outlets", "8", "--out", corpus,
                    "--html", html], check=True, capture_output=True)
    by_outlet = collections.defaultdict(list)
    with open(corpus, encoding="utf-8") as f:
        for row in map(json.loads, f):
            by_outlet[row["outlet"]].append(row)
    rows = max(by_outlet.values(), key=len)
    pages = []
    for r in sorted(rows, key=lambda r: (r["date"], r["id"])):
        with open(os.path.join(html, r["id"] + ".html"), "rb") as f:
            pages.append((r["url"], r["date"], f.read()))
    shutil.rmtree(html)
    return pages


def near_pages(files, stories=40, copies=6):
    """`copies` captures of each page as it changes: other times, a paragraph cut, moved or added -> pages, of which first ones"""
    pages = []
    for s, name in enumerate(files[:stories]):
        with open(name, "rb") as f:
            body = f.read()
        parts = body.split(b"<p")
        for c in range(copies):
            changed = list(parts)
            if c and len(changed) > 4:
                at = 1 + (7 * c + s) % (len(changed) - 2)
                changed[at] = b"> Update %d at %02d:%02d: the figures were corrected.</p>" % (c, c, s % 60) + changed[at]
                del changed[1 + (11 * c + s) % (len(changed) - 2)]
            pages.append(("https://www.news.example/%d/story-%d?v=%d" % (s, s, c), "2024-05-%02dT%02d:%02d:00Z" % (1 + s % 28, c, s % 60),
                          b"<p".join(changed)))
    return pages


def curve(files, levels=(3, 6, 9, 12, 19), every=4):
    """every n-th page, a frame each, by level and kind of dictionary -> rows of size against gzip -6 and MB/s"""
    import zstandard
    pages = []
    for name in files[::every]:
        with open(name, "rb") as f:
            pages.append(f.read())
    others = []
    for name in files[1::every]:
        with open(name, "rb") as f:
            others.append(f.read(64 << 10))
    content = b"".join(others[::max(1, sum(map(len, others)) // (4 << 20))])[:4 << 20]
    kinds = (("none", None), ("trained, 110 KiB", zstandard.train_dictionary(112640, others)),
             ("pages, 4 MiB", zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)))
    gz, size = sum(len(gzip.compress(p, 6)) for p in pages), sum(map(len, pages))
    rows = []
    for label, d in kinds:
        for level in levels:
            if d is not None:
                d.precompute_compress(level=level)
            pack = zstandard.ZstdCompressor(level=level, write_checksum=True, **({"dict_data": d} if d else {}))
            start = time.process_time()
            packed = sum(len(pack.compress(p)) for p in pages)
            rows.append((label, str(level), "%.3f" % (packed / gz), "%.1f" % (size / (time.process_time() - start) / 1e6)))
    return rows
