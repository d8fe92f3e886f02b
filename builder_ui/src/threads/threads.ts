import { useQuery } from "@tanstack/react-query";
import { answer, api, type Schemas } from "../api/client";
import { queries } from "../api/queries";
import { movesOf } from "../trying/path";
import type { Entry } from "../trying/transcript";

export type Thread = Schemas["ThreadDetails"];
export type Turn = Schemas["TurnView"];
export type Deed = "stop" | "resume" | "restart" | "resolve";

const of = (id: string) => ({ params: { path: { thread_id: id } } });
const root = (id: string) => ["threads", id] as const;
const EVERY_MS = 5_000;

/** How a thread is now (TH-2); read again while it may go on. */
export const useThread = (id: string) =>
  useQuery({
    queryKey: root(id),
    queryFn: () => answer(api.GET("/api/v1/threads/{thread_id}", of(id))),
    refetchInterval: ({ state }) => (state.data && isLive(state.data) ? EVERY_MS : false),
  });

export const isLive = ({ status }: Pick<Thread, "status">) => status === "active" || status === "stuck" || status === "handedover";

/** How it came to that, turn by turn (TH-3). `turns`: how many there are; more are read when there are more. */
export const useTurns = (id: string, turns: number) => useQuery({ queryKey: [...root(id), "turns", turns], queryFn: () => allTurns(id), placeholderData: (before) => before });

async function allTurns(id: string): Promise<Turn[]> {
  const found: Turn[] = [];
  let cursor: string | null = null;
  do {
    const page: Schemas["Page_TurnView_"] = await answer(api.GET("/api/v1/threads/{thread_id}/turns", { params: { path: { thread_id: id }, query: { ...(cursor && { cursor }) } } }));
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

/** Let something happen to a thread, as its operator (TH-2). */
export async function act(id: string, deed: Deed): Promise<Schemas["ActedView"]> {
  try {
    return await answer(DEEDS[deed](id));
  } finally {
    void queries.invalidateQueries({ queryKey: ["threads"] });
  }
}

const DEEDS = {
  stop: (id: string) => api.POST("/api/v1/threads/{thread_id}/stop", { ...of(id), body: {} }),
  resume: (id: string) => api.POST("/api/v1/threads/{thread_id}/resume", { ...of(id), body: {} }),
  restart: (id: string) => api.POST("/api/v1/threads/{thread_id}/restart", { ...of(id), body: {} }),
  resolve: (id: string) => api.POST("/api/v1/threads/{thread_id}/resolve", { ...of(id), body: {} }),
};

/** Start the contact of a thread anew: at a node, with a chatbot, through a sender; what is left out is the thread's. */
export async function begin(id: string, body: Omit<Schemas["Begin"], "variables">): Promise<Schemas["ActedView"]> {
  try {
    return await answer(api.POST("/api/v1/threads/{thread_id}/start", { ...of(id), body }));
  } finally {
    void queries.invalidateQueries({ queryKey: ["threads"] });
  }
}

/** What can be done with a thread as it is. One that an operator stopped can go on; any can begin again. */
export function deedsOf({ status, reason }: Pick<Thread, "status" | "reason">): readonly Deed[] {
  if (status === "handedover") return ["resume", "resolve", "restart"];
  if (isLive({ status })) return ["stop", "restart"];
  return status === "complete" && reason === "stopped" ? ["resume", "restart"] : ["restart"];
}

type When = "now" | "before";

/** The way of a turn through the graph, and of those before it: nodes by id, links by the id they have on the canvas. */
export interface Way {
  nodes: ReadonlyMap<string, When>;
  links: ReadonlyMap<string, When>;
}

/** The way up to a turn, as far as it went through the version that this turn began in. */
export function wayTo(turns: readonly Turn[], chosen: Turn): Way {
  const own = turns.filter(({ number, version, chatbot }) => number <= chosen.number && version === chosen.version && chatbot === chosen.chatbot);
  const nodes = new Map<string, When>();
  const links = new Map<string, When>();
  movesOf(own.map((turn) => ({ log: entriesOf(turn) })), chosen.chatbot).forEach((moves, index) => {
    const when = own[index] === chosen ? "now" : "before";
    for (const { node, link } of moves) {
      nodes.set(node, when);
      if (link !== null) links.set(link, when);
    }
  });
  return { nodes, links };
}

/** The log of a turn, each entry with the chatbot that it is of: a jump leads to another. */
function entriesOf({ chatbot, log }: Turn): Entry[] {
  let scenario = chatbot;
  return log.map(({ what, node, branch, detail }) => {
    const to = (detail as { scenario?: unknown } | null)?.scenario;
    if (what === "jumped" && typeof to === "string") scenario = to;
    return { scenario, what, node, branch, detail };
  });
}

/** What came in, as it is told: the text of a message, or nothing. */
export const textOf = ({ came_in }: Turn): string => (typeof came_in.text === "string" ? came_in.text : typeof came_in.postback === "string" ? came_in.postback : "");
