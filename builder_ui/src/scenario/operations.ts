import { type Action, type At, branchesOf, branchHandle, type Condition, ELSE, exitsOf, isAction, type Node, type Outlet, type Role, roleOf, type Scenario } from "./model";

/** Another scenario with one node changed; the others are the same values. */
export function changeNode(scenario: Scenario, id: string, change: (node: Node) => Node): Scenario {
  return { ...scenario, nodes: scenario.nodes.map((node) => (node.id === id ? change(node) : node)) };
}

/** A scenario with one node more, where it stands included. */
export function addNode(scenario: Scenario, node: Node, at: At): Scenario {
  return moveNodes({ ...scenario, nodes: [...scenario.nodes, node] }, { [node.id]: at });
}

/** A scenario with nodes elsewhere on the canvas. Where they stand means nothing to the engine. */
export function moveNodes(scenario: Scenario, positions: Readonly<Record<string, At>>): Scenario {
  const rounded = Object.entries(positions).map(([id, [left, top]]) => [id, [Math.round(left), Math.round(top)] as [number, number]]);
  return { ...scenario, layout: { ...scenario.layout, nodes: { ...scenario.layout?.nodes, ...Object.fromEntries(rounded) } } };
}

/** A scenario without these nodes, and without the links to them. */
export function removeNodes(scenario: Scenario, ids: ReadonlySet<string>): Scenario {
  const left = scenario.nodes.filter((node) => !ids.has(node.id));
  const places = Object.entries(scenario.layout?.nodes ?? {}).filter(([id]) => !ids.has(id));
  return {
    ...scenario,
    nodes: left.map((node) => withoutLinksTo(node, ids)),
    ...(scenario.layout && { layout: { ...scenario.layout, nodes: Object.fromEntries(places) } }),
  };
}

function withoutLinksTo(node: Node, ids: ReadonlySet<string>): Node {
  const linksThere = exitsOf(node).some(({ next }) => next.some((target) => ids.has(target)));
  return linksThere ? changeLinks(node, (next) => next.filter((target) => !ids.has(target))) : node;
}

/** A node with the links of an outlet changed; of every outlet where none is named. */
function changeLinks(node: Node, change: (next: readonly string[]) => string[], handle?: string): Node {
  if (isAction(node)) return withNext(node, change(node.next ?? []));
  const isMeant = (one: string) => handle === undefined || handle === one;
  const branches = branchesOf(node).map((branch) =>
    isMeant(branchHandle(branch.id)) ? withNext(branch, change(branch.next ?? [])) : branch,
  );
  const otherwise = isMeant(ELSE) && (node.else?.next?.length || handle === ELSE) ? withNext(node.else ?? { label: "" }, change(node.else?.next ?? [])) : node.else;
  return { ...node, ...(node.branches && { branches }), ...(otherwise && { else: otherwise }) } as Condition;
}

/** The format leaves an empty `next` out. */
function withNext<Holder extends { next?: string[] }>(holder: Holder, next: string[]): Holder {
  const { next: _, ...rest } = holder;
  return (next.length ? { ...rest, next } : rest) as Holder;
}

/** A scenario with a link more; the same one where it is there already. */
export function connect(scenario: Scenario, from: Outlet, to: string): Scenario {
  const node = scenario.nodes.find(({ id }) => id === from.node);
  const exit = node && exitsOf(node).find(({ handle }) => handle === from.handle);
  if (!exit || exit.next.includes(to) || !scenario.nodes.some(({ id }) => id === to)) return scenario;
  return changeNode(scenario, from.node, (one) => changeLinks(goingOn(one), (next) => [...next, to], from.handle));
}

/** A node that does not end the chat, since something follows it now. */
function goingOn(node: Node): Node {
  if (!isAction(node) || !node.final) return node;
  const { final: _, ...rest } = node;
  return rest as Action;
}

/** A scenario with a link less. */
export function disconnect(scenario: Scenario, from: Outlet, to: string): Scenario {
  return changeNode(scenario, from.node, (node) => changeLinks(node, (next) => next.filter((target) => target !== to), from.handle));
}

/** A scenario in which a node has a role; whoever had a special one gives it up (ND-1). */
export function giveRole(scenario: Scenario, id: string, role: Role): Scenario {
  const nodes = scenario.nodes.map((node) => {
    if (node.id === id) return withRole(node, role);
    return role !== "regular" && roleOf(node) === role ? withRole(node, "regular") : node;
  });
  return { ...scenario, nodes };
}

/** A node with a role; the format leaves the ordinary one out. */
export function withRole(node: Node, role: Role): Node {
  const { role: _, ...rest } = node;
  return (role === "regular" ? rest : { ...rest, role }) as Node;
}

/** An id that no node has: `name`, or the first of `name_2`, `name_3` and so on. */
export function freshId(taken: Iterable<string>, name: string): string {
  const ids = taken instanceof Set ? (taken as Set<string>) : new Set(taken); // who asks for thousands has one
  if (!ids.has(name)) return name;
  let number = 2;
  while (ids.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}

export const idsOf = (scenario: Scenario) => scenario.nodes.map(({ id }) => id);

/** Whether a node says that the scenario ends there (ND-2); one that merely leads nowhere is a problem. */
export const isFinish = (node: Node) => isAction(node) && node.final === true;
