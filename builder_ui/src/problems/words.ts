import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { en } from "../i18n/en";

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
}

/** How problems are told to whoever builds (ED-3). */
export function useProblemWords(): (problem: Pick<Problem, "code" | "message">) => Told {
  const { t } = useTranslation();
  return useCallback(
    ({ code, message }) => {
      if (!Object.hasOwn(en.problem_words, code)) return { sentence: message, detail: "" };
      return { sentence: t(`problem_words.${code as Code}`), detail: DETAILED.has(code) ? message : "" };
    },
    [t],
  );
}
