filedesc://ellery.arc 192.0.2.1 20040301100000 text/plain 73
1 0 Port Ellery
URL IP-address Archive-date Content-type Archive-length


http://port-ellery.example/1 192.0.2.1 20040301100000 text/html 153
HTTP/1.1 200 OK
Content-Type: text/html
Content-Length: 89

<html><title>Page 1</title><p>The harbour of Port Ellery was closed on day 1.</p></html>

http://port-ellery.example/2 192.0.2.1 20040302100000 text/html 153
HTTP/1.1 200 OK
Content-Type: text/html
Content-Length: 89

<html><title>Page 2</title><p>The harbour of Port 