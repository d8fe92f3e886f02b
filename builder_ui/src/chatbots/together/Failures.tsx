import Alert from "@mui/material/Alert";
import { useTranslation } from "react-i18next";
import { useSentence } from "../../workspace/ProblemAlert";
import type { Chatbot } from "../chatbots";
import { failuresOf, type Outcomes } from "./oneByOne";

interface FailuresProps {
  chatbots: readonly Chatbot[];
  outcomes: Outcomes<unknown>;
  /** The sentence that says how many it was done to. */
  done: "together.deleted" | "together.published" | "together.switched";
}

/** How many something was done to, and of the others which and why not. */
export function Failures({ chatbots, outcomes, done }: FailuresProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const failures = failuresOf(outcomes);
  const names = new Map(chatbots.map(({ id, name }) => [id, name]));
  return (
    <>
      <Alert role="status" severity={failures.length ? "warning" : "success"}>
        {t(done, { done: outcomes.size - failures.length, count: outcomes.size })}
      </Alert>
      {failures.map(([id, error]) => (
        <Alert key={id} severity="error" sx={{ mt: 1, overflowWrap: "anywhere" }}>
          <strong>{names.get(id) ?? id}: </strong>
          {sentence(error)}
        </Alert>
      ))}
    </>
  );
}
