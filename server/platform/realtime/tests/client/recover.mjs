// A client whose connection breaks while others talk in its room: prints what it heard, and whether it went on as the
// session that it was.
// Usage: node recover.mjs <folder of node_modules> <port> [transports]
import { setTimeout as sleep } from "node:timers/promises";
import { once, open } from "./open.mjs";

const transports = process.argv.slice(4);
const socket = open({
  reconnectionDelay: 300,
  randomizationFactor: 0,
  transports: transports.length > 0 ? transports : undefined,
});
const other = open({ transports: ["websocket"] });
const room = "demo:stream:1";
const heard = [];
socket.on("said", (text) => heard.push(text));
const say = async (from, to) => {
  for (let n = from; n <= to; n++) await other.timeout(5000).emitWithAck("say", { room, text: String(n) });
};
const hears = async (text) => {
  for (let i = 0; i < 100 && !heard.includes(text); i++) await sleep(50);
};

await Promise.all([once(socket, "connect"), once(other, "connect")]);
await socket.timeout(5000).emitWithAck("join", { room });
await say(0, 2);
await hears("2");
const { id } = socket;
const lost = once(socket, "disconnect");
socket.io.engine.close();
await lost;
await say(3, 7);
await once(socket, "connect");
const recovered = socket.recovered;
await say(8, 9);
await hears("9");
await sleep(100);
console.log(JSON.stringify({ recovered, same_id: id === socket.id, heard: heard.join(" ") }));
socket.disconnect();
other.disconnect();
