import { branchHandle, ELSE, NEXT } from "../scenario/model";
import type { Entry, TriedTurn } from "./transcript";

/** How a step or a link stands out: taken before, taken in the turn that is looked at, where the chat waits, or what tests reach. */
export type Light = "past" | "now" | "waits" | "tested" | "untested";

/** Lights of steps by id, and of links by the id that they have on the canvas. */
export interface Lights {
  nodes: ReadonlyMap<string, Light>;
  links: ReadonlyMap<string, Light>;
}

export const DARK: Lights = { nodes: new Map(), links: new Map() };

/** One step that a turn came to, and the link that it came by; null: it did not come by one. */
export interface Move {
  node: string;
  link: string | null;
}

type Source = { node: string; handle: string } | null;

/** What a chat did in one chatbot: for each turn the steps in their order. Links are named, whether they are there or not. */
export function movesOf(turns: readonly Pick<TriedTurn, "log">[], scenario: string): Move[][] {
  const walker = new Walker(scenario);
  return turns.map(({ log }) => log.flatMap((entry) => walker.follow(entry)));
}

/** What each entry of a log says about the way. */
const ENTERS = new Set(["ran", "skipped", "branch", "waits"]);
/** From here the chat goes on without a link. */
const LEAPS = new Set(["started", "restarted", "reset", "resumed", "jumped", "opened_thread", "timer", "opted_out"]);

class Walker {
  private source: Source = null;

  constructor(private readonly scenario: string) {}

  follow({ scenario, what, node, branch }: Entry): Move[] {
    if (LEAPS.has(what)) this.source = null;
    if (scenario !== this.scenario || !node || !ENTERS.has(what)) return [];
    const { source } = this;
    if (what === "waits" && source?.node === node) return [];
    const link = source && source.node !== node ? `${source.node} ${source.handle} ${node}` : null;
    this.source = what === "waits" ? source : { node, handle: what === "branch" ? handleOf(branch) : NEXT };
    return [{ node, link }];
  }
}

const handleOf = (branch: string | null) => (branch === null ? ELSE : branchHandle(branch));

/** The way of a chat as lights; `looked` is the turn that is looked at. */
export function lightsOf(turns: readonly TriedTurn[], scenario: string, looked: number): Lights {
  const nodes = new Map<string, Light>();
  const links = new Map<string, Light>();
  movesOf(turns, scenario).forEach((moves, turn) => {
    for (const { node, link } of moves) {
      const light = turn === looked || nodes.get(node) === "now" ? "now" : "past";
      nodes.set(node, light);
      if (link !== null) links.set(link, turn === looked || links.get(link) === "now" ? "now" : "past");
    }
  });
  for (const node of waitingAt(turns[looked], scenario)) nodes.set(node, "waits");
  return { nodes, links };
}

/** Where a chat waits for the contact after a turn. */
export function waitingAt(turn: TriedTurn | undefined, scenario: string): readonly string[] {
  const thread = turn?.thread;
  if (!thread || thread.scenario !== scenario || !["active", "stuck"].includes(thread.status)) return [];
  if (thread.waits_at.length) return thread.waits_at;
  return thread.node === null ? [] : [thread.node];
}
