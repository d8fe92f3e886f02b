import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { en } from "../i18n/en";
import { useContentRules } from "./useContentRules";

type Problem = Schemas["ProblemView"];
type Code = keyof typeof en.problem_words;

/** Of these the server's own sentence says what no other can: which text, which word, which variable. */
const DETAILED: ReadonlySet<string> = new Set<Code>([
  "unreadable",
  "schema",
  "missing_role_node",
  "duplicate_node_id",
  "never_tried",
  "bad_expression",
  "bad_pattern",
  "bad_content",
  "bad_message_type",
  "bad_code",
  "unknown_chatbot",
  "other_channel",
  "overlapping_patterns",
  "question_before_response",
  "suggestion_untaken",
  "jump_cycle",
  "trigger_collision",
  "opt_out_word",
  "keyword_takes_reply",
  "loop_without_wait",
  "unset_variable",
  "shared_variable",
  "odd_placeholder",
]);

export interface Told {
  /** What is wrong, in the words of the page. */
  sentence: string;
  /** What exactly, as the runtime says it; empty where the sentence says it all. */
  detail: string;
  /** Both in one line, for a field: what exactly alone where the reader knows its language. */
  line: string;
}

export type Tellable = Pick<Problem, "code" | "message"> & Partial<Pick<Problem, "rule" | "values">>;

/** How problems are told to whoever builds (ED-3). */
export function useProblemWords(): (problem: Tellable) => Told {
  const { t, i18n } = useTranslation();
  const ruleWords = useContentRules();
  const isServers = i18n.language.startsWith("en");
  return useCallback(
    ({ code, message, rule = "", values = {} }) => {
      if (!Object.hasOwn(en.problem_words, code)) return { sentence: message, detail: "", line: message };
      const sentence = t(`problem_words.${code as Code}`);
      const detail = DETAILED.has(code) ? ruleWords({ code: rule, values, detail: message }) : "";
      const isReadable = detail !== message || isServers;
      return { sentence, detail, line: isReadable ? detail || sentence : `${sentence} ${detail}` };
    },
    [t, ruleWords, isServers],
  );
}
