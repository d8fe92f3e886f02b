import Cancel from "@mui/icons-material/Cancel";
import CheckCircle from "@mui/icons-material/CheckCircle";
import Delete from "@mui/icons-material/Delete";
import Forum from "@mui/icons-material/Forum";
import RadioButtonUnchecked from "@mui/icons-material/RadioButtonUnchecked";
import Box from "@mui/material/Box";
import ListItem from "@mui/material/ListItem";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { useEditor } from "../canvas/editor";
import { Tool } from "../canvas/Tool";
import { useTrial } from "./current";
import { TestDifferences } from "./TestDifferences";
import type { Result } from "./testing";
import { chatOf, lengthOf, nameOf, type Test, withoutTest } from "./tests";
import { secondOf } from "./transcript";

interface TestRowProps {
  isEditing: boolean;
  test: Test;
  number: number;
  /** Undefined: it was not run on the draft as it is now. */
  result: Result | undefined;
  toChat: () => void;
}

/** One test: what came of it, and what can be done with it. */
export function TestRow({ isEditing, test, number, result, toChat }: TestRowProps) {
  const { t } = useTranslation();
  const trial = useTrial();
  const edit = useEditor((state) => state.edit);
  const name = nameOf(test) ?? t("trying.test_number", { number });
  const chat = chatOf(test, secondOf(new Date()));
  const show = () => {
    if (chat) trial.begin(chat);
    toChat();
  };
  return (
    <ListItem disableGutters divider sx={{ display: "block" }}>
      <Stack direction="row" sx={{ alignItems: "center", gap: 1 }}>
        <Mark result={result} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: "anywhere" }}>{name}</Typography>
          <Typography variant="body2" color="textSecondary">
            {t("trying.turns", { count: lengthOf(test) })}
          </Typography>
        </Box>
        <Tool name={t("trying.open_in_chat", { name })} isOff={!chat} run={show}>
          <Forum />
        </Tool>
        {isEditing && (
          <Tool name={t("trying.delete_test", { name })} isOff={false} run={() => edit((scenario) => withoutTest(scenario, test))}>
            <Delete />
          </Tool>
        )}
      </Stack>
      {result && <TestDifferences test={test} result={result} />}
    </ListItem>
  );
}

function Mark({ result }: { result: Result | undefined }) {
  const { t } = useTranslation();
  if (!result) return <RadioButtonUnchecked color="disabled" titleAccess={t("trying.not_run")} />;
  const isPassed = "tried" in result && result.isPassed;
  return isPassed ? <CheckCircle color="success" titleAccess={t("trying.test_passed")} /> : <Cancel color="error" titleAccess={t("trying.test_failed")} />;
}
