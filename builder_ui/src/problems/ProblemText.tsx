import Typography from "@mui/material/Typography";
import { type Tellable, useProblemWords } from "./words";

interface ProblemTextProps {
  problem: Tellable;
  /** Whether the runtime's sentence is shown in any case: for those who look for the place in a file. */
  isExact?: boolean;
}

/** What is wrong, and below it what exactly where that has to be told. */
export function ProblemText({ problem, isExact = false }: ProblemTextProps) {
  const told = useProblemWords()(problem);
  const { sentence } = told;
  const detail = isExact && sentence !== problem.message ? problem.message : told.detail;
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
