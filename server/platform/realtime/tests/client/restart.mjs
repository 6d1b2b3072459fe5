// A client with its default reconnection sees its server restart: prints "connected", then what it saw.
// Usage: node restart.mjs <folder of node_modules> <port>
import { createRequire } from "node:module";

const [modules, port] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)("socket.io-client");
const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], reconnectionDelay: 100 });
const once = (event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
setTimeout(() => {
  console.log(JSON.stringify("timed out"));
  process.exit(1);
}, 15_000).unref();

await once("connect");
const { id } = socket;
console.log(JSON.stringify("connected"));
const [reason, details] = await once("disconnect");
await once("connect");
const echo = await socket.timeout(5000).emitWithAck("echo", "again");
const seen = {
  reason,
  close_code: details?.context?.code,
  recovered: socket.recovered ?? false,
  same_id: id === socket.id,
  echo,
};
console.log(JSON.stringify(seen));
socket.disconnect();
