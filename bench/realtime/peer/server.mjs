// The measured peer: Socket.IO's own server, set up as its performance notes advise for plain WebSocket clients.
// Usage: node server.mjs <port>
import { Server } from "socket.io";

const io = new Server(Number(process.argv[2]), {
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
});
io.engine.on("connection", (socket) => {
  socket.request = null; // frees the handshake request
});
io.on("connection", (socket) => {
  socket.on("join", (_, ack) => {
    socket.join("room");
    ack(true);
  });
  socket.on("say", (text) => io.to("room").emit("said", text));
});
