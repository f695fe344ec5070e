"""Read WARC files with FastWARC and warcio, and compare the digests in their records: check_warc.py FILE...

A line a file and reader; the exit status is 1 when a digest is wrong or missing, or the readers count differently.
warcio reads no zstd: such a file is unpacked for it first.
"""
import io
import sys

import zstandard
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

DICTIONARY = 0x184D2A5D


def unpacked(data):
    """The records of a .warc.zst as one plain file."""
    dictionary = None
    if int.from_bytes(data[:4], "little") == DICTIONARY:
        size = int.from_bytes(data[4:8], "little")
        raw = zstandard.ZstdDecompressor().decompress(data[8:8 + size])
        dictionary, data = zstandard.ZstdCompressionDict(raw), data[8 + size:]
    reader = zstandard.ZstdDecompressor(dict_data=dictionary).stream_reader(io.BytesIO(data), read_across_frames=True)
    return reader.read()


def fastwarc(path):
    records = bad = 0
    with open(path, "rb") as stream:
        for record in FastIterator(stream, parse_http=False):
            records += 1
            bad += not record.verify_block_digest(consume=False)
            record.parse_http()
            if record.headers.get("WARC-Payload-Digest") and record.record_type != WarcRecordType.revisit:
                bad += not record.verify_payload_digest()
    return records, bad


def warcio(path):
    records = bad = 0
    with open(path, "rb") as stream:
        data = stream.read()
    if path.endswith(".zst"):
        data = unpacked(data)
    for record in ArchiveIterator(io.BytesIO(data), check_digests=True):
        records += 1
        record.content_stream().read()
        bad += record.digest_checker.passed is False
    return records, bad


def main():
    good = True
    for path in sys.argv[1:]:
        counts = set()
        for reader in fastwarc, warcio:
            records, bad = reader(path)
            counts.add(records)
            good = good and bad == 0 and records > 0
            print("%s: %s: %d records, %d digests wrong" % (path, reader.__name__, records, bad))
        good = good and len(counts) == 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
