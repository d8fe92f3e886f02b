import { beforeEach, describe, expect, it, vi } from "vitest";
import { type ChatSocket, Conversation } from "./conversation";
import { Outbox } from "./outbox";
import type { Draft, Message, ThreadStatus } from "./protocol";

const ADDRESS = { sender: "demo-pizza", visitor: "0".repeat(32) };

/** A chat server in memory that speaks the protocol, and a net that can fail. */
class ServerDouble {
  history: Message[] = [];
  thread: ThreadStatus | null = "active";
  started = 0;
  restarted = 0;
  /** How many answers get lost on their way back. */
  losing = 0;
  refusing = "";
  /** Whether a chatbot answers there. */
  answers = true;
  socket: FakeSocket | undefined;

  answer(event: string, request: Record<string, unknown>): unknown {
    const answers: Record<string, () => unknown> = {
      open: () => this.opened(request.after as number),
      start: () => (this.answers ? (this.started++, (this.thread = "active"), this.opened(0)) : { ok: false, error: "No chatbot." }),
      restart: () => (this.restarted++, this.opened(0)),
      send: () => this.received(request as unknown as Draft & { id: string }),
    };
    const answer = answers[event]!();
    if (this.losing > 0) {
      this.losing--;
      throw new Error("operation has timed out");
    }
    return answer;
  }

  say(text: string): Message {
    return this.add({ id: `out-${this.history.length}`, direction: "out", text });
  }

  private opened(after: number) {
    const messages = this.history.filter(({ sequence }) => sequence > after);
    return { ok: true, conversation: "c", messages, status: { thread: this.thread, typing: false } };
  }

  private received({ id, text }: Draft & { id: string }) {
    if (this.refusing) return { ok: false, error: this.refusing };
    const known = this.history.find((message) => message.id === id);
    return { ok: true, message: known ?? this.add({ id, direction: "in", text: text ?? "" }) };
  }

  private add({ id, direction, text }: { id: string; direction: "in" | "out"; text: string }): Message {
    const sequence = this.history.length + 1;
    const message: Message = { id, sequence, direction, at: "", content: { type: "text", text }, status: "sent" };
    this.history.push(message);
    return message;
  }
}

class FakeSocket {
  connected = false;
  private readonly handlers = new Map<string, (argument?: unknown) => void>();

  constructor(private readonly server: ServerDouble) {}

  on(event: string, handler: (argument?: unknown) => void) {
    this.handlers.set(event, handler);
  }

  connect() {
    this.connected = true;
    this.receive("connect");
  }

  drop() {
    this.connected = false;
    this.receive("disconnect");
  }

  receive(event: string, argument?: unknown) {
    this.handlers.get(event)?.(argument);
  }

  timeout() {
    return {
      emitWithAck: async (event: string, request: Record<string, unknown>) => {
        if (!this.connected) throw new Error("not connected");
        return this.server.answer(event, request);
      },
    };
  }

  emit() {}
  removeAllListeners() {
    this.handlers.clear();
  }
  disconnect() {
    this.connected = false;
  }
}

const texts = (messages: readonly Message[]) => messages.map(({ content }) => content.text);
const settle = () => vi.advanceTimersByTimeAsync(10);

describe("a conversation", () => {
  let server: ServerDouble;
  let socket: FakeSocket;
  let outbox: Outbox;
  let conversation: Conversation;

  const begin = () => {
    socket = new FakeSocket(server);
    conversation = new Conversation(socket as unknown as ChatSocket, ADDRESS, outbox);
    conversation.open();
    return settle();
  };

  beforeEach(() => {
    vi.useFakeTimers();
    server = new ServerDouble();
    outbox = new Outbox(`test-${Math.random()}`);
  });

  it("starts the chatbot when there is nothing yet", async () => {
    server.thread = null;
    await begin();
    expect(server.started).toBe(1);
    expect(conversation.current().thread).toBe("active");
  });

  it("does not start an ended chat by itself", async () => {
    server.say("Bye");
    server.thread = "complete";
    await begin();
    expect(server.started).toBe(0);
    expect(conversation.current()).toMatchObject({ thread: "complete", opened: true });
  });

  it("restarts a live chat and starts an ended one", async () => {
    await begin();
    await conversation.restart();
    expect([server.restarted, server.started]).toEqual([1, 0]);
    socket.receive("status", { thread: "complete" });
    await conversation.restart();
    expect([server.restarted, server.started]).toEqual([1, 1]);
  });

  it("complains that nothing begins only to whoever asked for it", async () => {
    Object.assign(server, { answers: false, thread: null });
    await begin();
    expect(conversation.current()).toMatchObject({ opened: true, problem: null });
    await conversation.restart();
    expect(conversation.current().problem).toBe("No chatbot.");
  });

  it("sends what is written in order, each message once the one before it is confirmed", async () => {
    await begin();
    for (const text of ["one", "two", "three"]) conversation.send({ text });
    await settle();
    expect(texts(server.history)).toEqual(["one", "two", "three"]);
    expect(conversation.current().unsent).toEqual([]);
    expect(texts(conversation.current().messages)).toEqual(["one", "two", "three"]);
  });

  it("keeps what is written without a connection and sends it with the next one", async () => {
    await begin();
    socket.drop();
    conversation.send({ text: "kept" });
    await settle();
    expect(conversation.current()).toMatchObject({ connection: "reconnecting", unsent: [{ text: "kept" }] });
    socket.connect();
    await settle();
    expect(texts(server.history)).toEqual(["kept"]);
    expect(conversation.current()).toMatchObject({ connection: "online", unsent: [] });
  });

  it("keeps it over a reload, with the same id", async () => {
    await begin();
    socket.drop();
    conversation.send({ text: "kept" });
    const [waiting] = conversation.current().unsent;
    await begin();
    expect(server.history).toMatchObject([{ id: waiting!.id, direction: "in" }]);
  });

  it("repeats a message whose answer got lost; it is handled once", async () => {
    await begin();
    server.losing = 1;
    conversation.send({ text: "once" });
    await settle();
    expect(conversation.current().unsent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(texts(server.history)).toEqual(["once"]);
    expect(conversation.current().unsent).toEqual([]);
  });

  it("takes what it missed while away, without showing anything twice", async () => {
    server.say("first");
    await begin();
    socket.drop();
    server.say("missed");
    socket.connect();
    await settle();
    socket.receive("message", server.history[1]);
    expect(texts(conversation.current().messages)).toEqual(["first", "missed"]);
  });

  it("shows why a message was refused, goes on with the next, and sends it again on demand", async () => {
    await begin();
    server.refusing = "Write less.";
    conversation.send({ text: "long" });
    await settle();
    server.refusing = "";
    conversation.send({ text: "short" });
    await settle();
    expect(texts(server.history)).toEqual(["short"]);
    const [refused] = conversation.current().unsent;
    expect(refused).toMatchObject({ text: "long", error: "Write less." });
    conversation.retry(refused!.id);
    await settle();
    expect(texts(server.history)).toEqual(["short", "long"]);
  });

  it("forgets a refused message on demand", async () => {
    await begin();
    server.refusing = "No.";
    conversation.send({ text: "never mind" });
    await settle();
    conversation.discard(conversation.current().unsent[0]!.id);
    expect(conversation.current().unsent).toEqual([]);
  });

  it("opens again when opening got no answer", async () => {
    server.losing = 1;
    server.say("hello");
    await begin();
    expect(conversation.current().opened).toBe(false);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(conversation.current()).toMatchObject({ opened: true, connection: "online" });
  });

  it("shows typing, status and delivery as the server tells them", async () => {
    server.say("hello");
    await begin();
    socket.receive("typing", { on: true });
    socket.receive("status", { thread: "handedover", reason: "step" });
    socket.receive("update", { id: "out-0", status: "seen" });
    expect(conversation.current()).toMatchObject({ typing: true, thread: "handedover", messages: [{ status: "seen" }] });
  });
});
