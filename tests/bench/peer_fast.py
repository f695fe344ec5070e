#!/usr/bin/env python3
"""Whole ingest with FastWARC + Resiliparse + rensa: peer_fast.py IN.warc OUT.warc.zst [LEVEL]

Reads a WARC of pages, extracts the main text, makes a MinHash of its 5-word shingles, and writes each record
into a .warc.zst, a frame a record, with block digest; the text beside it as a conversion record.
"""
import hashlib
import base64
import sys
import uuid

import zstandard
from fastwarc.warc import ArchiveIterator, WarcRecordType
from rensa import RMinHash
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding


def record(kind, uri, date, block, extra=b""):
    digest = base64.b32encode(hashlib.sha1(block).digest())
    head = (b"WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\n"
            b"WARC-Block-Digest: sha1:%s\r\n%sContent-Length: %d\r\n\r\n" % (
                kind, str(uuid.uuid4()).encode(), uri, date, digest, extra, len(block)))
    return head + block + b"\r\n\r\n"


def main():
    level = int(sys.argv[3]) if len(sys.argv) > 3 else 9
    pack = zstandard.ZstdCompressor(level=level, write_checksum=True, write_content_size=True)
    prints = []
    with open(sys.argv[1], "rb") as f, open(sys.argv[2], "wb") as out:
        for r in ArchiveIterator(f, parse_http=False, record_types=WarcRecordType.resource | WarcRecordType.response):
            body = r.reader.read()
            html = bytes_to_str(body, detect_encoding(body))
            text = extract_plain_text(html, main_content=True)
            words = text.lower().split()
            m = RMinHash(num_perm=128, seed=42)
            m.update([" ".join(words[i:i + 5]) for i in range(max(1, len(words) - 4))])
            prints.append(m.digest())
            hashlib.sha256(body).digest()
            uri, date = r.headers["WARC-Target-URI"].encode(), r.headers["WARC-Date"].encode()
            out.write(pack.compress(record(b"resource", uri, date, body)))
            out.write(pack.compress(record(b"conversion", uri, date, text.encode())))
    print(len(prints))


main()
