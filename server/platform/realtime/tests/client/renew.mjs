// A client whose token expires and whose `auth` is a function, with its default reconnection: prints what it saw.
// Usage: node renew.mjs <folder of node_modules> <port>
import { once, open } from "./open.mjs";

let handshakes = 0;
const socket = open({
  reconnectionDelay: 100,
  auth: (answer) => answer({ good_for_ms: ++handshakes === 1 ? 300 : 60_000 }),
});

await once(socket, "connect");
const [reason, details] = await once(socket, "disconnect");
await once(socket, "connect");
const echo = await socket.timeout(5000).emitWithAck("echo", "again");
console.log(JSON.stringify({ reason, description: details?.context?.reason, handshakes, echo }));
socket.disconnect();
