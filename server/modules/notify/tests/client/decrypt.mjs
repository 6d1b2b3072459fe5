// decrypt.mjs MODULES PRIVATE_KEY AUTH BODY AUTHORIZATION: a push message as a browser reads it, and the VAPID token as
// a push service does. Everything in base64url; prints one line of JSON.
import { createECDH, createPublicKey, verify } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, private_key, auth, body, authorization] = process.argv.slice(2);
const ece = createRequire(join(modules, "package.json"))("http_ece");

const browser = createECDH("prime256v1");
browser.setPrivateKey(Buffer.from(private_key, "base64url"));
const text = ece.decrypt(Buffer.from(body, "base64url"), {
  version: "aes128gcm",
  privateKey: browser,
  authSecret: auth,
});

const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization);
const point = Buffer.from(key, "base64url");
const public_key = createPublicKey({
  format: "jwk",
  key: {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  },
});
const [header, claims, signature] = token.split(".");
const is_genuine = verify(
  "sha256",
  Buffer.from(`${header}.${claims}`),
  { key: public_key, dsaEncoding: "ieee-p1363" },
  Buffer.from(signature, "base64url"),
);
const read = (part) => JSON.parse(Buffer.from(part, "base64url").toString());
console.log(
  JSON.stringify({
    text: text.toString(),
    is_genuine,
    header: read(header),
    claims: read(claims),
  }),
);
