#!/usr/bin/env python3
"""Near copies by MinHash tools: peer_copies.py (datasketch|rensa) IN.jsonl OUT.tsv

Shingles of five words, 128 permutations, pairs at an estimated Jaccard of 0.5 or more joined into clusters: what these tools'
own examples do. Prints processor seconds from text to clusters.
"""
import json
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


def main():
    with open(sys.argv[2], encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    parent = list(range(len(rows)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i
    start = time.process_time()
    find = {"datasketch": datasketch, "rensa": rensa}[sys.argv[1]]
    for i, found in find([r["text"] for r in rows]):
        for k in found:
            parent[root(i)] = root(k)
    print("%.4f" % (time.process_time() - start))
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        for i, r in enumerate(rows):
            out.write("%s\t%d\n" % (r["id"], root(i)))


main()
