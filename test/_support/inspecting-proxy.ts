import { createServer } from 'node:http';
import { TLSSocket } from 'node:tls';
import { startLocalServer } from './local-server.ts';

/** The certificate of a company that nobody else trusts. It and the next ones are valid until 2126. */
export const companyCertificate = `-----BEGIN CERTIFICATE-----
MIIBlDCCATugAwIBAgIUZMnfu4D3GEb/mzcXgLAeh7AbKfIwCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUQ29tcGFueSBDQSBvZiBhIHRlc3QwIBcNMjYxMTI3MjIwMDE5
WhgPMjEyNjExMDMyMjAwMTlaMB8xHTAbBgNVBAMMFENvbXBhbnkgQ0Egb2YgYSB0
ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1XUvy46qkZ1gt3i00Kc2oFeM
EjBpJagkIEBfrczIKTk53tkzj+daFJdXaPTF5YTvibIwQnKowfnvUSqjrYxAq6NT
MFEwHQYDVR0OBBYEFHmyjl25TP4ZJStKR+q5T0eU4qMKMB8GA1UdIwQYMBaAFHmy
jl25TP4ZJStKR+q5T0eU4qMKMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
RwAwRAIgLVoaEs+RrIxy4PrQe8hIVg6q0haZO/F0O3sofBW7JVkCICc/p6HJ5uvv
iaYpzeCcEoLosrVJRSB8od9hfrCbgY0H
-----END CERTIFICATE-----
`;

// Signed by the one above, for *.amazonaws.com. They open nothing.
const serverCertificate = `-----BEGIN CERTIFICATE-----
MIIBwTCCAWegAwIBAgIUXmoS0MXlIWG7BFrdSF00qrvVlsowCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUQ29tcGFueSBDQSBvZiBhIHRlc3QwIBcNMjYxMTI3MjIwMDE5
WhgPMjEyNjExMDMyMjAwMTlaMBgxFjAUBgNVBAMMDWFtYXpvbmF3cy5jb20wWTAT
BgcqhkjOPQIBBggqhkjOPQMBBwNCAAQx6J6PzQhJclDLwBJOsuIDt4/eF2cgfafz
HJihH5ukGrGrfjb6maZ3uF38QPICNTaOKjK3bzv94iaVi5ypen5Fo4GFMIGCMEAG
A1UdEQQ5MDeCDyouYW1hem9uYXdzLmNvbYIZKi51cy1lYXN0LTEuYW1hem9uYXdz
LmNvbYIJbG9jYWxob3N0MB0GA1UdDgQWBBTH+pBH3wrgsqLT5Hdkj4fZsbILuzAf
BgNVHSMEGDAWgBR5so5duUz+GSUrSkfquU9HlOKjCjAKBggqhkjOPQQDAgNIADBF
AiAyfD30QbNCEWkgv1HC+km4QnjrN564cLI8S5Kw1lU9TQIhANxcoYKNsXxk+Sug
gY3sPpGPzm3Zbf/wfG5OJa0HxgZf
-----END CERTIFICATE-----
`;
const serverKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgYY4IWuR7QkpuyC5P
nhPvrTQs5P1q1sl3mbOSGjKBzTuhRANCAAQx6J6PzQhJclDLwBJOsuIDt4/eF2cg
fafzHJihH5ukGrGrfjb6maZ3uF38QPICNTaOKjK3bzv94iaVi5ypen5F
-----END PRIVATE KEY-----
`;

/** A proxy as companies have them: it reads what is sent to AWS, and shows certificates of its own. Answers every call. */
export const startInspectingProxy = async (answer: string) => {
  const asked: string[] = [];
  const inside = createServer((request, response) => {
    request.resume().on('end', () => response.end(answer));
  });
  const { server, port } = await startLocalServer(() => {});
  server.on('connect', ({ url }, socket) => {
    asked.push(String(url));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secure = new TLSSocket(socket, { isServer: true, key: serverKey, cert: serverCertificate });
    secure.on('error', () => undefined);
    socket.on('error', () => undefined);
    inside.emit('connection', secure);
  });
  return { asked, host: `127.0.0.1:${port}` };
};
