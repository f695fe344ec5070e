"""A small site on a free port of this machine, until standard input ends: site.py DIR. Prints the port.

DIR gets the pages, each in a file named as its path with "%2F" for slashes, so that what crawlers save can be compared.
"""
import gzip
import http.server
import os
import sys
import threading
import urllib.parse

TEXT = "<p>The harbour of %s will be closed for the winter, the ministry said in a statement on Tuesday.</p>" \
       "<p>Ships go north until the ice is gone, a spokesman said, and the cranes of %s stand still.</p>"


def page(name, links=""):
    return ("<!DOCTYPE html><html><head><title>%s</title></head><body><article><h1>%s</h1>%s</article><ul>%s</ul></body></html>"
            % (name, name, TEXT % (name, name), links)).encode()


def link(path):
    return '<li><a href="%s">%s</a></li>' % (path, path)


PAGES = {
    "/": page("Start", "".join(map(link, ["/news/one.html", "/news/", "/list?page=2", "/old", "/gone", "/packed"]))
              + '<img src="/logo.png">'),
    "/news/": page("News", link("two.html")),
    "/news/one.html": page("One"),
    "/news/two.html": page("Two"),
    "/list?page=2": page("List"),
    "/packed": page("Packed"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, kind, body, more = 200, "text/html; charset=utf-8", PAGES.get(self.path), {}
        if self.path == "/old":
            status, body, more = 301, b"", {"Location": "/news/one.html"}
        elif self.path == "/logo.png":
            kind, body = "image/png", b"\x89PNG\r\n\x1a\n"
        elif body is None:
            status, body = 404, b"<p>not here</p>"
        elif self.path == "/packed" and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, more = gzip.compress(body, mtime=0), {"Content-Encoding": "gzip"}
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def main():
    for path, body in PAGES.items():
        with open(os.path.join(sys.argv[1], urllib.parse.quote(path, safe="")), "wb") as f:
            f.write(body)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
