#!/usr/bin/env python3
"""Measure pressmark beside its peers; write RESULTS.md. Run through `make bench`.

A section is a function that returns (title, notes, header, rows); add one to SECTIONS to add a table. Runs of what is compared
are interleaved and their medians taken, so that a busy machine slows all alike.
"""
import argparse
import base64
import collections
import contextlib
import functools
import glob
import gzip
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

import zstandard

import sizes

HERE = os.path.dirname(os.path.abspath(__file__))
INGEST_LEVEL = 6  # the default of snapshot
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))


def run(command, **more):
    """-> seconds, peak KiB of the child"""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 3):
        raise SystemExit("bench: exit %d: %s" % (code, " ".join(command)))
    return seconds, usage.ru_maxrss


def pages(shared, into):
    """the HTML pages of the collections -> sorted paths"""
    for tar in sorted(glob.glob(os.path.join(shared, "data", "*.tar.zst"))):
        subprocess.run("zstd -dcq '%s' | tar -xf - -C '%s'" % (tar, into), shell=True, check=True)
    found = []
    for base, _, names in os.walk(into):
        found += [os.path.join(base, n) for n in names if n.endswith((".html", ".htm"))]
    return sorted(found)


def write_warc(path, files, times=1):
    """one plain WARC of `times` captures of each page, each under a URL of its own"""
    size = 0
    with open(path, "wb") as out:
        for t in range(times):
            for i, name in enumerate(files):
                with open(name, "rb") as f:
                    body = f.read()
                if t:
                    body += b"<!-- %d -->" % t
                size += len(body)
                out.write(b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:%s>\r\n"
                          b"WARC-Target-URI: https://site%d.example/%d/%d.html\r\nWARC-Date: 2024-05-%02dT%02d:%02d:00Z\r\n"
                          b"WARC-Block-Digest: sha1:%s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % (
                              str(uuid.uuid5(uuid.NAMESPACE_URL, "%d/%d" % (t, i))).encode(), i % 50, t, i,
                              1 + i % 28, i % 24, i % 60, base64.b32encode(hashlib.sha1(body).digest()), len(body)))
                out.write(body + b"\r\n\r\n")
    return size


class Bench:
    def __init__(self, build, shared, work):
        self.program = os.path.abspath(os.path.join(build, "pressmark"))
        self.work = work
        self.build, self.shared = os.path.abspath(build), os.path.abspath(shared)
        self.warc = os.path.join(work, "pages.warc")
        source = os.path.join(work, "pages")
        os.mkdir(source)
        self.files = pages(shared, source)
        self.size = write_warc(self.warc, self.files)

    def archive(self, warc, *options):
        path = os.path.join(self.work, "archive")
        shutil.rmtree(path, ignore_errors=True)
        subprocess.run([self.program, "-q", "init", path], check=True)
        seconds, peak = run([self.program, "-q", "-a", path, "snapshot", *options, warc])
        return seconds, peak, path

    def packed(self, level):
        """bytes of a tenth of the pages at a zstd level"""
        pack = zstandard.ZstdCompressor(level=level)
        size = 0
        for name in self.files[::10]:
            with open(name, "rb") as f:
                size += len(pack.compress(f.read()))
        return size

    def pool(self):
        """the texts that make_syndicated.py draws on"""
        path = os.path.join(self.work, "pool.jsonl")
        if not os.path.exists(path):
            subprocess.run(["zstd", "-dq", os.path.join(self.shared, "data", "news-pool.jsonl.zst"), "-o", path], check=True)
        return path

    def bundles(self, path):
        return sorted(glob.glob(os.path.join(path, "bundles", "*")))


def digest(files):
    h = hashlib.sha256()
    for name in files:
        with open(name, "rb") as f:
            h.update(f.read())
    return h.hexdigest()


def ingest(b):
    plain, small, usual, one, two, alone = [], [], [], [], [], []
    peers = os.path.join(HERE, "peer_fast.py"), os.path.join(HERE, "peer_usual.py")
    out = os.path.join(b.work, "peer.warc")
    seconds, _, path = b.archive(b.warc, "-j", "1")
    ours = sum(map(os.path.getsize, b.bundles(path)))
    # The least level at which the peer's file is no larger than ours, or its highest.
    for level in (9, 12, 19):
        seconds = run([sys.executable, peers[0], b.warc, out, str(level)])[0]
        theirs = os.path.getsize(out)
        if theirs <= ours:
            break
    small.append(seconds)
    same = True
    for n in range(ROUNDS):
        s, _, path = b.archive(b.warc, "-j", "1")
        one.append(s)
        d = digest(b.bundles(path))
        alone.append(sizes.pack_alone(path, INGEST_LEVEL))
        s, _, path = b.archive(b.warc, "-j", "2")
        two.append(s)
        same = same and d == digest(b.bundles(path))
        plain.append(run([sys.executable, peers[0], b.warc, out, "3"])[0])
        fast = os.path.getsize(out)
        if level < 19:
            small.append(run([sys.executable, peers[0], b.warc, out, str(level)])[0])
        if n == 0:
            usual.append(run([sys.executable, peers[1], b.warc, out + ".gz"])[0])
    m1, m2, mp, ms, mu, ma = map(statistics.median, (one, two, plain, small, usual, alone))
    row = lambda name, s, size: (name, "%.2f" % s, "%.1f" % (b.size / s / 1e6), "%.1f" % (size / 1e6), "%.2f" % (s / m1))
    rows = [row("pressmark, -j 1", m1, ours), row("pressmark, -j 2", m2, ours),
            row("libzstd alone, the same records, level and dictionary", ma, ours),
            row("FastWARC + Resiliparse + rensa, zstd -3", mp, fast),
            row("FastWARC + Resiliparse + rensa, zstd -%d" % level, ms, theirs),
            row("warcio + trafilatura + datasketch", mu, os.path.getsize(out + ".gz"))]
    notes = ("%d HTML pages, %.1f MB, from one plain WARC: read, cleaned, fingerprinted, digested, compressed, stored. "
             "Against the first pipeline as it comes (zstd -3) pressmark takes 1/%.1f of the time, against the same at the "
             "level whose file is nearest to ours 1/%.1f, against the second 1/%.1f. Two threads are %.2f times as fast as one, and their bundles "
             "are %s; one goes at %.0f %% of the speed at which libzstd alone packs the records. Medians of %d interleaved runs (one of a peer that takes minutes)."
             % (len(b.files), b.size / 1e6, mp / m1, ms / m1, mu / m1, m1 / m2, "the same bytes" if same else "DIFFERENT",
                100 * ma / m1, ROUNDS))
    return "Whole ingest", notes, ("", "s", "MB/s", "MB stored", "time of -j 1"), rows


def memory(b):
    big = os.path.join(b.work, "big.warc")
    write_warc(big, b.files, 10)
    rows = []
    for jobs in ("1", "2"):
        once, tenfold = b.archive(b.warc, "-j", jobs)[1], b.archive(big, "-j", jobs)[1]
        rows.append(("-j %s" % jobs, "%.0f" % (once / 1024), "%.0f" % (tenfold / 1024)))
    os.unlink(big)
    return "Peak memory", "MiB, for the pages of the next section and for ten times as many.", ("", "pages", "ten times"), rows


def packed_warcs(b):
    """b.warc, and its records as gzip members, zstd frames, and zstd frames with a trained dictionary -> paths"""
    records = []
    with open(b.warc, "rb") as f:
        for line in f:
            head = line + b"".join(iter(f.readline, b"\r\n")) + b"\r\n"
            records.append(head + f.read(int(head.rsplit(b"Content-Length: ", 1)[1]) + 4))
    trained = zstandard.train_dictionary(112640, records[::3])
    plain = zstandard.ZstdCompressor(level=3, write_checksum=True)
    with_dict = zstandard.ZstdCompressor(level=3, write_checksum=True, dict_data=trained)
    frame = zstandard.ZstdCompressor(level=12).compress(trained.as_bytes())
    forms = ((".gz", b"", lambda r: gzip.compress(r, 6)), (".zst", b"", plain.compress),
             (".dict.zst", b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame, with_dict.compress))
    for suffix, first, pack in forms:
        with open(b.warc + suffix, "wb") as out:
            out.write(first)
            out.writelines(map(pack, records))
    return [b.warc] + [b.warc + form[0] for form in forms]


def reading(b):
    """WARC files, records one by one, one thread"""
    tool, peer = os.path.join(b.build, "bench", "bench_warc"), os.path.join(HERE, "warc_peers.py")
    names, rows = ("plain", "gz", "zst", "zst, dictionary"), []
    files = packed_warcs(b)
    for digests in (["-c"], []):
        for name, path in zip(names, files):
            commands = ([tool], [sys.executable, peer], [tool, "-l"])
            best = [0, 0, 0]
            for _ in range(ROUNDS):
                for i, command in enumerate(commands):
                    best[i] = max(best[i], float(printed(command + digests + ["-n", "3", path]).split()[-2]))
            rows.append((name, "SHA-1 checked" if digests else "none", *("%.0f" % s for s in best), "%.2f" % (best[0] / best[1]),
                         "%.0f %%" % (100 * best[0] / best[2])))
    for path in files[1:]:
        os.unlink(path)
    return ("Reading WARC", "MB/s of record by processor time, best of %d interleaved runs of three. Both read the file with read(), "
            "give out each record and compare its block with WARC-Block-Digest. \"Libraries alone\" is the bound: read(), one call of "
            "libdeflate or libzstd a member into a buffer in use, and libcrypto's SHA-1 (2.2 GB/s here), all places and sizes known "
            "beforehand." % ROUNDS,
            ("file", "digests", "pressmark", "FastWARC", "libraries alone", "against FastWARC", "of the bound"), rows)


def archive_sizes(b):
    """what archives of several kinds of pages cost, taken in and repacked"""
    pool, rows = os.path.join(b.work, "pool.jsonl"), []
    subprocess.run(["zstd", "-dqf", os.path.join(b.shared, "data", "news-pool.jsonl.zst"), "-o", pool], check=True)
    kinds = [("the collections, as files", sorted({os.path.dirname(f) for f in b.files}))]
    outlet = os.path.join(b.work, "outlet.warc")
    sizes.pages_warc(outlet, sizes.outlet_pages(os.path.join(b.shared, "tools", "make_syndicated.py"), pool, b.work))
    kinds.append(("an outlet of the generator", [outlet]))
    docs = sizes.documentation(b.work)
    if docs:
        kinds.append(("a manual in HTML", [docs]))
    articles = [f for f in b.files if "article-bodies" in f]
    first, near = os.path.join(b.work, "first.warc"), os.path.join(b.work, "near.warc")
    sizes.pages_warc(near, sizes.near_pages(articles))
    sizes.pages_warc(first, sizes.near_pages(articles)[::6])
    kinds += [("40 stories of a site", [first]), ("the same, 6 captures each", [near])]
    measured = {}
    for label, inputs in kinds:
        path, took = sizes.archive_of(b.program, b.work, inputs, [["snapshot"]])
        rows.append(sizes.row(label, "ingest, %.1f s" % took[0], sizes.measure(b.program, path, b.work)))
        path, took = sizes.archive_of(b.program, b.work, inputs, [["snapshot"], ["dedupe"], ["repack"]])
        measured[label] = sizes.measure(b.program, path, b.work)
        rows.append(sizes.row(label, "repack, %.1f s" % took[2], measured[label]))
    a, c = measured["40 stories of a site"], measured["the same, 6 captures each"]
    notes = ("Against each record as a gzip member of level 6: the captures' records with the dictionaries, then all records, texts in "
             "the clear. The last six columns are shares of what is stored in bundles. Derived is what is made of a page: its text, which is a "
             "patch of the page; its metadata, for which, as for the heads of both, dictionaries end in examples; its fingerprint, at most 192 "
             "hashes of 36 bits of a kind, Rice coded, here with all that its table takes in the manifest. A near copy of a story "
             "within its site costs %.3f of its gzip member after repack." % (
                 (c.page + c.dictionary - a.page - a.dictionary) / (c.gz_pages - a.gz_pages)))
    return "Sizes", notes, sizes.HEADER, rows


def levels(b):
    """what chose the levels and the dictionary of ingest"""
    return ("Size against time", "A quarter of the pages, a zstd frame each; the dictionary is of other pages, and not counted here.",
            ("dictionary", "level", "of gzip -6", "MB/s"), sizes.curve(b.files))


def score(b, tool, *args):
    """the JSON that one of the shared scorers prints"""
    found = subprocess.run([sys.executable, os.path.join(b.shared, "tools", tool), *args, "--json"], check=True,
                           capture_output=True, text=True).stdout
    return json.loads(found.splitlines()[-1])


def printed(command):
    """the last line a command prints"""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]


# Calls of peer_clean.py: a label, what the call makes, rounds.
PEER_CALLS = {
    "resiliparse": ("Resiliparse, from bytes", "body", 5),
    "resiliparse-decoded": ("Resiliparse, decoded before", "body", 5),
    "trafilatura": ("trafilatura, extract()", "body", 2),
    "trafilatura-precision": ("trafilatura, extract(), precision", "body", 2),
    "trafilatura-fields": ("trafilatura, bare_extraction()", "body, fields", 2),
}


def cleaning(b):
    """bodies of the sets, pages in memory, one thread"""
    tool, peer = os.path.join(b.build, "bench", "bench_clean"), os.path.join(HERE, "peer_clean.py")
    out, rows = os.path.join(b.work, "texts"), []
    for name, kind, calls in (("article-bodies", "html", tuple(PEER_CALLS)), ("article-bodies", "plain", ()),
                              ("news-bodies", "html", tuple(PEER_CALLS)), ("news-bodies", "plain", ()),
                              ("article-segments", "html", ("resiliparse", "resiliparse-decoded", "trafilatura-fields"))):
        base = os.path.join(b.work, "pages", name)
        truth = os.path.join(base, "bodies.jsonl")
        files = sorted(glob.glob(os.path.join(base, kind, "*")))
        size, first = sum(map(os.path.getsize, files)), None
        # The command prints a speed (ours) or seconds (theirs).
        runs = [("pressmark", "body, fields, credit", [tool, "-r", "5", "-o", out] + (["-t"] if kind == "plain" else []) + files)]
        for call in calls:
            label, makes, rounds = PEER_CALLS[call]
            runs.append((label, makes, [sys.executable, peer, call, str(rounds), out] + files))
        for label, makes, command in runs:
            shutil.rmtree(out, ignore_errors=True)
            os.mkdir(out)
            line = printed(command)
            speed = float(line.split(": ")[1].split()[0]) if ":" in line else size / float(line) / 1e6
            first = first or speed
            scores = ("", "")
            if os.path.exists(truth):
                m = score(b, "score_articles.py", "bodies", out, "--gt", truth)
                scores = "%.4f" % m["f1"], "%.3f" % m["accuracy"]
            rows.append((name + ", " + kind, label, makes, *scores, "%.0f" % speed, "%.1f" % (first / speed)))
    return ("Cleaning", "Bodies as editors cut them: F1 of word 4-grams, pages whose text is exact, MB/s of page: processor time of the "
            "best round, one thread, pages in memory as bytes (for one row: as text), start-up left out. Each makes of a page what its "
            "row says; pressmark has no call that makes less than all.",
            ("pages", "by", "makes", "F1", "exact", "MB/s", "pressmark is faster by"), rows)


def token_f1(base, out):
    """readability-cases: mean F1 of words, as peers that print text are measured"""
    found = []
    for case in sorted(os.listdir(base)):
        truth, got = os.path.join(base, case, "expected.txt"), os.path.join(out, case + ".txt")
        if not os.path.exists(truth):
            continue
        bags = []
        for path in (truth, got):
            with open(path, encoding="utf-8") as f:
                bags.append(collections.Counter(re.findall(r"\w+", f.read())))
        found.append(2 * sum((bags[0] & bags[1]).values()) / max(1, sum(bags[0].values()) + sum(bags[1].values())))
    return statistics.mean(found)


def ablation_of(b, groups, options, sets):
    """a row a group that is left out: scores of each set, (name, files, function of a directory of texts)"""
    tool, out, rows = os.path.join(b.build, "bench", "bench_clean"), os.path.join(b.work, "texts"), []
    for group, what in enumerate(("",) + groups):
        row = ["without " + what if group else "all features"]
        for _, files, scored in sets:
            shutil.rmtree(out, ignore_errors=True)
            os.mkdir(out)
            subprocess.run([tool, *options, "-w", str(group), "-o", out] + files, check=True, stdout=subprocess.DEVNULL)
            row += scored(out)
        rows.append(row)
    return rows


def body_sets(b, kind):
    def scored(name, out):
        m = score(b, "score_articles.py", "bodies", out, "--gt", os.path.join(b.work, "pages", name, "bodies.jsonl"))
        return ["%.4f" % m["f1"], "%.3f" % m["accuracy"]]
    return [(name, sorted(glob.glob(os.path.join(b.work, "pages", name, kind, "*"))), functools.partial(scored, name))
            for name in ("article-bodies", "news-bodies")]


def ablation(b):
    """what each group of features is worth to the cleaning of HTML"""
    groups = ("shape", "element", "links", "phrases", "place", "facts", "kind", "neighbours", "class", "second round")
    base = os.path.join(b.work, "pages")
    cases, named = os.path.join(base, "readability-cases"), os.path.join(b.work, "cases")
    os.makedirs(named, exist_ok=True)
    for case in os.listdir(cases):  # all are source.html; a text is called as its page
        shutil.copy(os.path.join(cases, case, "source.html"), os.path.join(named, case + ".html"))
    segments = lambda out: ["%.4f" % score(b, "score_articles.py", "segments", out, "--gt",
                                           os.path.join(base, "article-segments", "segments.jsonl"))["f1"]]
    sets = body_sets(b, "html") + [
        ("article-segments", sorted(glob.glob(os.path.join(base, "article-segments", "html", "*"))), segments),
        ("readability-cases", sorted(glob.glob(os.path.join(named, "*"))), lambda out: ["%.4f" % token_f1(cases, out)])]
    return ("What each group of features is worth, HTML", "", ("", "article-bodies F1", "exact", "news-bodies F1", "exact",
            "article-segments F1", "readability-cases F1"), ablation_of(b, groups, [], sets))


def ablation_text(b):
    """... and to that of plain text"""
    groups = ("shape", "space", "phrases", "marks of the tail", "neighbours", "words in common", "headline", "place",
              "edges of the story")
    return ("What each group of features is worth, plain text", "", ("", "article-bodies F1", "exact", "news-bodies F1", "exact"),
            ablation_of(b, groups, ["-t"], body_sets(b, "plain")))


def syndicated(b, docs, seed, html=False):
    """-> labelled rows, and the directory of their pages; made once"""
    name = os.path.join(b.work, "syndicated-%d-%s" % (docs, seed))
    corpus = name + ".jsonl"
    if not os.path.exists(corpus) or (html and not os.path.exists(name)):
        subprocess.run([sys.executable, os.path.join(b.shared, "tools", "make_syndicated.py"), "--pool", b.pool(), "--docs", str(docs),
                        "--seed", str(seed), "--out", corpus] + (["--html", name] if html else []), check=True, capture_output=True)
    return corpus, name


def outlet_pages(b, seed, docs):
    """pages of made outlets -> corpus, directory of pages, bodies without the lines of the house that leaked into them"""
    corpus, into = syndicated(b, docs, seed, True)
    truth = os.path.join(b.work, "outlets-bodies.jsonl")
    spec = importlib.util.spec_from_file_location("make_syndicated", os.path.join(b.shared, "tools", "make_syndicated.py"))
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    house = {}
    for i in range(120):
        outlet = maker.make_outlet(i, str(seed))
        house[outlet["name"]] = set(outlet["boil"])
    with open(corpus, encoding="utf-8") as rows, open(truth, "w", encoding="utf-8") as out:
        for row in map(json.loads, rows):
            body = [p for p in row["text"].split("\n\n") if p not in house[row["outlet"]]]
            out.write(json.dumps({"file": row["id"] + ".html", "url": row["url"], "body": "\n".join(body)}) + "\n")
    return corpus, into, truth


def furniture(b):
    """what learned furniture is worth: the same archive with it, and with its table emptied"""
    program, rows = os.path.join(b.build, "pressmark"), []
    texts, found = os.path.join(b.work, "texts"), os.path.join(b.work, "found.tsv")
    for seed in (1, 2, 3):
        corpus, into, truth = outlet_pages(b, seed, 4000)
        archive = os.path.join(b.work, "outlets-archive")
        shutil.rmtree(archive, ignore_errors=True)
        for args in (["init", archive], ["-a", archive, "snapshot", into]):
            subprocess.run([program, "-q", *args], check=True)
        for label in ("learned furniture", "each page alone"):
            shutil.rmtree(texts, ignore_errors=True)
            os.mkdir(texts)
            out = subprocess.run([program, "-a", archive, "export", "--all", "--form", "jsonl"], check=True,
                                 capture_output=True).stdout
            for row in map(json.loads, out.splitlines()):
                name = os.path.basename(row["key"]).replace(".html", ".txt")
                with open(os.path.join(texts, name), "w", encoding="utf-8") as f:
                    f.write(row["text"])
            m = score(b, "score_articles.py", "bodies", texts, "--gt", truth)
            out = subprocess.run([program, "-q", "-a", archive, "dedupe", "--full", "--tsv"], check=True, capture_output=True,
                                 text=True).stdout
            with open(found, "w", encoding="utf-8") as f:
                for cells in (line.split("\t") for line in out.splitlines()[1:]):
                    if cells[2] == "story":
                        f.write("%s\t%s\n" % (os.path.basename(cells[0]).replace(".html", ""), cells[1]))
            c = score(b, "score_clusters.py", corpus, found)
            rows.append(("4000 pages, seed %d" % seed, label, "%.4f" % m["f1"], "%.3f" % m["precision"], "%.3f" % m["recall"],
                         "%.3f" % m["accuracy"], "%.4f" % c["ARI"]))
            with contextlib.closing(sqlite3.connect(os.path.join(archive, "manifest.sqlite"))) as db:
                db.execute("DELETE FROM furniture")
                db.commit()
    return ("Learned furniture", "Pages of 120 outlets made with make_syndicated.py --html. Truth is the text of a page without "
            "the lines of its house; clusters at story level. With furniture as snapshot learned it, and with that forgotten.",
            ("corpus", "with", "F1", "precision", "recall", "exact", "ARI"), rows)


def printing(command, path):
    """output goes to a file -> seconds of its processor time"""
    before = os.times()
    with open(path, "w", encoding="utf-8") as out:
        subprocess.run(command, check=True, stdout=out, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def by_peer(b, name, corpus, found, *pages):
    return float(printed([sys.executable, os.path.join(HERE, "peer_copies.py"), name, corpus, found, *pages]))


def copies(b):
    """labelled syndication: texts to clusters, one thread"""
    tool, found, rows, notes = os.path.join(b.build, "bench", "bench_cluster"), os.path.join(b.work, "found.tsv"), [], []
    for docs, seed, peers in ((4000, 1, True), (4000, 2, False), (4000, 3, False), (20000, 1, True)):
        corpus, _ = syndicated(b, docs, seed)
        ours = []
        for _ in range(3):
            talk = subprocess.run([tool, corpus], check=True, capture_output=True, text=True)
            ours.append(float(talk.stderr.split("total ")[1].split()[0]))
        with open(found, "w", encoding="utf-8") as out:
            out.write(talk.stdout)
        runs = [("pressmark, in memory", statistics.median(ours), score(b, "score_clusters.py", corpus, found))]
        archive = os.path.join(b.work, "copies")
        shutil.rmtree(archive, ignore_errors=True)
        seconds = printing([tool, "-a", archive, corpus], found)
        runs.append(("pressmark, an archive", seconds, score(b, "score_clusters.py", corpus, found)))
        for name in ("datasketch", "rensa", "gaoya") if peers else ():
            seconds = by_peer(b, name, corpus, found)
            runs.append((name, seconds, score(b, "score_clusters.py", corpus, found)))
        for label, seconds, m in runs:
            rows.append(("%d texts, seed %d" % (docs, seed), label, "%.4f" % m["ARI"], "%.4f" % m["b3_F1"], "%.2f" % seconds,
                         "%.1f" % (seconds / runs[0][1])))
        notes.append("%d texts, seed %d: %s" % (docs, seed, printed([tool, "-r", corpus]).strip()))
    return ("Near copies", "Made with make_syndicated.py, scored at story level. Processor seconds of one thread from texts in memory "
            "to clusters, as the peers run; and from JSON Lines to an archive with every text cleaned, compressed and stored, and its "
            "report. Recall of candidates: " + "; ".join(notes) + ".",
            ("corpus", "by", "ARI", "B-cubed F1", "s", "times the first"), rows)


def copied_pages(b):
    """labelled syndication as pages: cleaned, then clustered"""
    found, rows = os.path.join(b.work, "found.tsv"), []
    for seed, peers in ((1, True), (2, False), (3, False)):
        corpus, pages = syndicated(b, 4000, seed, True)
        runs = [("pressmark", take_pages(b, pages, found), score(b, "score_clusters.py", corpus, found))]
        for extract in ("resiliparse", "trafilatura") if peers else ():
            for name in ("datasketch", "rensa", "gaoya"):
                seconds = by_peer(b, name, corpus, found, pages, extract)
                runs.append(("%s + %s" % (extract, name), seconds, score(b, "score_clusters.py", corpus, found)))
        for label, seconds, m in runs:
            rows.append(("4000 pages, seed %d" % seed, label, "%.4f" % m["ARI"], "%.4f" % m["b3_F1"], "%.2f" % seconds))
    return ("Near copies of pages", "The same documents as HTML pages of their outlets (24 templates), each tool behind what takes the "
            "text off the page. Processor seconds from pages to clusters; pressmark's into an archive.",
            ("corpus", "by", "ARI", "B-cubed F1", "s"), rows)


def take_pages(b, pages, found):
    """an archive of a directory of pages, its stories into `found` -> seconds of processor time"""
    archive, clusters = os.path.join(b.work, "copies"), os.path.join(b.work, "clusters.tsv")
    shutil.rmtree(archive, ignore_errors=True)
    subprocess.run([b.program, "-q", "init", archive], check=True)
    seconds = printing([b.program, "-q", "-a", archive, "snapshot", "-j", "1", pages], clusters)
    seconds += printing([b.program, "-q", "-a", archive, "dedupe", "-j", "1", "--tsv"], clusters)
    with open(clusters, encoding="utf-8") as f, open(found, "w", encoding="utf-8") as out:
        for line in f:
            key, cluster = line.split("\t")[:2]
            out.write("%s\t%s\n" % (os.path.basename(key).removesuffix(".html"), cluster))
    return seconds


def kinds(b):
    """what kinds of copies are found and what stays apart"""
    tool, found, figures = os.path.join(b.build, "bench", "bench_cluster"), os.path.join(b.work, "found.tsv"), {}
    columns = ("4000 texts", "20000 texts", "4000 pages")
    for column, docs in zip(columns, (4000, 20000, 4000)):
        corpus, pages = syndicated(b, docs, 1, column.endswith("pages"))
        if column.endswith("pages"):
            take_pages(b, pages, found)
        else:
            printing([tool, corpus], found)
        text = subprocess.run([sys.executable, os.path.join(b.shared, "tools", "score_clusters.py"), corpus, found, "--by-kind"],
                              check=True, capture_output=True, text=True).stdout
        for line in text.splitlines():
            word = line.split()
            if len(word) > 2 and word[1] == "docs":
                alone = word[7] == "-"
                figures.setdefault(word[0], {})[column] = ("%s documents" % word[2], "%s pairs" % word[10]) if alone else (word[7], word[12])
    rows = []
    for kind in sorted(figures):
        cells = [figures[kind].get(c, ("-", "-")) for c in columns]
        rows.append((kind, *(x for cell in cells for x in cell)))
    header = ("kind", *(c + h for c in columns for h in (", recall", ", precision")))
    return ("Near copies by kind", "Of seed 1: of pairs with a member of the kind, how many were found, and of those found how many are "
            "right. Of kinds that stand alone (brief, roundup, single, topic): how many documents there are, and how many pairs were "
            "found with one of them, each of which is wrong.", header, rows)


# memory comes first: the peak of a child counts that of the process it was forked from, which grows here later on.
SECTIONS = [memory, ingest, archive_sizes, levels, cleaning, ablation, ablation_text, furniture, copies, copied_pages, kinds, reading]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--build", default="build")
    ap.add_argument("--shared", required=True)
    ap.add_argument("--only", action="append", help="name of a section; RESULTS.md is left alone")
    args = ap.parse_args()
    text = ["# Results of `make bench`", "", "%s, %d processors, %s." % (
        platform.machine(), os.cpu_count(), time.strftime("%Y-%m-%d", time.gmtime())), ""]
    with tempfile.TemporaryDirectory(prefix="pressmark-bench.") as work:
        b = Bench(args.build, args.shared, work)
        for section in SECTIONS:
            if args.only and section.__name__ not in args.only:
                continue
            title, notes, header, rows = section(b)
            text += ["## " + title, "", notes, "", "| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
            text += ["| " + " | ".join(r) + " |" for r in rows] + [""]
            print("\n".join(text[-len(rows) - 6:]), flush=True)
    if not args.only:
        with open(os.path.join(HERE, "RESULTS.md"), "w", encoding="utf-8") as f:
            f.write("\n".join(text))


main()
