#!/usr/bin/env python3
"""Fit the weights of the HTML cleaner: fit_blocks.py --shared DIR [--build DIR] [--halves] [--anew] [--out FILE]

Learns from pages whose bodies editors cut (article-bodies, news-bodies), from the strings that belong to a page's text or
do not (article-segments), and with a small weight from expected texts (readability-cases). Logistic regression by Newton's
method. By default the first round stays as it is and the second is kept near the table there is by a ridge around it;
--anew fits both rounds from nothing. --halves prints the scores of either half of the pages, parted by a hash of their
names, after fitting on the other half. Then fits on all pages, prints their scores, and writes lib/clean_weights.c. The
scores are those of the blocks alone; the cleaner also falls back when too little is kept.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

import numpy as np
from fit_pages import WORD, Page, dump, part, squeeze, unpack

HERE = os.path.dirname(os.path.abspath(__file__))
RIDGE, ROUNDS = 20.0, 6
EDITED, LABELLED, EXPECTED = 2.0, 1.5, 0.5     # weight of a page with an editor's cut, of a string, of an expected text


def tables(args):
    """the weights there are -> (2, features)"""
    out = subprocess.run([os.path.join(args.build, "bench", "bench_blocks"), "-w"], check=True, capture_output=True).stdout
    return np.frombuffer(out, np.float32).reshape(2, -1).astype(float)


def label(page, work):
    """what is kept, and how much each block counts"""
    if page.kind == "segments":
        flat = [squeeze(t) for t in page.lines]
        page.keep, page.weight = np.zeros(len(flat)), np.zeros(len(flat))
        for s in page.inside:
            at = [i for i, t in enumerate(flat) if s in t]
            for i in at:
                page.keep[i] = 1
                page.weight[i] += LABELLED / len(at)
        for s in page.outside:
            for i, t in enumerate(flat):
                page.weight[i] += LABELLED if s in t and not page.keep[i] else 0
        return
    page.label(page.body)
    size = np.array([len(w) for w in page.words])
    page.weight = np.where(size > 0, 0.4 + np.sqrt(size) / 4, 0)
    page.weight *= min(1, 40 / max(1, page.weight.sum())) * (EDITED if page.kind == "bodies" else EXPECTED)


def lines_of(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def truths(work):
    """{path: what is known of the page}"""
    found = {}
    for name in ("article-bodies", "news-bodies"):
        for r in lines_of(os.path.join(work, name, "bodies.jsonl")):
            found[os.path.join(work, name, "html", r["file"])] = ("bodies", name, r)
    for r in lines_of(os.path.join(work, "article-segments", "segments.jsonl")):
        found[os.path.join(work, "article-segments", "html", r["file"])] = ("segments", "article-segments", r)
    base = os.path.join(work, "readability-cases")
    for case in sorted(os.listdir(base)):
        text = os.path.join(base, case, "expected.txt")
        if os.path.exists(text):
            with open(text, encoding="utf-8") as f:
                found[os.path.join(base, case, "source.html")] = ("expected", "readability-cases", {"body": f.read()})
    return found


def load(args, work, known, more=()):
    command = [os.path.join(args.build, "bench", "bench_blocks"), *more]
    names, found = dump(command, sorted(known))
    pages = []
    for path, (lines, features) in found.items():
        page = Page(path, lines, features)
        page.kind, page.set, truth = known[path]
        page.name = os.path.relpath(path, work)
        page.body = truth.get("body") or ""
        page.inside, page.outside = [[squeeze(s) for s in truth.get(k, ())] for k in ("with", "without")]
        label(page, work)
        pages.append(page)
    return names, pages


def fit(pages, near, ridge, columns):
    """-> weights; those of other columns stay as they are near"""
    use = [(p, p.weight > 0) for p in pages]
    x = np.concatenate([p.features[m] for p, m in use])[:, :columns].astype(float)
    y = np.concatenate([p.keep[m] for p, m in use]).astype(float)
    w = np.concatenate([p.weight[m] for p, m in use])
    b = near[:columns].copy()
    hold = np.full(columns, ridge)
    hold[0] = min(ridge, 0.1) if not near.any() else ridge
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -30, 30)))
        slope = x.T @ (w * (p - y)) + hold * (b - near[:columns])
        curve = (x * (w * np.maximum(p * (1 - p), 1e-4))[:, None]).T @ x + np.diag(hold)
        b -= np.linalg.solve(curve, slope)
    return np.concatenate([b, near[columns:]])


def grams(words, n=4):
    if len(words) <= n:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[i:] for i in range(n))))


def of_bodies(pages, weights):
    precision, recall, exact = [], [], 0
    for p in pages:
        kept = p.features @ weights > 0
        words = [w for line, k in zip(p.words, kept) if k for w in line]
        truth = WORD.findall(p.body)
        a, b = grams(words), grams(truth)
        common = sum((a & b).values())
        precision += [common / sum(a.values())] if a else []
        recall += [common / sum(b.values())] if b else []
        exact += words == truth
    p, r = np.mean(precision), np.mean(recall)
    return "F1 %.4f exact %.3f" % (2 * p * r / (p + r), exact / len(pages))


def of_segments(pages, weights):
    tp = fp = fn = 0
    for p in pages:
        kept = p.features @ weights > 0
        text = squeeze("\n".join(t for t, k in zip(p.lines, kept) if k))
        hit = sum(s in text for s in p.inside)
        tp, fn, fp = tp + hit, fn + len(p.inside) - hit, fp + sum(s in text for s in p.outside)
    return "F1 %.4f" % (2 * tp / max(1, 2 * tp + fp + fn))


def of_expected(pages, weights):
    found = []
    for p in pages:
        kept = p.features @ weights > 0
        a, b = Counter(WORD.findall(p.body)), Counter(w for line, k in zip(p.words, kept) if k for w in line)
        found.append(2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values())))
    return "F1 %.4f" % np.mean(found)


def report(pages, weights, what):
    score = {"bodies": of_bodies, "segments": of_segments, "expected": of_expected}
    for name in sorted({p.set for p in pages}):
        some = [p for p in pages if p.set == name]
        print("%-14s %-18s %s" % (what, name, score[some[0].kind](some, weights)), flush=True)


def both_rounds(args, work, known, pages, old, learn):
    """weights of the two rounds, fitted on the pages that `learn` takes; the pages, with those of the first at work"""
    if not args.anew:
        return old[0], fit(list(filter(learn, pages)), old[1], RIDGE, old.shape[1]), pages
    context = next(i for i, n in enumerate(args.names) if n == "first-score")
    first = fit(list(filter(learn, pages)), np.zeros(old.shape[1]), 1.0, context)
    table = os.path.join(work, "weights")
    with open(table, "wb") as f:
        f.write(np.round(first, 2).astype(np.float32).tobytes())
    pages = load(args, work, known, ["-W", table])[1]
    return first, fit(list(filter(learn, pages)), np.zeros(old.shape[1]), 1.0, old.shape[1]), pages


HEAD = '''/*
 * clean_weights.c - the weights of clean_score.h: data only, written by tests/bench/fit_blocks.py.
 *
 * In the order of enum pm_feature; in log-odds for a feature of 1.
 */
#include "clean_score.h"

/* clang-format off */
'''


def write(path, rounds):
    with open(path, "w", encoding="utf-8") as f:
        f.write(HEAD)
        for name, table in zip(("first", "second"), rounds):
            cells = [("%.2f" % (x + 0.0)).replace("-0.00", "0.00") + "f," for x in table]
            rows = ["    %s /* %d */\n" % (" ".join(cells[i:i + 8]), i) for i in range(0, len(cells), 8)]
            f.write("const struct pm_clean_weights pm_clean_weights_%s = {{\n%s}};\n" % (name, "".join(rows)))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--build", default="build")
    ap.add_argument("--shared", required=True)
    ap.add_argument("--halves", action="store_true", help="also score either half with weights of the other")
    ap.add_argument("--anew", action="store_true", help="fit both rounds from nothing")
    ap.add_argument("--out", default=os.path.join(HERE, "..", "..", "lib", "clean_weights.c"))
    args = ap.parse_args()
    args.build, args.shared = os.path.abspath(args.build), os.path.abspath(args.shared)
    old = tables(args)
    with tempfile.TemporaryDirectory(prefix="pressmark-fit.") as work:
        unpack(args.shared, work)
        known = truths(work)
        args.names, pages = load(args, work, known)
        report(pages, old[1], "as it is")
        for half in (0, 1) if args.halves else ():
            _, second, seen = both_rounds(args, work, known, pages, old, lambda p: part(p.name, 2) != half)
            report([p for p in seen if part(p.name, 2) == half], second, "left out, %d" % half)
        first, second, pages = both_rounds(args, work, known, pages, old, lambda p: True)
        report(pages, np.round(second, 2), "fitted on all")
        write(args.out, (first, second))


main()
