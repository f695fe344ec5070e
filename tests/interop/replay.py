"""Let pywb replay an export and compare each page with the archive: replay.py PRESSMARK ARCHIVE WB-MANAGER WAYBACK FILE

FILE is a .warc.gz or a .wacz of the whole ARCHIVE. Works in the current directory; serves on a free port of this machine only.
Every capture is asked for by URL and time, without rewriting ("id_"), and its bytes compared with `restore`.
"""
import csv
import http.client
import io
import socket
import subprocess
import sys
import time
import urllib.parse


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def ask(port, path):
    """Status and body; redirects to the exact time are followed."""
    for _ in range(3):
        c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        c.request("GET", path)
        r = c.getresponse()
        body, where = r.read(), r.getheader("Location")
        c.close()
        if r.status not in (301, 302, 307) or not where:
            break
        path = urllib.parse.urlsplit(where)._replace(scheme="", netloc="").geturl()
    return r.status, body


def wait(port, server):
    for _ in range(300):
        try:
            ask(port, "/")
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    sys.exit("pywb does not start")


def main():
    pressmark, archive, manager, wayback, path = sys.argv[1:]
    unpack = ["--unpack-wacz"] if path.endswith(".wacz") else []
    subprocess.run([manager, "init", "replay"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([manager, "add", *unpack, "replay", path], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    rows = subprocess.run([pressmark, "-a", archive, "export", "--all", "--form", "csv"], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    port, bad, pages = free_port(), 0, 0
    with open("wayback.log", "wb") as log:
        server = subprocess.Popen([wayback, "-b", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    try:
        wait(port, server)
        for row in csv.DictReader(io.StringIO(rows)):
            want = subprocess.run([pressmark, "-a", archive, "restore", row["id"]], check=True,
                                  stdout=subprocess.PIPE).stdout
            stamp = "".join(c for c in row["date"] if c.isdigit())[:14]
            status, got = ask(port, "/replay/%sid_/%s" % (stamp, row["url"]))
            pages += 1
            if got != want:
                bad += 1
                print("%s %s: status %d, %d bytes, not the %d captured" % (stamp, row["url"], status, len(got), len(want)))
    finally:
        server.terminate()
        server.wait()
    print("%s: %d pages replayed, %d differ" % (path, pages, bad))
    return 1 if bad or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
