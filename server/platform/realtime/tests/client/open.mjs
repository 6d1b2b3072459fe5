// The unmodified client, for a script that is called with <folder of node_modules> <port>; ended when it takes 15 s.
import { createRequire } from "node:module";

const [modules, port] = process.argv.slice(2);
const { io } = createRequire(`${modules}/`)("socket.io-client");

export function open(options) {
  setTimeout(() => {
    console.log(JSON.stringify("timed out"));
    process.exit(1);
  }, 15_000).unref();
  return io(`http://127.0.0.1:${port}`, { transports: ["websocket"], ...options });
}

export const once = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));
