// A client with its default reconnection sees its server restart: prints "connected", then what it saw.
// Usage: node restart.mjs <folder of node_modules> <port>
import { once, open } from "./open.mjs";

const socket = open({ reconnectionDelay: 100 });

await once(socket, "connect");
const { id } = socket;
console.log(JSON.stringify("connected"));
const [reason, details] = await once(socket, "disconnect");
await once(socket, "connect");
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
