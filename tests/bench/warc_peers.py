#!/usr/bin/env python3
"""FastWARC on the same files as bench_warc: "warc_peers.py [-c] [-n TIMES] FILE...", the same line a file."""
import argparse
import time

from fastwarc.warc import ArchiveIterator


def read_all(path, check):
    records = bad = size = 0
    with open(path, "rb") as f:
        for record in ArchiveIterator(f, parse_http=False):
            records += 1
            size += record.content_length
            if not check:
                record.reader.consume()
            elif not record.verify_block_digest():
                bad += 1
    return records, bad, size


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", action="store_true", help="check block digests")
    parser.add_argument("-n", type=int, default=3, help="runs a file; the best counts")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    for path in args.files:
        best = float("inf")
        for _ in range(args.n):
            start = time.perf_counter()
            records, bad, size = read_all(path, args.c)
            best = min(best, time.perf_counter() - start)
        print("%s: %d records, %d digests wrong, %d bytes, %.0f MB/s" % (path, records, bad, size, size / best / 1e6))


main()
