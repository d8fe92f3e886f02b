import { type Action, type Branch, branchesOf, type Condition, isAction, type Node, type Scenario } from "../scenario/model";
import { addNode, changeNode, freshId, idsOf } from "../scenario/operations";
import { placeAfter } from "../canvas/placing";
import { patternsFor, repliesOf, type Reply } from "./replies";

type UserResponse = Extract<Condition, { type: "user_response" }>;
type ReplyBranch = Extract<Branch, { suggestion?: unknown }>;

/**
 * A scenario in which the branches behind a message fit its suggested replies (ND-7), after the message was changed.
 * It is for the message to say so: where it begins to, the user-response is made.
 */
export function inStep(before: Scenario, after: Scenario, id: string): Scenario {
  const replies = keptReplies(nodeOf(after, id));
  if (!replies) return after;
  const former = keptReplies(nodeOf(before, id));
  if (former && JSON.stringify(former) === JSON.stringify(replies)) return after;
  const waiting = waitingBehind(after, id);
  if (waiting) return changeNode(after, waiting.id, (node) => adjusted(former ? (node as UserResponse) : adopted(node as UserResponse, replies), former ?? [], replies));
  return former ? after : withCondition(after, id, replies);
}

/** Whether a message has buttons. */
export const hasReplies = (node: Node): boolean => isAction(node) && node.step.type === "static_message" && repliesOf(node.step.content).length > 0;

/** Whether a message has buttons, and nothing follows it yet. */
export const isFollowable = (node: Node): boolean => hasReplies(node) && isAction(node) && !node.next?.length;

/** A scenario with a user-response behind a message, with a branch for each of its buttons, whatever followed it before; and the id of it. */
export function followed(scenario: Scenario, id: string): { scenario: Scenario; id: string } {
  const keeping = (on: boolean) => changeNode(scenario, id, (node) => ({ ...node, step: { ...(node as Action).step, reply_conditions: on } }) as Node);
  const after = inStep(keeping(false), keeping(true), id);
  return { scenario: after, id: waitingBehind(after, id)!.id };
}

const nodeOf = (scenario: Scenario, id: string) => scenario.nodes.find((node) => node.id === id);

/** The replies of a message whose branches are kept in step; null: they are not. */
function keptReplies(node: Node | undefined): Reply[] | null {
  if (!node || !isAction(node) || node.step.type !== "static_message" || node.step.reply_conditions !== true) return null;
  return repliesOf(node.step.content);
}

/** The first user-response that a message leads to. */
export function waitingBehind(scenario: Scenario, id: string): UserResponse | undefined {
  const next = nodeOf(scenario, id)?.next as readonly string[] | undefined;
  return next?.map((target) => nodeOf(scenario, target)).find((node): node is UserResponse => node?.kind === "condition" && node.type === "user_response");
}

/** With a new user-response behind the message; what followed the message follows each of its branches. */
function withCondition(scenario: Scenario, id: string, replies: readonly Reply[]): Scenario {
  const message = nodeOf(scenario, id)!;
  const next = (isAction(message) && message.next) || [];
  const follows = next.length > 0 && { next: [...next] };
  const condition: Condition = {
    id: freshId(idsOf(scenario), "reply"),
    kind: "condition",
    type: "user_response",
    ...(message.label && { label: `${message.label}?` }),
    branches: branchesFor([], [], replies).map((branch) => ({ ...branch, ...follows })),
    else: { ...follows },
  };
  const grown = addNode(scenario, condition, placeAfter(scenario, id, condition));
  return changeNode(grown, id, (node) => {
    const { final: _, ...rest } = node as Node & { final?: boolean };
    return { ...rest, next: [condition.id] } as Node;
  });
}

/**
 * With the branches that are there already for what a reply says: they are of that reply from now on. One that nobody
 * has written anything into, as it comes with a new condition, goes.
 */
function adopted(node: UserResponse, replies: readonly Reply[]): UserResponse {
  const branches = (branchesOf(node) as readonly ReplyBranch[]).filter((branch) => !isBlank(branch));
  const ofReply = (branch: ReplyBranch) => replies.find(({ text }) => text !== "" && text.toLowerCase() === branch.label?.toLowerCase());
  const isTaken = (reply: Reply) => branches.some(({ suggestion }) => suggestion === reply.id);
  return {
    ...node,
    branches: branches.map((branch, index) => {
      const reply = ofReply(branch);
      const isFirst = branches.findIndex((one) => ofReply(one) === reply) === index;
      if (!reply || branch.suggestion || isTaken(reply) || !isFirst) return branch;
      return { ...renamed(branch, undefined, reply), suggestion: reply.id };
    }),
  };
}

const isBlank = ({ label, patterns, next, ...rest }: ReplyBranch) => !label && !patterns?.length && !next?.length && Object.keys(rest).length === 1; // the id

const adjusted = (node: UserResponse, former: readonly Reply[], replies: readonly Reply[]): UserResponse => ({
  ...node,
  branches: branchesFor(branchesOf(node) as readonly ReplyBranch[], former, replies),
});

/** The branches for these replies, in their order; those that come from no reply stay behind the branch that they stood behind. */
function branchesFor(branches: readonly ReplyBranch[], former: readonly Reply[], replies: readonly Reply[]): ReplyBranch[] {
  const taken = new Set(branches.map(({ id }) => id));
  const gone = new Set(former.map(({ id }) => id).filter((id) => !replies.some((reply) => reply.id === id)));
  const ofReplies = replies.map((reply) => {
    const branch = branches.find(({ suggestion }) => suggestion === reply.id);
    if (branch) return renamed(branch, former.find(({ id }) => id === reply.id), reply);
    const fresh = newBranch(freshId(taken, idFrom(reply)), reply);
    taken.add(fresh.id);
    return fresh;
  });
  const isOfReply = ({ suggestion }: ReplyBranch) => replies.some(({ id }) => id === suggestion);
  const own = branches.filter((branch) => !isOfReply(branch) && !(typeof branch.suggestion === "string" && gone.has(branch.suggestion)));
  if (former.length === 0) return [...ofReplies, ...own]; // what takes one reply only is tried before what may take all
  return own.reduce((all, branch) => behind(all, branch, predecessorOf(branches, branch)), ofReplies);
}

const newBranch = (id: string, reply: Reply): ReplyBranch => ({ id, label: reply.text, patterns: patternsFor(reply), suggestion: reply.id });

/** A branch for what its reply says now. A label and patterns that its author wrote stay. */
function renamed(branch: ReplyBranch, before: Reply | undefined, reply: Reply): ReplyBranch {
  if (before && before.text === reply.text && before.postback === reply.postback) return branch;
  const made = before ? patternsFor(before) : [];
  const own = (branch.patterns ?? []).filter((pattern) => !made.includes(pattern));
  const patterns = [...new Set([...own, ...patternsFor(reply)])];
  const isOwnLabel = branch.label && branch.label !== before?.text;
  return { ...branch, patterns, label: isOwnLabel ? branch.label! : reply.text };
}

const predecessorOf = (branches: readonly ReplyBranch[], branch: ReplyBranch): string | undefined => branches[branches.indexOf(branch) - 1]?.id;

function behind(branches: readonly ReplyBranch[], branch: ReplyBranch, predecessor: string | undefined): ReplyBranch[] {
  const at = branches.findIndex(({ id }) => id === predecessor) + 1;
  const place = predecessor !== undefined && at === 0 ? branches.length : at;
  return [...branches.slice(0, place), branch, ...branches.slice(place)];
}

/** An id that people who read the file understand. */
function idFrom({ text }: Reply): string {
  const words = text.normalize("NFD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return words.slice(0, 40) || "reply";
}
