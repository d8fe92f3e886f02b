import { exitsOf, isAction, type Node } from "../scenario/model";
import { summaryOf } from "../steps/registry";

const MOST = 50;

const texts = new WeakMap<Node, string>();

/** What is searched of a node: name, id, what it says, and its branches. A node is a value: it is put together once. */
function textOf(node: Node): string {
  let text = texts.get(node);
  if (text === undefined) texts.set(node, (text = textMade(node)));
  return text;
}

function textMade(node: Node): string {
  const says = isAction(node) ? summaryOf(node.step) : exitsOf(node).map(({ label }) => label).join(" ");
  return `${node.label ?? ""} ${node.id} ${says}`.toLowerCase();
}

/** The nodes with all of the words in them, or in what else is `said` of each, in the order of the file; those whose name begins with the text first. */
export function found(nodes: readonly Node[], text: string, said = ""): Node[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = nodes.filter((node) => {
    const searched = `${said.toLowerCase()} ${textOf(node)}`;
    return words.every((word) => searched.includes(word));
  });
  const begins = (node: Node) => (node.label ?? node.id).toLowerCase().startsWith(text.toLowerCase());
  return [...fitting.filter(begins), ...fitting.filter((node) => !begins(node))].slice(0, MOST);
}
