import type { Known } from "../variables/known";
import { type Complete, type Completion, openBraces, placeholderCompletion, type Suggested } from "../variables/completion";
import { FUNCTIONS } from "./functions";

const WORDS = ["and", "or", "not", "like", "ilike", "between", "in ()", "is null", "is not null", "similar to", "true", "false", "case when  then  else  end", "coalesce()", "nullif()"];
const TYPED = /[A-Za-z_][\w.]*$/;
const MOST = 12;

/** Whether a place is inside a quoted text. */
export const isQuoted = (text: string, place: number): boolean => (text.slice(0, place).match(/'/g)?.length ?? 0) % 2 === 1;

/** Completes an expression: variables (which stand in quotes), functions, and words such as `and`. */
export const expressionCompletion = (known: readonly Known[], describe: (one: Known) => string): Complete => {
  const placeholders = placeholderCompletion(known, describe);
  return (text, caret) => {
    const found = placeholders(text, caret);
    if (openBraces(text, caret)) return found && !isQuoted(text, found.from) ? quoted(found) : found;
    if (isQuoted(text, caret)) return null;
    return wordCompletion(known, describe, text, caret);
  };
};

const quoted = (found: Completion): Completion => ({ ...found, options: found.options.map((one) => ({ ...one, insert: `'${one.insert}'` })) });

function wordCompletion(known: readonly Known[], describe: (one: Known) => string, text: string, caret: number): Completion | null {
  const typed = TYPED.exec(text.slice(0, caret))?.[0].toLowerCase();
  if (!typed) return null;
  const options = [
    ...known.filter(({ name }) => name.toLowerCase().startsWith(typed)).map((one): Suggested => ({ label: one.name, detail: describe(one), insert: `'{{${one.name}}}'` })),
    ...Object.entries(FUNCTIONS).filter(([name]) => name.startsWith(typed)).map(([name, signature]): Suggested => calling(`${name}()`, name, signature)),
    ...WORDS.filter((word) => word.startsWith(typed) && word !== typed).map((word) => calling(word, word, "")),
  ];
  return options.length ? { from: caret - typed.length, to: caret, options: options.slice(0, MOST) } : null;
}

/** The caret comes to stand where the first thing goes. */
function calling(insert: string, label: string, detail: string): Suggested {
  const gap = insert.search(/\(\)|  /);
  return { label, detail, insert, ...(gap >= 0 && { caret: gap + 1 }) };
}
