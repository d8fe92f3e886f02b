// xstate: the snapshot of the actor is stored as JSON and restored for every message.
import { assign, createActor, setup } from "xstate";
import { INBOUND, SUGGESTIONS, report } from "./rounds.mjs";

const text = (value) => ({ type: "text", text: value });
const say = (messages) => assign({ out: messages });

const machine = setup({
  guards: {
    fitsTrigger: ({ event }) => event.text.toLowerCase().includes("pizza"),
    fitsSize: ({ event }) => ["s", "small", "l", "large"].includes(event.text.toLowerCase()),
    isKnown: ({ context }) => context.name.length > 2,
  },
}).createMachine({
  context: { name: null, size: null, out: [] },
  initial: "start",
  states: {
    start: {
      on: {
        message: {
          guard: "fitsTrigger",
          target: "name",
          actions: say(() => [text("Welcome to the pizza bot!"), text("What is your name?")]),
        },
      },
    },
    name: {
      on: {
        message: {
          target: "size",
          actions: assign(({ event }) => ({
            name: event.text,
            out: [{ ...text(`Which size, ${event.text}?`), suggestions: SUGGESTIONS }],
          })),
        },
      },
    },
    size: {
      on: {
        message: [
          { guard: "fitsSize", target: "known", actions: assign(({ event }) => ({ size: event.text })) },
          {
            actions: say(({ context }) => [{ ...text(`Which size, ${context.name}?`), suggestions: SUGGESTIONS }]),
          },
        ],
      },
    },
    known: {
      always: [
        {
          guard: "isKnown",
          target: "end",
          actions: say(({ context }) => [text(`Thanks ${context.name}, your pizza is on its way.`)]),
        },
        { target: "end", actions: say(() => [text("Thanks, whoever you are.")]) },
      ],
    },
    end: { type: "final" },
  },
});

function converse() {
  let stored;
  const replies = [];
  for (const [said] of INBOUND) {
    const actor = createActor(machine, stored ? { snapshot: JSON.parse(stored) } : undefined);
    actor.start();
    actor.send({ type: "message", text: said });
    const snapshot = actor.getPersistedSnapshot();
    stored = JSON.stringify(snapshot);
    for (const message of snapshot.context.out) replies.push(message.text);
    actor.stop();
  }
  return replies;
}

await report(converse);
