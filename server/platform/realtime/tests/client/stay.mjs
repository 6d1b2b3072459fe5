// A client that stays for a while and then asks something: prints how often it lost its connection.
// Usage: node stay.mjs <folder of node_modules> <port> <milliseconds>
import { setTimeout as sleep } from "node:timers/promises";
import { open } from "./open.mjs";

const socket = open();
let disconnects = 0;
socket.on("disconnect", () => disconnects++);
await sleep(Number(process.argv[4]));
const echo = await socket.timeout(5000).emitWithAck("echo", "still here");
console.log(JSON.stringify({ disconnects, echo }));
socket.disconnect();
