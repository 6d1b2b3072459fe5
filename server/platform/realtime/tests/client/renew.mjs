// A client whose token expires and whose `auth` is a function, with its default reconnection: prints what it saw.
// Usage: node renew.mjs <folder of node_modules> <port>
import { createRequire } from "node:module";

const [modules, port] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)("socket.io-client");
let handshakes = 0;
const socket = io(`http://127.0.0.1:${port}`, {
  transports: ["websocket"],
  reconnectionDelay: 100,
  auth: (answer) => answer({ good_for_ms: ++handshakes === 1 ? 300 : 60_000 }),
});
const once = (event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
setTimeout(() => {
  console.log(JSON.stringify("timed out"));
  process.exit(1);
}, 15_000).unref();

await once("connect");
const [reason, details] = await once("disconnect");
await once("connect");
const echo = await socket.timeout(5000).emitWithAck("echo", "again");
console.log(JSON.stringify({ reason, description: details?.context?.reason, handshakes, echo }));
socket.disconnect();
