#!/usr/bin/env python3
"""Main text by another extractor, pages in memory: peer_clean.py CALL ROUNDS OUT FILE...

CALL is a key of CALLS. Writes OUT/NAME.txt for each page; prints the processor seconds of the best of ROUNDS rounds, start-up
and reading left out, as bench_clean does.
"""
import os
import sys
import time

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
import trafilatura


def decoded(page):
    return bytes_to_str(page, detect_encoding(page))


def resiliparse(page):
    return extract_plain_text(decoded(page), main_content=True)


def resiliparse_text(text):
    return extract_plain_text(text, main_content=True)


def body(page, **more):
    return trafilatura.extract(page, include_comments=False, **more) or ""


def precision(page):
    return body(page, favor_precision=True)


def fields(page):
    found = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    return (found.text if found else None) or ""


# What is called, and what each page is made before the clock starts.
CALLS = {
    "resiliparse": (resiliparse, None),
    "resiliparse-decoded": (resiliparse_text, decoded),
    "trafilatura": (body, None),
    "trafilatura-precision": (precision, None),
    "trafilatura-fields": (fields, None),
}


def main():
    extract, before = CALLS[sys.argv[1]]
    pages, best = [], None
    for name in sys.argv[4:]:
        with open(name, "rb") as f:
            page = f.read()
        pages.append((os.path.basename(name).rsplit(".", 1)[0], before(page) if before else page))
    for _ in range(int(sys.argv[2])):
        start = time.process_time()
        texts = [extract(page) for _, page in pages]
        spent = time.process_time() - start
        best = spent if best is None else min(best, spent)
    print("%.4f" % best)
    for (name, _), text in zip(pages, texts):
        with open(os.path.join(sys.argv[3], name + ".txt"), "w", encoding="utf-8", errors="replace") as f:
            f.write(text)


main()
