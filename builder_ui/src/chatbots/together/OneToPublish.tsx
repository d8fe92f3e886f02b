import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Checkbox from "@mui/material/Checkbox";
import Chip from "@mui/material/Chip";
import FormControlLabel from "@mui/material/FormControlLabel";
import ListItem from "@mui/material/ListItem";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSentence } from "../../workspace/ProblemAlert";
import type { Chatbot } from "../chatbots";
import { ProblemList } from "../ProblemList";
import type { Outcome } from "./oneByOne";
import { errorsOf, hindranceOf, mayBePublished, type Readiness } from "./readiness";

interface OneToPublishProps {
  chatbot: Chatbot;
  looked: Outcome<Readiness> | undefined;
  published: Outcome<string> | undefined;
  isWanted: boolean;
  /** Whether it is no longer asked which. */
  isFixed: boolean;
  want: (isWanted: boolean) => void;
}

/** One chatbot: whether it is published with the others, what stands against it, and what came of it. */
export function OneToPublish({ chatbot, looked, published, isWanted, isFixed, want }: OneToPublishProps) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const found = looked && "done" in looked ? looked.done : undefined;
  return (
    <ListItem disableGutters divider sx={{ display: "block" }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: "center", justifyContent: "space-between", flexWrap: "wrap" }}>
        <FormControlLabel
          control={<Checkbox checked={isWanted} disabled={isFixed || !found || !mayBePublished(chatbot, found)} onChange={(_, isChecked) => want(isChecked)} />}
          label={chatbot.name}
          sx={{ overflowWrap: "anywhere", minWidth: 0 }}
        />
        {looked && "error" in looked && <Chip size="small" color="error" label={sentence(looked.error)} />}
        {!looked && <Chip size="small" variant="outlined" label={t("together.looking")} />}
        {published ? <Came outcome={published} /> : found && <Mark chatbot={chatbot} readiness={found} />}
      </Stack>
      {found && !published && found.notRun > 0 && <Typography sx={{ pl: 4, color: "text.secondary" }}>{t("trying.tests_not_run", { count: found.notRun })}</Typography>}
      {found && !published && <Against chatbot={chatbot} readiness={found} />}
    </ListItem>
  );
}

function Came({ outcome }: { outcome: Outcome<string> }) {
  const { t } = useTranslation();
  return "done" in outcome ? <Chip size="small" color="success" label={outcome.done} /> : <Chip size="small" color="error" label={t("together.not_published")} />;
}

const COLOURS = { nothing_new: "default", errors: "error", tests: "warning", ready: "success" } as const;

function Mark({ chatbot, readiness }: { chatbot: Chatbot; readiness: Readiness }) {
  const { t } = useTranslation();
  const mark = hindranceOf(chatbot, readiness) ?? "ready";
  const counts = { nothing_new: 0, errors: errorsOf(readiness), tests: readiness.failing.length, ready: readiness.tests };
  return <Chip size="small" variant="outlined" color={COLOURS[mark]} label={t(`together.mark_${mark}`, { count: counts[mark] })} />;
}

/** Its problems, and the tests that fail, where one asks for them. */
function Against({ readiness: { impact, failing }, chatbot }: { readiness: Readiness; chatbot: Chatbot }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const problems = [...impact.problems, ...impact.collisions];
  const count = problems.length + failing.length;
  if (!count) return null;
  return (
    <Box sx={{ pl: 4 }}>
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t("together.findings", { count })}
      </Button>
      {isOpen && (
        <>
          {failing.map((name, index) => (
            <Typography key={index}>{name === null ? t("together.test_fails") : t("together.test_named_fails", { name })}</Typography>
          ))}
          {problems.length > 0 && <ProblemList problems={problems} missing={impact.missing} chatbot={chatbot.id} />}
        </>
      )}
    </Box>
  );
}
