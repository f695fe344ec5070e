"""Read a bundle of pressmark, with no code of pressmark: read_bundle.py [--raw] FILE

A bundle is a WARC file in which each record is a Zstandard frame (RFC 8878), or several. Frames that a reader may skip
(magic 0x184D2A50 to 0x184D2A5F) can stand between them. One of the kind 0x184D2A5D, first in the file, is a dictionary that
all other frames need; what it holds is itself one Zstandard frame, or the dictionary as it is.
Prints a line a record: offset and length of its frames, SHA-256 and type of the record. With --raw: the records themselves.
"""
import hashlib
import struct
import sys

import zstandard

ZSTD, SKIPPABLE, DICTIONARY = 0xFD2FB528, 0x184D2A50, 0x184D2A5D
STEP = 1 << 20


def frames(stream):
    """Offset, length and content of each frame that has one."""
    dictionary, offset, data = None, 0, b""
    while True:
        data += stream.read(max(0, 8 - len(data)))
        if not data:
            return
        magic, size = struct.unpack("<II", data[:8])
        if magic & 0xFFFFFFF0 == SKIPPABLE:
            data += stream.read(max(0, 8 + size - len(data)))
            if magic == DICTIONARY and offset == 0:
                raw = data[8:8 + size]
                if raw[:4] == struct.pack("<I", ZSTD):
                    raw = zstandard.ZstdDecompressor().decompress(raw)
                dictionary = zstandard.ZstdCompressionDict(raw)
            offset, data = offset + 8 + size, data[8 + size:]
            continue
        frame = zstandard.ZstdDecompressor(dict_data=dictionary).decompressobj()
        content, used = frame.decompress(data), len(data)
        while not frame.eof:
            data = stream.read(STEP)
            if not data:
                raise EOFError("the file ends inside the frame at %d" % offset)
            content, used = content + frame.decompress(data), used + len(data)
        data = frame.unused_data
        yield offset, used - len(data), content
        offset += used - len(data)


def records(stream):
    """Offset, length and bytes of each record: its head says how long it is, and two empty lines end it."""
    start, length, record = 0, 0, b""
    for offset, used, content in frames(stream):
        start, length, record = (start, length + used, record + content) if record else (offset, used, content)
        head = record.index(b"\r\n\r\n") + 4
        fields = dict(line.lower().split(b":", 1) for line in record[:head].splitlines() if b":" in line)
        whole = head + int(fields[b"content-length"]) + 4
        if len(record) >= whole:
            yield start, length, record, fields[b"warc-type"].strip().decode()
            record = b""


if __name__ == "__main__":
    for start, length, record, kind in records(open(sys.argv[-1], "rb")):
        if "--raw" in sys.argv:
            sys.stdout.buffer.write(record)
        else:
            print(start, length, hashlib.sha256(record).hexdigest(), kind, sep="|")
