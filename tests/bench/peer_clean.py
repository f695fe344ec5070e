#!/usr/bin/env python3
"""Main text by another extractor, pages in memory: peer_clean.py (resiliparse|trafilatura|precision) OUT FILE...

Writes OUT/NAME.txt for each page; prints processor seconds, start-up and reading left out.
"""
import os
import sys
import time

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
import trafilatura


def resiliparse(page):
    return extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)


def usual(page):
    return trafilatura.extract(page, include_comments=False) or ""


def precision(page):
    return trafilatura.extract(page, include_comments=False, favor_precision=True) or ""


def main():
    extract = {"resiliparse": resiliparse, "trafilatura": usual, "precision": precision}[sys.argv[1]]
    pages = []
    for name in sys.argv[3:]:
        with open(name, "rb") as f:
            pages.append((os.path.basename(name).rsplit(".", 1)[0], f.read()))
    start = time.process_time()
    texts = [extract(page) for _, page in pages]
    print("%.4f" % (time.process_time() - start))
    for (name, _), text in zip(pages, texts):
        with open(os.path.join(sys.argv[2], name + ".txt"), "w", encoding="utf-8", errors="replace") as f:
            f.write(text)


main()
