// Scripted controllers for journeys with several hosts: each has one container whose log has a line per second, and a clock
// that may be wrong.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(
  new URL("../../web/package.json", import.meta.url),
);
const { WebSocketServer } = require("ws");

const BACKLOG = 12;

/**
 * A controller that listens at a port for WebSocket and REST.
 * @param ahead by how many ms its clock is ahead
 * @param offset when in a second its log has a line, in ms
 */
export function startController({ id, port, ahead, offset }) {
  const now = () => Date.now() + ahead;
  const container = {
    name: "web",
    full_name: `shop-web-${id}`,
    status: "running",
    status_detail: "Up 2 hours",
    running: true,
    health: null,
    id: id.padEnd(12, "0").slice(0, 12),
    created: true,
    controller: id,
    image: "shop/web:1",
    project: "shop",
    service: "web",
  };
  const stored = [];
  const subs = new Map();
  const started = Math.floor(Date.now() / 1000) * 1000;
  for (let i = BACKLOG; i > 0; i--) store(started - i * 1000);

  function store(second) {
    const at = new Date(second + offset + ahead).toISOString().slice(0, 23);
    stored.push(`${at}000000Z line of ${id} at ${offset}`);
  }

  const part = (from, to = stored.length) => {
    const logs = stored.slice(from, to);
    return {
      container: "web",
      logs,
      streams: "o".repeat(logs.length),
      lastLogTimestamp: stored.at(-1).slice(0, 30),
      cursor: `c${to - 1}`,
    };
  };

  const http = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    const { pathname, searchParams } = new URL(
      request.url,
      "http://controller",
    );
    if (pathname === "/containers")
      return response.end(JSON.stringify({ containers: [container] }));
    const limit = Number(searchParams.get("limit") ?? stored.length);
    const number = (name) =>
      searchParams.has(name) ? Number(searchParams.get(name).slice(1)) : null;
    const after = number("after");
    const before = number("before") ?? (number("through") ?? NaN) + 1;
    const end = Number.isNaN(before) ? stored.length : before;
    const from = after === null ? Math.max(0, end - limit) : after + 1;
    const to = after === null ? end : Math.min(end, from + limit);
    const page = {
      ...part(from, to),
      first: `c${from}`,
      count: to - from,
      more_before: from > 0,
      more_after: to < stored.length,
      anchored: true,
    };
    response.end(JSON.stringify(page));
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", (socket) => {
    const send = (message) => socket.send(JSON.stringify(message));
    send({
      type: "initial_state",
      timestamp: new Date(now()).toISOString(),
      containers: [container],
      controller: id,
      protocol: 1,
      labels: { region: id },
      features: ["cursor", "streams", "sub", "wait", "after", "clock"],
    });
    socket.on("close", () => subs.delete(socket));
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      if (message.type === "ping")
        send({
          type: "pong",
          id: message.id,
          timestamp: new Date(now()).toISOString(),
          epoch_micros: Math.round(now() * 1000),
        });
      if (message.type === "unsubscribe_logs") subs.delete(socket);
      if (message.type !== "subscribe_logs") return;
      const { sub, lines } = message;
      subs.set(socket, { sub, send });
      send({
        type: "log_snapshot",
        sub,
        ...part(Math.max(0, stored.length - lines)),
        more_before: false,
      });
    });
  });
  let second = started;
  const writer = setInterval(() => {
    if (Date.now() < second + offset) return;
    store(second);
    second += 1000;
    for (const { sub, send } of subs.values())
      send({ type: "new_logs", sub, ...part(stored.length - 1) });
  }, 20);
  return new Promise((ready) =>
    http.listen(port, "127.0.0.1", () =>
      ready({
        close() {
          clearInterval(writer);
          for (const socket of sockets.clients) socket.terminate();
          http.close();
        },
      }),
    ),
  );
}
