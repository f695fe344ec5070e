#!/usr/bin/env python3
"""Whole ingest with warcio + trafilatura + datasketch: peer_usual.py IN.warc OUT.warc.gz"""
import io
import sys

import trafilatura
from datasketch import MinHash
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter


def main():
    prints = []
    with open(sys.argv[1], "rb") as f, open(sys.argv[2], "wb") as out:
        writer = WARCWriter(out, gzip=True)
        for r in ArchiveIterator(f):
            if r.rec_type not in ("resource", "response"):
                continue
            body = r.content_stream().read()
            uri = r.rec_headers.get_header("WARC-Target-URI")
            text = trafilatura.extract(body) or ""
            words = text.lower().split()
            m = MinHash(num_perm=128)
            m.update_batch([" ".join(words[i:i + 5]).encode() for i in range(max(1, len(words) - 4))])
            prints.append(m.digest())
            writer.write_record(writer.create_warc_record(uri, "resource", payload=io.BytesIO(body)))
            writer.write_record(writer.create_warc_record(uri, "conversion", payload=io.BytesIO(text.encode())))
    print(len(prints))


main()
