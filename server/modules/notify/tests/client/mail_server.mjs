// mail_server.mjs MODULES starttls|plain: npm's smtp-server with a certificate of its own. Prints {port, certificate},
// then a line for each mail, and ends after 8 s.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [modules, mode] = process.argv.slice(2);
const { SMTPServer } = createRequire(join(modules, "package.json"))(
  "smtp-server",
);

const folder = mkdtempSync(join(tmpdir(), "liveshop-mail-"));
const file = (name) => join(folder, name);
execFileSync(
  "openssl",
  [
    ...[
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
    ],
    ...["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
    ...["-keyout", file("key"), "-out", file("certificate")],
  ],
  { stdio: "ignore" },
);
const [key, cert] = [
  readFileSync(file("key")),
  readFileSync(file("certificate")),
];
rmSync(folder, { recursive: true });

const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const server = new SMTPServer({
  key,
  cert,
  authMethods: ["PLAIN"],
  ...(mode === "plain" && { hideSTARTTLS: true, authOptional: true }),
  onAuth: ({ username, password, method }, _session, done) =>
    done(password === "pass word" ? null : new Error("wrong"), {
      user: `${username} by ${method}`,
    }),
  onRcptTo: ({ address }, _session, done) =>
    done(
      address.startsWith("nobody")
        ? Object.assign(new Error("no such user"), { responseCode: 550 })
        : null,
    ),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const { envelope, secure, user = null } = session;
      print({
        secure,
        user,
        from: envelope.mailFrom.address,
        to: envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(parts).toString("latin1"),
      });
      done();
    });
  },
});
server.on("error", () => {}); // a client that refuses our certificate
server.listen(0, "127.0.0.1", () =>
  print({ port: server.server.address().port, certificate: cert.toString() }),
);
setTimeout(() => process.exit(), 8_000);
