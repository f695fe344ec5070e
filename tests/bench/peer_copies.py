#!/usr/bin/env python3
"""Near copies by MinHash tools: peer_copies.py (datasketch|rensa|gaoya) IN.jsonl OUT.tsv [PAGES (resiliparse|trafilatura)]

Shingles of five words, 128 permutations, pairs at an estimated Jaccard of 0.5 or more joined into clusters: what these tools'
own examples do. Prints processor seconds from text to clusters. With PAGES, a directory that has a page ID.html for each row,
the texts are what the extractor makes of the pages, and its time counts.
"""
import json
import os
import re
import sys
import time

WORD = re.compile(r"\w+")


def shingles(text):
    w = WORD.findall(text.lower())
    return [" ".join(w[i:i + 5]) for i in range(max(1, len(w) - 4))]


def datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    for i, text in enumerate(texts):
        m = MinHash(num_perm=128)
        m.update_batch([s.encode() for s in shingles(text)])
        yield i, [int(k) for k in lsh.query(m)]
        lsh.insert(str(i), m)


def rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    lsh, made = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), []
    for i, text in enumerate(texts):
        m = RMinHash(num_perm=128, seed=42)
        m.update(shingles(text))
        yield i, [k for k in lsh.query(m) if made[k].jaccard(m) >= 0.5]
        lsh.insert(i, m)
        made.append(m)


def gaoya(texts):
    from gaoya.minhash import MinHashStringIndex
    index = MinHashStringIndex(hash_size=32, jaccard_threshold=0.5, num_bands=42, band_size=3, analyzer="word", lowercase=True,
                               ngram_range=(5, 5))
    for i, text in enumerate(texts):
        yield i, index.query(text)
        index.insert_document(i, text)


def resiliparse(html):
    from resiliparse.extract.html2text import extract_plain_text
    return extract_plain_text(html, main_content=True)


def trafilatura(html):
    import trafilatura as t
    return t.extract(html) or ""


def pages(directory, extract, rows):
    for r in rows:
        with open(os.path.join(directory, r["id"] + ".html"), encoding="utf-8") as f:
            yield extract(f.read())


def main():
    with open(sys.argv[2], encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    texts = (r["text"] for r in rows)
    if len(sys.argv) > 4:
        texts = pages(sys.argv[4], {"resiliparse": resiliparse, "trafilatura": trafilatura}[sys.argv[5]], rows)
    parent = list(range(len(rows)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i
    start = time.process_time()
    find = {"datasketch": datasketch, "rensa": rensa, "gaoya": gaoya}[sys.argv[1]]
    for i, found in find(texts):
        for k in found:
            parent[root(i)] = root(k)
    print("%.4f" % (time.process_time() - start))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        for i, r in enumerate(rows):
            out.write("%s\t%d\n" % (r["id"], root(i)))


main()
