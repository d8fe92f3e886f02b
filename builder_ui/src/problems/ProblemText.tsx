import Typography from "@mui/material/Typography";
import type { Schemas } from "../api/client";
import { useProblemWords } from "./words";

/** What is wrong, and below it what exactly where that has to be told. */
export function ProblemText({ problem }: { problem: Pick<Schemas["ProblemView"], "code" | "message"> }) {
  const { sentence, detail } = useProblemWords()(problem);
  return (
    <>
      {sentence}
      {detail && (
        <Typography component="span" variant="body2" sx={{ display: "block", opacity: 0.85, overflowWrap: "anywhere" }}>
          {detail}
        </Typography>
      )}
    </>
  );
}
