// Drives the unmodified socket.io-client against a server of the C++ test, and prints what it saw as one JSON object.
// Usage: node scenario.mjs <folder of node_modules> <port> <second port> [transport…]     Without, the default ones.
import { createRequire } from "node:module";

const [modules, port, secondPort, ...transports] = process.argv.slice(2);
const transport_options = transports.length > 0 ? { transports } : {};
const { io } = createRequire(`${modules}/`)("socket.io-client");
const open = (options = {}, at = port) =>
  io(`http://127.0.0.1:${at}`, {
    forceNew: true,
    reconnection: false,
    ...transport_options,
    ...options,
  });
const once = (socket, event) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} within 5 s`)), 5000);
    socket.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });

const seen = {};
const seller = open({ auth: { token: "right" } });
const upgraded = new Promise((resolve) => seller.io.engine.once("upgrade", resolve));
const welcome = once(seller, "welcome");
await once(seller, "connect");
seen.id_length = seller.id.length;
seen.welcome = (await welcome)[0];
if (transports.length === 0) await upgraded;
seen.transport = seller.io.engine.transport.name;

seen.echo = await seller.timeout(5000).emitWithAck("echo", { text: "Grüße 🛒", list: [1, 2.5, null, true] });
const long = "é".repeat(20_000);
seen.long_echo_equal = (await seller.timeout(5000).emitWithAck("echo", long)) === long;
seen.failed = await seller.timeout(5000).emitWithAck("fail");

const viewer = open({}, secondPort);
await once(viewer, "connect");
seen.joined = [
  await seller.timeout(5000).emitWithAck("join", { room: "demo:stream:1" }),
  await viewer.timeout(5000).emitWithAck("join", { room: "demo:stream:1" }),
];
const said = Promise.all([once(seller, "said"), once(viewer, "said")]);
seller.emit("say", { room: "demo:stream:1", text: "hello room" }); // without an ack
seen.said = (await said).map(([text]) => text);

await viewer.timeout(5000).emitWithAck("leave", { room: "demo:stream:1" });
let afterLeaving = 0;
viewer.on("said", () => afterLeaving++);
const heard = once(seller, "said");
seller.emit("say", { room: "demo:stream:1", text: "only the seller" });
await heard;
await viewer.timeout(5000).emitWithAck("echo", 1);
seen.after_leaving = afterLeaving;

seen.binary = await seller
  .timeout(5000)
  .emitWithAck("upload", Buffer.from([1, 2, 3]), { more: Buffer.from([4]) });
seen.after_binary = await seller.timeout(5000).emitWithAck("echo", "still here");
const answers = await Promise.all(
  Array.from({ length: 100 }, (_, i) => viewer.timeout(5000).emitWithAck("echo", i)),
);
seen.flood_refused = answers.some((answer) =>
  ["rate_limited", "too_many_waiting"].includes(answer?.error?.code),
);
seen.flood_answered = answers.filter((answer, i) => answer === i).length >= 20;

const refused = open({ auth: { token: "wrong" } });
const [error] = await once(refused, "connect_error");
seen.connect_error = { message: error.message, data: error.data };
const elsewhere = io(`http://127.0.0.1:${port}/admin`, {
  forceNew: true,
  reconnection: false,
  ...transport_options,
});
const [nowhere] = await once(elsewhere, "connect_error");
seen.other_namespace = { message: nowhere.message, data: nowhere.data };
elsewhere.io._close();

const kicked = once(seller, "disconnect");
seller.emit("kick");
seen.kicked = (await kicked)[0];
viewer.disconnect();
console.log(JSON.stringify(seen));
