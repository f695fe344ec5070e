#!/usr/bin/env python3
"""Make testdata/warc: small WARC and ARC files, each with one fault. Needs the zstandard module."""
import base64
import gzip
import hashlib
import os
import struct
import sys
import uuid

import zstandard

OUT = sys.argv[1] if len(sys.argv) > 1 else "testdata/warc"


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def block(i):
    body = ("<html><title>Page %d</title><p>The harbour of Port Ellery was closed on day %d.</p></html>\n" % (i, i)).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def record(i, length=None, eol=b"\r\n", trailer=None, version=b"WARC/1.1", extra=b"", data=None, digest=True):
    data = block(i) if data is None else data
    lines = [version, b"WARC-Type: response", b"WARC-Record-ID: <urn:uuid:%s>" % str(uuid.UUID(int=i)).encode(),
             b"WARC-Date: 2024-03-0%dT10:00:00Z" % i, b"WARC-Target-URI: http://port-ellery.example/%d" % i]
    if digest:
        lines.append(b"WARC-Block-Digest: " + sha1(data).encode())
    lines.append(b"Content-Type: application/http; msgtype=response")
    if extra:
        lines.append(extra)
    if length is None:
        length = b"%d" % len(data)
    if length != b"":
        lines.append(b"Content-Length: " + length)
    return eol.join(lines) + eol + eol + data + (eol + eol if trailer is None else trailer)


def put(name, data):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(data)


def flip(data, at, bit=4):
    return data[:at] + bytes([data[at] ^ bit]) + data[at + 1:]


def gz(data):
    return gzip.compress(data, 9, mtime=0)


def zst(data, **kw):
    return zstandard.ZstdCompressor(level=9, write_checksum=True, write_content_size=True, **kw).compress(data)


def middle(**kw):
    return record(1) + record(2, **kw) + record(3)


def arc(i, length=None, data=None):
    data = block(i) if data is None else data
    head = b"http://port-ellery.example/%d 192.0.2.1 2004030%d100000 text/html %s\n" % (
        i, i, b"%d" % len(data) if length is None else length)
    return head + data + b"\n"


def main():
    os.makedirs(OUT, exist_ok=True)
    r = [None, record(1), record(2), record(3)]
    n = len(block(2))
    put("ok.warc", r[1] + r[2] + r[3])
    put("lf-only.warc", b"".join(record(i, eol=b"\n") for i in (1, 2, 3)))
    put("no-trailer.warc", middle(trailer=b""))
    put("one-crlf.warc", middle(trailer=b"\r\n"))
    put("cl-short.warc", middle(length=b"%d" % (n - 1)))
    put("cl-long.warc", middle(length=b"%d" % (n + 1)))
    put("cl-far.warc", middle(length=b"%d" % (n + 300)))
    put("cl-past-end.warc", middle(length=b"900000"))
    put("cl-missing.warc", middle(length=b""))
    put("cl-garbage.warc", middle(length=b"abc"))
    put("cl-negative.warc", middle(length=b"-5"))
    put("cl-huge.warc", middle(length=b"9223372036854775808"))
    put("cl-twice.warc", middle(extra=b"Content-Length: 7"))
    put("cl-far-no-digest.warc", middle(length=b"%d" % (n + 300), digest=False))
    put("garbage-between.warc", r[1] + b"not a record\r\nat all\r\n" + r[2] + r[3])
    put("zeros-between.warc", r[1] + b"\0" * 600 + r[2] + r[3])
    put("bad-digest.warc", r[1] + r[2].replace(b"harbour", b"harvest") + r[3])
    put("cut-block.warc", r[1] + r[2] + r[3][:-60])
    put("cut-head.warc", r[1] + r[2] + r[3][:150])
    put("bom.warc", b"\xef\xbb\xbf" + r[1])
    put("folded-nul.warc", record(1, extra=b"X-Note: one\r\n\ttwo\0three"))
    put("nested.warc", record(1) + record(2, data=b"HTTP/1.1 200 OK\r\n\r\n" + r[1] + r[3]) + r[3])
    put("long-header.warc", record(1, extra=b"X-Long: " + b"x" * 20000))
    put("version-0.18.warc", record(1, version=b"WARC/0.18") + record(2, version=b"warc/1.0"))

    put("ok.warc.gz", b"".join(map(gz, r[1:])))
    put("whole.warc.gz", gz(r[1] + r[2] + r[3]))
    s = r[1] + r[2] + r[3]
    put("split.warc.gz", b"".join(gz(s[i:i + 170]) for i in range(0, len(s), 170)))
    put("mixed.warc.gz", gz(r[1]) + r[2] + gz(r[3]))
    put("mixed.warc", r[1] + gz(r[2]) + r[3])
    put("cl-far.warc.gz", gz(r[1]) + gz(record(2, length=b"%d" % (n + 300))) + gz(r[3]))
    put("flip.warc.gz", gz(r[1]) + flip(gz(r[2]), 60) + gz(r[3]))
    put("crc.warc.gz", gz(r[1]) + flip(gz(r[2]), -6 + len(gz(r[2]))) + gz(r[3]))
    put("cut.warc.gz", gz(r[1]) + gz(r[2]) + gz(r[3])[:-40])
    put("zeros.warc.gz", gz(r[1]) + b"\0" * 600)

    put("ok.warc.zst", b"".join(map(zst, r[1:])))
    put("solid.warc.zst", zst(s))
    put("no-size.warc.zst", zstandard.ZstdCompressor(level=9, write_content_size=False).compress(r[1]))
    put("two-frames.warc.zst", zst(r[1][:200]) + zst(r[1][200:]) + zst(r[2]))
    put("flip.warc.zst", zst(r[1]) + flip(zst(r[2]), 60) + zst(r[3]))
    put("cut.warc.zst", zst(r[1]) + zst(r[2]) + zst(r[3])[:-40])
    put("skippable.warc.zst", zst(r[1]) + struct.pack("<II", 0x184D2A53, 5) + b"hello" + zst(r[2]))
    d = zstandard.ZstdCompressionDict(r[1] + r[2], dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    frames = zst(r[1], dict_data=d) + zst(r[3], dict_data=d)
    packed = zst(r[1] + r[2])
    put("dict.warc.zst", struct.pack("<II", 0x184D2A5D, len(packed)) + packed + frames)
    raw = r[1] + r[2]
    put("dict-raw.warc.zst", struct.pack("<II", 0x184D2A5D, len(raw)) + raw + frames)
    trained = zstandard.train_dictionary(2000, [record(1 + i % 9, data=block(i)) for i in range(400)])
    put("dict-missing.warc.zst", zst(r[1], dict_data=trained) + zst(r[2], dict_data=trained) + zst(r[3]))
    # A frame whose window is 2 GiB: magic, descriptor without content size, window, one raw block.
    wide = b"\x28\xb5\x2f\xfd\x00" + bytes([(31 - 10) << 3]) + struct.pack("<I", (len(r[2]) << 3) | 1)[:3] + r[2]
    put("wide-window.warc.zst", zst(r[1]) + wide + zst(r[3]))

    info = b"1 0 Port Ellery\nURL IP-address Archive-date Content-type Archive-length\n\n"
    first = b"filedesc://ellery.arc 192.0.2.1 20040301100000 text/plain %d\n" % len(info) + info + b"\n"
    put("ok.arc", first + arc(1) + arc(2))
    put("ok.arc.gz", gz(first) + gz(arc(1)) + gz(arc(2)))
    put("space.arc", first + arc(1).replace(b"example/1", b"example/a b c"))
    put("length.arc", first + arc(1, length=b"-1") + arc(2, length=b"99999") + arc(3))
    put("cut.arc", first + arc(1) + arc(2)[:-40])


main()
