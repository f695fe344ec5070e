#!/usr/bin/env python3
"""Fit the weights of the line cleaner anew: fit_text.py --shared DIR [--build DIR] [--folds N] [--out FILE]

Learns from text pages whose bodies editors cut (article-bodies, news-bodies) and, with a small weight, from the text of
pages whose HTML pressmark cleaned itself (article-segments, corrected by the labels it has) or that have an expected text
(readability-cases); of those where the story begins is not learned, as they count standfirsts in. The text of an HTML page
is made with Resiliparse, as that of the text pages was.

The model is the chain of lib/text_chain.c; its likelihood, with a ridge, is climbed by L-BFGS. Prints the scores of
pages left out: pages are parted by a hash of their names, weights fitted on the others. Then fits on all pages, prints
their scores, and writes lib/text_weights.c.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
from fit_pages import Page, dump, part, squeeze, unpack
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree
from scipy.optimize import minimize

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS, STATES, ROWS = 7, 4, 8                  # as in text_score.h
ABOVE, STORY, BETWEEN, BELOW = range(STATES)
RIDGE, WEAK = 4.0, 0.1                         # ridge; weight of a page that no editor cut
WEAK_PAGES, WEAK_LINES, LINES_MAX = 300, 350, 900
NEVER = -1e9


def text_of(path):
    with open(path, "rb") as f:
        raw = f.read()
    return extract_plain_text(HTMLTree.parse_from_bytes(raw, detect_encoding(raw)), alt_texts=False, list_bullets=False)


def cleaned(program, files):
    """{name of file: text that pressmark makes of the page}"""
    out = subprocess.run([program, "clean", "--json", "--"] + files, capture_output=True).stdout
    rows = [json.loads(line) for line in out.decode("utf-8", "replace").splitlines() if line.startswith("{")]
    return {r["file"]: r["text"] or "" for r in rows if r.get("type") == "page"}


def weak_bodies(build, base):
    """pages without an editor's cut -> {path: (body, strings that belong to it, strings that do not)}"""
    html = os.path.join(base, "article-segments", "html")
    found = {}
    with open(os.path.join(base, "article-segments", "segments.jsonl"), encoding="utf-8") as f:
        labels = {os.path.join(html, r["file"]): r for r in map(json.loads, f)}
    for path, body in cleaned(os.path.join(build, "pressmark"), sorted(labels)).items():
        have, flat = labels[path], squeeze(body)
        want, not_want = [[squeeze(s) for s in have[k]] for k in ("with", "without")]
        if len(body) > 200 and all(s in flat for s in want) and not any(s in flat for s in not_want):
            found[path] = (body, want, not_want)
    return dict(sorted(found.items()))


def load(args, work):
    """-> names of features, pages"""
    unpack(args.shared, work)
    bodies, weak = {}, {}
    for name in ("article-bodies", "news-bodies"):
        with open(os.path.join(work, name, "bodies.jsonl"), encoding="utf-8") as f:
            for r in map(json.loads, f):
                bodies[os.path.join(work, name, "plain", r["file"][:-5] + ".txt")] = r["body"] or ""
    texts = os.path.join(work, "texts")
    os.mkdir(texts)
    for path, label in weak_bodies(args.build, work).items():
        name = os.path.join(texts, os.path.basename(path)[:-5] + ".txt")
        with open(name, "w", encoding="utf-8") as f:
            f.write(text_of(path))
        weak[name] = label
    names, found = dump([os.path.join(args.build, "bench", "bench_features")], sorted(bodies) + sorted(weak))
    pages, n = [], 0
    for path, (lines, features) in found.items():
        edited = path in bodies
        if not lines or (not edited and (len(lines) >= WEAK_LINES or n == WEAK_PAGES)):
            continue
        page = Page(path, lines, features)
        page.edited, page.weight = edited, 1.0 if edited else WEAK
        page.label(bodies[path] if edited else weak[path][0])
        for i, line in enumerate(lines if not edited else ()):
            inside, outside = [any(s in line for s in weak[path][k]) for k in (1, 2)]
            page.keep[i] = inside if inside != outside else page.keep[i]
        n += not edited
        pages.append(page)
    return names, pages


# ---- the chain ----

def allowed(page):
    """which states a line may have; where the story of a weak page begins is left open"""
    on = np.flatnonzero(page.keep)
    first, last = on[0], on[-1]
    ok = np.zeros((len(page.lines), STATES), bool)
    ok[:first, ABOVE] = ok[last + 1:, BELOW] = True
    ok[first:last + 1, STORY] = page.keep[first:last + 1]
    ok[first:last + 1, BETWEEN] = ~page.keep[first:last + 1]
    if not page.edited:
        ok[max(0, first - 5):first, STORY] = True
        ok[first:min(last, first + 1), ABOVE] = True
    return ok


class Batch:
    """pages of about one length, side by side"""

    def __init__(self, pages):
        self.n = np.array([len(p.lines) for p in pages])
        self.rows = np.arange(len(pages))
        longest, width = self.n.max(), pages[0].features.shape[1]
        self.f = np.zeros((len(pages), longest, width), np.float32)
        self.ok = np.ones((len(pages), longest, STATES), bool)
        self.weight = np.array([p.weight for p in pages])
        for k, p in enumerate(pages):
            self.f[k, :len(p.lines)] = p.features
            self.ok[k, :len(p.lines)] = allowed(p)


def batches(pages, size=30000):
    found = []
    for p in sorted((p for p in pages if p.keep.any() and len(p.lines) <= LINES_MAX), key=lambda p: len(p.lines)):
        if not found or (len(found[-1]) + 1) * len(p.lines) > size:
            found.append([])
        found[-1].append(p)
    return [Batch(group) for group in found]


def add(*logs):
    most = np.maximum.reduce(logs)
    return most + np.log(sum(np.exp(x - most) for x in logs))


def sums(score, begin, end, last, n, step):
    """forwards and backwards over (page, line, state) -> log of all paths, likelihoods of states, of beginning with
    and of having ended above a line, of ending with the page; counts of the three steps"""
    leave, stay, enter = step
    score, begin, end = score.transpose(1, 0, 2), begin.T, end.T
    lines, pages, _ = score.shape
    at, final = np.arange(pages), n - 1
    a = np.full((lines, pages, STATES), NEVER)
    b = np.full((lines, pages, STATES), NEVER)
    a[0, :, ABOVE] = score[0, :, ABOVE]
    a[0, :, STORY] = score[0, :, STORY] + begin[0]
    for t in range(1, lines):
        q = a[t - 1]
        a[t, :, ABOVE] = q[:, ABOVE] + score[t, :, ABOVE]
        a[t, :, STORY] = score[t, :, STORY] + add(q[:, ABOVE] + begin[t], q[:, STORY], q[:, BETWEEN] + enter)
        a[t, :, BETWEEN] = score[t, :, BETWEEN] + np.logaddexp(q[:, STORY] + leave, q[:, BETWEEN] + stay)
        a[t, :, BELOW] = score[t, :, BELOW] + np.logaddexp(q[:, STORY] + end[t], q[:, BELOW])
    whole = np.logaddexp(a[final, at, STORY] + last, a[final, at, BELOW])
    for t in range(lines - 1, -1, -1):
        now = np.full((pages, STATES), NEVER)
        if t + 1 < lines:
            q = b[t + 1] + score[t + 1]
            now[:, ABOVE] = np.logaddexp(q[:, ABOVE], q[:, STORY] + begin[t + 1])
            now[:, STORY] = add(q[:, STORY], q[:, BETWEEN] + leave, q[:, BELOW] + end[t + 1])
            now[:, BETWEEN] = np.logaddexp(q[:, STORY] + enter, q[:, BETWEEN] + stay)
            now[:, BELOW] = q[:, BELOW]
        now[final <= t] = NEVER
        now[final == t, STORY] = last[final == t]
        now[final == t, BELOW] = 0
        b[t] = now
    likely = lambda x: np.exp(np.clip(x - whole, -80, 0))
    here = np.exp(np.clip(a + b - whole[None, :, None], -80, 0)) * (np.arange(lines)[:, None] < n)[:, :, None]
    begins, ends = np.zeros((lines, pages)), np.zeros((lines, pages))
    begins[0] = here[0, :, STORY]
    to = score[1:] + b[1:]
    begins[1:] = likely(a[:-1, :, ABOVE] + begin[1:] + to[:, :, STORY])
    ends[1:] = likely(a[:-1, :, STORY] + end[1:] + to[:, :, BELOW])
    steps = [likely(a[:-1, :, STORY] + leave + to[:, :, BETWEEN]).sum(0),
             likely(a[:-1, :, BETWEEN] + stay + to[:, :, BETWEEN]).sum(0),
             likely(a[:-1, :, BETWEEN] + enter + to[:, :, STORY]).sum(0)]
    return whole, here.transpose(1, 0, 2), begins.T, ends.T, here[final, at, STORY], np.array(steps)


def loss_of(batch, weights, step):
    """how much less likely the labels are than all paths, its slope by weight and by step"""
    parts = (batch.f @ weights.T.astype(np.float32)).astype(np.float64)
    pages, lines, _ = parts.shape
    score = np.zeros((pages, lines, STATES))
    score[:, :, 1:] = parts[:, :, :3]
    begin, end = parts[:, :, 3].copy(), np.zeros((pages, lines))
    begin[:, 1:] += parts[:, :-1, 4]
    end[:, 1:] = parts[:, :-1, 5] + parts[:, 1:, 6]
    last = parts[batch.rows, batch.n - 1, 5]
    twice = lambda x: np.concatenate([x, x])
    both = np.concatenate([score, np.where(batch.ok, score, NEVER)])
    whole, here, begins, ends, final, steps = sums(both, twice(begin), twice(end), twice(last), twice(batch.n), step)
    less = lambda x: (x[:pages] - x[pages:]) * batch.weight.reshape((-1,) + (1,) * (x.ndim - 1))
    slope = np.zeros((pages, lines, PARTS), np.float32)
    slope[:, :, :3] = less(here)[:, :, 1:]
    slope[:, :, 3] = less(begins)
    slope[:, :-1, 4] = slope[:, 1:, 3]
    slope[:, :, 6] = less(ends)
    slope[:, :-1, 5] = slope[:, 1:, 6]
    slope[batch.rows, batch.n - 1, 5] += less(final)
    by_weight = slope.reshape(-1, PARTS).T @ batch.f.reshape(-1, batch.f.shape[2])
    by_step = ((steps[:, :pages] - steps[:, pages:]) * batch.weight).sum(1)
    return less(whole).sum(), by_weight, by_step


def fit(pages, rounds=60):
    """-> (PARTS, features) weights, three steps"""
    groups = batches(pages)
    width = pages[0].features.shape[1]
    ridge = np.full((PARTS, width), RIDGE)
    ridge[:, 0] = 0.1

    def loss(x):
        weights, step = x[:PARTS * width].reshape(PARTS, width), x[PARTS * width:]
        total = 0.5 * (ridge * weights * weights).sum() + 0.05 * (step * step).sum()
        by_weight, by_step = ridge * weights, 0.1 * step
        for g in groups:
            one, w, s = loss_of(g, weights, step)
            total, by_weight, by_step = total + one, by_weight + w, by_step + s
        return total, np.concatenate([by_weight.ravel(), by_step])

    x = minimize(loss, np.zeros(PARTS * width + 3), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return x[:PARTS * width].reshape(PARTS, width), x[PARTS * width:]


# ---- scores and the table ----

def rows_of(weights):
    rows = np.zeros((weights.shape[1], ROWS), np.float32)
    rows[:, :PARTS] = np.round(weights.T, 2)
    return rows


def clean(args, work, pages, weights, step, out):
    """write the text of the pages, as the program cleans them with these weights"""
    table = os.path.join(work, "weights")
    with open(table, "wb") as f:
        f.write(rows_of(weights).tobytes() + np.round(step, 2).astype(np.float32).tobytes())
    subprocess.run([os.path.join(args.build, "bench", "bench_clean"), "-t", "-W", table, "-o", out] +
                   [p.path for p in pages], check=True, stdout=subprocess.DEVNULL)


def report(args, work, out, what):
    for name in ("article-bodies", "news-bodies"):
        got = subprocess.run([sys.executable, os.path.join(args.shared, "tools", "score_articles.py"), "bodies", out, "--gt",
                              os.path.join(work, name, "bodies.jsonl"), "--json"], check=True, capture_output=True, text=True)
        m = json.loads(got.stdout.splitlines()[-1])
        print("%-16s %-15s F1 %.4f  exact %.3f  precision %.4f  recall %.4f" %
              (what, name, m["f1"], m["accuracy"], m["precision"], m["recall"]), flush=True)


def left_out(args, work, pages, n):
    """each page cleaned with weights that were fitted on the parts it is not in"""
    out = os.path.join(work, "left-out-%d" % n)
    os.mkdir(out)
    for k in range(n):
        weights, step = fit([p for p in pages if not p.edited or part(p.name, n) != k])
        clean(args, work, [p for p in pages if p.edited and part(p.name, n) == k], weights, step, out)
    report(args, work, out, "half on half" if n == 2 else "%d parts" % n)


HEAD = '''/*
 * text_weights.c - the weights of text_score.h: data only, written by tests/bench/fit_text.py.
 *
 * A row a feature, in their order: in log-odds, for a feature of 1, how much likelier than above the story a line is in
 * it, between its lines, below it; what it adds to the story beginning with it, with the next line, ending with it, with
 * the one before.
 */
#include "text_score.h"

/* clang-format off */
const struct pm_text_weights pm_text_weights = {
    {
'''


def write(path, names, weights, step):
    number = lambda x: ("%.2f" % (x + 0.0)).replace("-0.00", "0.00") + "f"
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD)
        for name, row in zip(names, rows_of(weights)):
            f.write("        {%s}, /* %s */\n" % (", ".join(map(number, row[:PARTS])), name))
        f.write("    },\n    %s, %s, %s,\n};\n" % tuple(map(number, step)))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--build", default="build")
    ap.add_argument("--shared", required=True)
    ap.add_argument("--parts", type=int, action="append", default=[], help="also score with pages parted so; 2: half on half")
    ap.add_argument("--out", default=os.path.join(HERE, "..", "..", "lib", "text_weights.c"))
    args = ap.parse_args()
    args.build, args.shared = os.path.abspath(args.build), os.path.abspath(args.shared)
    with tempfile.TemporaryDirectory(prefix="pressmark-fit.") as work:
        names, pages = load(args, work)
        print("%d pages, %d of them edited" % (len(pages), sum(p.edited for p in pages)), flush=True)
        for n in args.parts:
            left_out(args, work, pages, n)
        weights, step = fit(pages)
        out = os.path.join(work, "all")
        os.mkdir(out)
        clean(args, work, [p for p in pages if p.edited], weights, step, out)
        report(args, work, out, "fitted on all")
        write(args.out, names, weights, step)


main()
