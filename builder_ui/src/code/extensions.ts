import { autocompletion, closeBrackets, closeBracketsKeymap, type CompletionContext, completionKeymap, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorSelection, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { nonce } from "../workspace/nonce";
import type { Language, Offers } from "./offers";

const LANGUAGES = {
  javascript: { support: javascript, language: javascriptLanguage, indent: "  " },
  python: { support: python, language: pythonLanguage, indent: "    " },
} as const;

/** What is offered at the end of the text before the caret. */
export type OffersAt = (before: string) => Offers | null;

/** How far back is looked for what is being typed. */
const REACH = 200;

/**
 * At the end of a wrapped line the caret has a side, to which CodeMirror puts it anew with every measure, also after the
 * focus has gone on: that takes the focus back. Without a side it stays away.
 */
const LETS_GO = EditorView.domEventHandlers({
  blur: (_, view) => {
    const { main } = view.state.selection;
    if (main.empty && main.assoc !== 0) view.dispatch({ selection: EditorSelection.cursor(main.head) });
  },
});

/** Everything that an editor of a script has but what changes while it is open. Tab indents; after Escape it leaves, which CodeMirror does by itself. */
export const editing = (label: string, helpId: string): Extension => [
  lineNumbers(),
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  autocompletion({ icons: false }),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  LETS_GO,
  syntaxHighlighting(classHighlighter),
  EditorView.lineWrapping,
  EditorView.cspNonce.of(nonce),
  EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": helpId }),
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
];

/** A language, with what a script of ours can use besides. */
export function languageOf(name: Language, offersAt: OffersAt): Extension {
  const { support, language, indent } = LANGUAGES[name];
  const complete = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const start = Math.max(0, pos - REACH);
    const found = offersAt(state.sliceDoc(start, pos));
    if (!found || (!explicit && found.offers.length === 0)) return null;
    const closed = state.sliceDoc(pos, pos + found.end.length) === found.end;
    const options = found.offers.map(({ label, detail }) => ({ label, detail, apply: closed ? label : label + found.end }));
    return { from: start + found.from, options, validFor: /^[\w.-]*$/ };
  };
  return [support(), language.data.of({ autocomplete: complete }), indentUnit.of(indent)];
}
