import { DARK, type Light, type Lights } from "../../trying/path";
import type { CanvasNode, Link } from "../elements";
import type { Worst } from "../problems";

/** Colours of the page, by the names of their tokens (styles/tokens.css). */
const TOKENS = ["surface", "surface-sunken", "line-strong", "accent", "accent-soft", "danger", "warning", "warning-soft"] as const;
type Token = (typeof TOKENS)[number];
export type Inks = Record<Token, string>;

/** What a canvas needs of the colours, as they are in this theme: it does not know `var()`. */
export function inksOf(element: HTMLElement): Inks {
  const read = (token: Token) => {
    element.style.color = `var(--${token})`;
    return getComputedStyle(element).color;
  };
  const inks = Object.fromEntries(TOKENS.map((token) => [token, read(token)])) as Inks;
  element.style.color = "";
  return inks;
}

/** Many nodes and links as a few shapes, in the places that they have on the canvas. */
export interface Picture {
  shapes: readonly { path: Path2D; ink: Token }[];
  outline: Path2D;
  links: Path2D;
  /** The way of a chat that is tried, or what tests reach (ED-4). */
  way: Path2D;
}

/** The ink of a node that a chat came to; the others keep theirs. */
const LIT: Partial<Record<Light, Token>> = { past: "accent-soft", now: "accent", waits: "accent", tested: "accent" };

/** The ink of a node: what stands out of many is what is chosen, where a chat went, and what is wrong. */
export function inkOf(node: CanvasNode, wrong: Worst | undefined, light?: Light): Token {
  if (node.selected) return "accent";
  const lit = light && LIT[light];
  if (lit) return lit;
  if (wrong) return wrong === "error" ? "danger" : "warning";
  if (node.type === "note") return "warning-soft";
  return node.data.node.kind === "condition" ? "surface-sunken" : "surface";
}

export function pictureOf(nodes: readonly CanvasNode[], links: readonly Link[], wrong: ReadonlyMap<string, Worst>, lights: Lights = DARK): Picture {
  const paths = new Map<Token, Path2D>();
  const outline = new Path2D();
  for (const node of nodes) {
    const ink = inkOf(node, wrong.get(node.id), lights.nodes.get(node.id));
    const path = paths.get(ink) ?? new Path2D();
    paths.set(ink, path);
    const { x, y } = node.position;
    path.rect(x, y, node.width ?? 0, node.height ?? 0);
    outline.rect(x, y, node.width ?? 0, node.height ?? 0);
  }
  return { shapes: [...paths].map(([ink, path]) => ({ path, ink })), outline, links: linesOf(nodes, links), way: linesOf(nodes, links.filter(({ id }) => lights.links.has(id))) };
}

/** Links as straight lines: from far away a curve looks no different, and takes ten times as long. */
function linesOf(nodes: readonly CanvasNode[], links: readonly Link[]): Path2D {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path = new Path2D();
  for (const { source, target, sourceHandle } of links) {
    const [from, to] = [byId.get(source), byId.get(target)];
    if (!from || !to) continue;
    const outlet = from.handles?.find(({ id }) => id === sourceHandle);
    path.moveTo(from.position.x + (from.width ?? 0), from.position.y + (outlet?.y ?? 0));
    path.lineTo(to.position.x, to.position.y + (to.handles?.[0]?.y ?? 0));
  }
  return path;
}

export interface View {
  left: number;
  top: number;
  zoom: number;
}

/** Draw it, as it is seen from there. */
export function draw(context: CanvasRenderingContext2D, picture: Picture, { left, top, zoom }: View, inks: Inks): void {
  const { width, height } = context.canvas;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(zoom, 0, 0, zoom, left, top);
  context.lineWidth = 1 / zoom;
  context.strokeStyle = inks["line-strong"];
  context.stroke(picture.links);
  for (const { path, ink } of picture.shapes) {
    context.fillStyle = inks[ink];
    context.fill(path);
  }
  context.stroke(picture.outline);
  context.lineWidth = 3 / zoom;
  context.strokeStyle = inks.accent;
  context.stroke(picture.way);
}
