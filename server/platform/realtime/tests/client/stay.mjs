// A client that stays for a while and then asks something: prints how often it lost its connection.
// Usage: node stay.mjs <folder of node_modules> <port> <milliseconds>
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";

const [modules, port, stay_ms] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)("socket.io-client");
const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"] });
let disconnects = 0;
socket.on("disconnect", () => disconnects++);
await sleep(Number(stay_ms));
const echo = await socket.timeout(5000).emitWithAck("echo", "still here");
console.log(JSON.stringify({ disconnects, echo }));
socket.disconnect();
