"""Small files made to cost, to mislead or to reach outside; each but for one thing like any other. make.py TESTDATA"""
import base64
import gzip
import struct
import sys
import warnings
import zipfile
import zlib

MIB = 1 << 20


def page(i):
    return (b"<html><head><title>Page %d</title></head><body><article><p>The harbour of town %d will be closed for the winter, "
            b"the ministry said on Tuesday.</p></article></body></html>" % (i, i))


def head(i, length, extra=b"", url=None, kind=b"application/http;msgtype=response"):
    return (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000%d>\r\n"
            b"WARC-Target-URI: %s\r\nWARC-Date: 2024-05-0%dT10:00:00Z\r\nContent-Type: %s\r\n%sContent-Length: %s\r\n\r\n"
            % (i, url or b"https://gazette.example/%d" % i, i, kind, extra, length))


def record(i, block=None, **kw):
    if block is None:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(i)
    return head(i, b"%d" % len(block), **kw) + block + b"\r\n\r\n"


def put(name, *parts):
    with open(name, "wb") as f:
        for part in parts:
            f.write(part)


def zeros(mib, start=b""):
    """So many MiB of zeros behind `start`, compressed: a MiB of them as often as it takes. The checksum is nobody's."""
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    begin = z.compress(start) + z.flush(zlib.Z_FULL_FLUSH)
    middle = z.compress(bytes(MIB)) + z.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + begin + middle * mib + z.flush() + bytes(8)


def zstd_zeros(mib):
    """The same as a zstd frame of blocks that say a byte and how often (RFC 8878, 3.1.1.2.2)."""
    blocks = mib * 8
    frame = b"\x28\xb5\x2f\xfd\x00" + bytes([7 << 3])  # a window of 128 KiB
    block = struct.pack("<I", (128 << 10) << 3 | 1 << 1)[:3] + b"\0"
    return frame + block * (blocks - 1) + struct.pack("<I", (128 << 10) << 3 | 1 << 1 | 1)[:3] + b"\0"


def raw_frame(data, window=20):
    """A zstd frame of one block, as it is; the window, in bits, is what a reader is asked to have room for."""
    return b"\x28\xb5\x2f\xfd\x00" + bytes([(window - 10) << 3]) + struct.pack("<I", len(data) << 3 | 1)[:3] + data


def http(coding, body):
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: " + coding + b"\r\n\r\n" + body


# 1 GiB of zeros by brotli 1.0.9
BROTLI = base64.b64decode(
    "z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACY"
    "A4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//8//8HQAIgDgtA9/6f"
    "////AEgAxGEB6N7/8///HwAJgDgsAN37f/7//wMgARCHBaB7/8///38AJADisAB07//5//8PgARAHBaA7v0/////AZAAiMMC0L3/5///PwASAH"
    "FYALr3//z//wdAAiAOC0D3/p////8ASADEYQHo3v/z//8fAAmAOCwA3ft//v//AyABEIcFoHv/z///fwAkAOKwAHTv//n//w+ABEAcFoDu/T//"
    "//8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4r"
    "AAdO//+f//D4AEQBwWgO79P////wGQAIjDAtC9/+f//z8AEgBxWAC69//8//8HQAIgDgtA9/6f////AEgAxGEB6N7/8///HwAJgDgsAN37f/7/"
    "/wMgARCHBaB7/8///38AJADisAB07//5//8PgARAHBaA7v0/////AZAAiMMC0L3/5///PwASAHFYALr3//z//wdAAiAOC0D3/p////8ASADEYQ"
    "Ho3v/z//8fAAmAOCwA3ft//v//AyABEIcFoHv/z///fwAkAOKwAHTv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//"
    "B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACYA4LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//D4AEQBwWgO79P////wGQAIjDAt"
    "C9/+f//z8AEgBxWAC69//8//8HQAIgDgtA9/6f////AEgAxGEB6N7/8///HwAJgDgsAN37f/7//wMgARCHBaB7/z8=")


def warcs():
    for name, length in (("past-end", b"99999999"), ("negative", b"-1"), ("two-to-63", b"9223372036854775808")):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(2)
        put(name + ".warc", record(1), head(2, length), block, b"\r\n\r\n", record(3))
    put("no-end.warc", record(1), b"WARC/1.1\r\nWARC-Type: response\r\n", b"X-More: of the same\r\n" * 400000)
    put("long-line.warc", record(1), record(2, extra=b"X-Long: " + b"x" * (10 * MIB) + b"\r\n"), record(3))
    put("nul.warc", record(1), record(2, block=b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n<p>a\0b", extra=b"X-Nul: a\0b\r\n",
                                      url=b"https://gazette.example/a\0b"), record(3))
    put("bodies.warc", record(1), record(2, block=http(b"gzip, gzip", gzip.compress(zeros(1024), 9))),
        record(3, block=http(b"zstd", zstd_zeros(1024))), record(4, block=http(b"br", BROTLI)),
        record(5, block=http(b"gzip", zeros(256))), record(6))
    first = head(2, b"%d" % (1 << 50)) + b"HTTP/1.1 200 OK\r\n\r\n"
    put("member.warc.gz", gzip.compress(record(1)), zeros(64, first), gzip.compress(record(3)))
    put("member.warc.zst", raw_frame(record(1)), zstd_zeros(1024), raw_frame(record(3)))
    put("window.warc.zst", raw_frame(record(1)), raw_frame(record(2), 31), raw_frame(record(3)))


def dictionaries(testdata):
    good = open(testdata + "/warc/dict.warc.zst", "rb").read()
    lost = open(testdata + "/warc/dict-missing.warc.zst", "rb").read()
    end = 8 + struct.unpack("<I", good[4:8])[0]
    put("dict-missing.warc.zst", good[end:])
    put("dict-wrong.warc.zst", good[:end], lost)
    put("dict-damaged.warc.zst", good[:60], bytes([good[60] ^ 1]), good[61:])


def zips():
    with zipfile.ZipFile("names.zip", "w") as z:
        for i, name in enumerate(("/abs/olute.html", "../../up.html", "a/../../b.html", "C:\\win.html", "twice.html", "twice.html")):
            z.writestr(zipfile.ZipInfo(name, (2024, 5, 1, 12, 0, 0)), page(i))
        link = zipfile.ZipInfo("link.html")
        link.external_attr = 0o120777 << 16
        z.writestr(link, "/etc/passwd")
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a.html", page(1))
        with z.open("bomb.html", "w") as f:
            f.write(b"<p>")
            for _ in range(96):
                f.write(b" " * MIB)
        z.writestr("c.html", page(3))
    data = bytearray(open("names.zip", "rb").read())
    end = data.rindex(b"PK\5\6")
    start, = struct.unpack("<I", data[end + 16:end + 20])
    count = 1 << 32
    zip64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, end - start, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0)
    put("count.zip", data[:end], zip64, locator, tail)
    # One page, named in the directory two thousand times.
    with zipfile.ZipFile("overlap.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("a.html", page(1) + b" " * MIB)
    data = open("overlap.zip", "rb").read()
    end = data.rindex(b"PK\5\6")
    start, = struct.unpack("<I", data[end + 16:end + 20])
    entry = data[start:end]
    put("overlap.zip", data[:start], entry * 2000,
        struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 2000, 2000, len(entry) * 2000, start, 0))


warnings.simplefilter("ignore") # of a name that is there twice
warcs()
dictionaries(sys.argv[1])
zips()
